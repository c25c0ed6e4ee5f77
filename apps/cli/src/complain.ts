import { type ConnectionOptions, secretsOf } from "./connection.ts";
import { describeError } from "./describe-error.ts";
import type { Terminal } from "./terminal.ts";
import { visibleText } from "./visible-text.ts";

/** Tells an error on stderr, without the key. */
export function complain(
  error: unknown,
  options: ConnectionOptions,
  { env, stderr }: Pick<Terminal, "env" | "stderr">,
): void {
  const shown = { verbose: options.verbose, secrets: secretsOf(options, env) };
  stderr.write(`infer: ${visibleText(describeError(error, shown))}\n`);
}
