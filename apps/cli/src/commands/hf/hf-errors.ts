import { describeError } from "../../describe-error.ts";
import type { Terminal } from "../../terminal.ts";
import { visibleText } from "../../visible-text.ts";
import { type HfConnectionOptions, hfSecretsOf } from "./hf-options.ts";

/** What to do on this command line, beside what the error itself says. */
const WAY_OUT: Readonly<Record<string, string>> = {
  CONNECTION_FAILED: "--model names a model id or the address of an endpoint.",
  TIMEOUT: "--timeout sets the limit in seconds.",
  TOKEN_NOT_FOUND: "Set HF_TOKEN, or give --token.",
};

/** An error as text for people; never a token. */
export function describeHfError(
  error: unknown,
  options: HfConnectionOptions,
  { env }: Pick<Terminal, "env">,
): string {
  return describeError(error, {
    verbose: options.verbose,
    secrets: hfSecretsOf(options, env),
    wayOut: WAY_OUT,
  });
}

/** Tells an error on stderr. */
export function complainHf(error: unknown, options: HfConnectionOptions, terminal: Terminal): void {
  terminal.stderr.write(`infer: ${visibleText(describeHfError(error, options, terminal))}\n`);
}
