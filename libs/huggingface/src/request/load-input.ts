import { base64Length, type ImageSource, loadMedia } from "@inference-ts/images";
import { BodyHole } from "@inference-ts/transport";
import type { CallScope } from "../call/call-scope.ts";
import { mediaTypeOf } from "./media-type.ts";

/** Bytes of a picture, sound or other file, whatever kind of source they come from. */
export async function loadBytes(scope: CallScope, source: ImageSource): Promise<Uint8Array> {
  const { core, deadline } = scope;
  const { bytes } = await loadMedia(source, {
    runtime: core.images,
    signal: deadline.signal,
    maxBytes: core.maxInputBytes,
    recognise: (found) => mediaTypeOf(found) !== null,
  });
  return bytes;
}

/** Bytes as base64 text inside a JSON body, written straight into the request; `prefix` is ASCII text before it. */
export function base64Hole(scope: CallScope, bytes: Uint8Array, prefix = ""): BodyHole {
  const { writeBase64 } = scope.core;
  return new BodyHole(prefix.length + base64Length(bytes.byteLength), (target, offset) => {
    for (let at = 0; at < prefix.length; at += 1) target[offset + at] = prefix.charCodeAt(at);
    writeBase64(bytes, target, offset + prefix.length);
  });
}
