import type { ImageSource } from "@inference-ts/images";
import { BodyHole } from "@inference-ts/transport";
import type { CallScope } from "../call/call-scope.ts";

/** Bytes of a picture, sound or other file, whatever kind of source they come from. */
export async function loadBytes(scope: CallScope, source: ImageSource): Promise<Uint8Array> {
  const { maxInputBytes } = scope.core;
  if (source instanceof Uint8Array && source.byteLength <= maxInputBytes) return source;
  // What must be fetched, opened or drawn takes more code than bytes that are here.
  const { loadOther } = await import("./load-other.ts");
  return loadOther(scope, source);
}

/** Bytes as base64 text inside a JSON body, written straight into the request; `prefix` is ASCII text before it. */
export function base64Hole(scope: CallScope, bytes: Uint8Array, prefix = ""): BodyHole {
  const { writeBase64 } = scope.core;
  return new BodyHole(prefix.length + Math.ceil(bytes.byteLength / 3) * 4, (target, offset) => {
    for (let at = 0; at < prefix.length; at += 1) target[offset + at] = prefix.charCodeAt(at);
    writeBase64(bytes, target, offset + prefix.length);
  });
}
