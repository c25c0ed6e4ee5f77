import { type ImageSource, loadMedia } from "@inference-ts/images";
import type { CallScope } from "../call/call-scope.ts";
import { mediaTypeOf } from "./media-type.ts";

/** Bytes of a source of any kind. */
export async function loadOther(scope: CallScope, source: ImageSource): Promise<Uint8Array> {
  const { core, deadline } = scope;
  if (core.settings.offline && /^\s*https?:\/\//i.test(String(source))) {
    (await import("../call/recover.ts")).refuseOffline(scope);
  }
  const { bytes } = await loadMedia(source, {
    runtime: await core.images(),
    signal: deadline.signal,
    maxBytes: core.maxInputBytes,
    recognise: (found) => mediaTypeOf(found) !== null,
  });
  return bytes;
}
