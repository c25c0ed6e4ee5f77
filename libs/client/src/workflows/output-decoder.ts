import { InvalidParameterError } from "@inference-ts/errors";
import type { ImageRuntime } from "@inference-ts/images";
import {
  decodeRun,
  type OutputImageForm,
  replacePictures,
  type WorkflowResult,
} from "@inference-ts/workflows";

/**
 * What decodes the answer of a run. Asked for before anything is sent: the outputs of a run would be lost where nothing can open them.
 *
 * @throws InvalidParameterError where sharp does not run, MissingPeerError where it is not installed.
 */
export async function outputDecoder(
  { loadSharp }: ImageRuntime,
  form: OutputImageForm,
): Promise<(body: unknown) => WorkflowResult> {
  if (form !== "sharp") return (body) => decodeRun(body, form);
  if (loadSharp === undefined) {
    throw new InvalidParameterError(
      'outputImages "sharp" needs sharp, which the client of this entry does not have.',
      {
        hint: 'Use the client of "@inference-ts/sdk/node", or outputImages "bytes" or "data-url".',
      },
    );
  }
  const open = await loadSharp();
  return (body) => {
    const result = decodeRun(body, "bytes");
    const outputs = replacePictures(result.outputs, (picture) => ({
      ...picture,
      type: form,
      value: open(picture.value),
    }));
    return { ...result, outputs };
  };
}
