import { InferenceClient } from "@inference-ts/sdk/huggingface/node";
import type { Terminal } from "../../terminal.ts";
import type { HfConnectionOptions } from "./hf-options.ts";

/**
 * Makes the client that a command's options ask for. Nothing is sent.
 *
 * @throws InvalidParameterError for a setting that is not allowed.
 */
export function createHfClient(
  { token, timeout }: HfConnectionOptions,
  model: string | undefined,
  { stderr }: Pick<Terminal, "stderr">,
  quiet = false,
): InferenceClient {
  return new InferenceClient({
    model,
    token,
    timeout: timeout === undefined || timeout === null ? timeout : timeout / 1000,
    onLoading: ({ delayMs }) => {
      if (!quiet) stderr.write(`the model is loading; asked again in ${(delayMs / 1000).toFixed(1)} s\n`);
    },
  });
}
