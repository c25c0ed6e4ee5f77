import { AbortedError } from "@inference-ts/sdk/node";
import { EXIT } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** Wait for an orderly end after the first signal, in milliseconds. */
const GRACE_MS = 1_500;

const CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

/** Listens for Ctrl-C while a command runs. */
export interface Interruption {
  /** Aborts with the first signal. */
  readonly signal: AbortSignal;
  /** The exit code that the signal asks for; `null` before one came. */
  readonly exitCode: number | null;
  /** Stops listening. */
  close(): void;
}

/**
 * The first SIGINT or SIGTERM aborts, so that the command can write what it has; the second one, or the end of a short grace,
 * ends the process at once.
 */
export function listenForInterruption(terminal: Pick<Terminal, "signals" | "exit">): Interruption {
  const controller = new AbortController();
  let exitCode: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  const stopWith = (code: number) => () => {
    if (exitCode !== null) {
      terminal.exit(code);
      return;
    }
    exitCode = code;
    timer = setTimeout(() => terminal.exit(code), GRACE_MS).unref();
    controller.abort(new AbortedError("Interrupted."));
  };
  const onInterrupt = stopWith(CODES.SIGINT);
  const onTerminate = stopWith(CODES.SIGTERM);
  terminal.signals.on("SIGINT", onInterrupt);
  terminal.signals.on("SIGTERM", onTerminate);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    close: () => {
      clearTimeout(timer);
      terminal.signals.off("SIGINT", onInterrupt);
      terminal.signals.off("SIGTERM", onTerminate);
    },
  };
}
