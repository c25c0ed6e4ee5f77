import { InvalidResponseError } from "@inference-ts/errors";
import { decodeBase64, type ImageSource } from "@inference-ts/images";
import { objectList } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { askMedia } from "../request/run-task.ts";
import type { AudioToAudioOutputElement } from "../results.ts";

type WireSound = Omit<AudioToAudioOutputElement, "blob"> & { readonly blob?: unknown };

/** Sounds made from a sound; they are decoded from base64. */
export async function audioToAudio(
  scope: CallScope,
  source: ImageSource,
  options: TaskOptions,
): Promise<AudioToAudioOutputElement[]> {
  const { operation } = scope;
  const sounds = objectList<WireSound>(await askMedia(scope, "audio-to-audio", source, options), operation);
  return sounds.map((sound, index) => {
    const path = `[${index}].blob`;
    const bytes = typeof sound.blob === "string" ? decodeBase64(sound.blob) : null;
    if (bytes === null) {
      throw new InvalidResponseError(`The answer for ${operation} has no base64 of a sound at ${path}.`, {
        path,
      });
    }
    const type = sound["content-type"];
    return {
      ...sound,
      blob: new Blob([new Uint8Array(bytes)], typeof type === "string" ? { type } : {}),
    };
  });
}
