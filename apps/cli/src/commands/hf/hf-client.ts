import { InferenceClient } from "@inference-ts/sdk/huggingface/node";
import { limitOf } from "../../option-values.ts";
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
  const timeoutMs = limitOf(timeout);
  return new InferenceClient({
    model,
    token,
    timeout: typeof timeoutMs === "number" ? timeoutMs / 1000 : timeoutMs,
    onLoading: ({ delayMs }) => {
      if (!quiet) stderr.write(`the model is loading; asked again in ${(delayMs / 1000).toFixed(1)} s\n`);
    },
  });
}
