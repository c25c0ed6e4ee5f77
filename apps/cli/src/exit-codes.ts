import { HTTPCallError, isInferenceError } from "@inference-ts/sdk/node";

/** What the process says about its run. */
export const EXIT = {
  ok: 0,
  /** Some inputs failed, or the command failed for a reason without a code of its own. */
  failed: 1,
  /** The command line, a pattern or a setting is wrong; nothing was sent. */
  usage: 2,
  /** The key is missing or refused and nothing succeeded. */
  auth: 3,
  /** No answer: connection refused or lost, time over. */
  network: 4,
  interrupted: 130,
  terminated: 143,
} as const;

/** What a failure is about; `input` = the picture itself, found out before anything was sent. */
export type FailureKind = "usage" | "auth" | "network" | "input" | "interrupted" | "other";

const KIND_BY_CODE: Readonly<Record<string, FailureKind>> = {
  INVALID_PARAMETER: "usage",
  INVALID_MODEL_ID: "usage",
  MODEL_NOT_SELECTED: "usage",
  WRONG_CLIENT_MODE: "usage",
  API_KEY_NOT_PROVIDED: "auth",
  TOKEN_NOT_FOUND: "auth",
  CONNECTION_FAILED: "network",
  TIMEOUT: "network",
  INVALID_INPUT_FORMAT: "input",
  IMAGE_TOO_LARGE: "input",
  ENCODING_FAILED: "input",
  INVALID_URL_INPUT: "input",
  WEBRTC_SESSION_FAILED: "network",
  ABORTED: "interrupted",
};

const EXIT_BY_KIND: Readonly<Record<FailureKind, number>> = {
  usage: EXIT.usage,
  auth: EXIT.auth,
  network: EXIT.network,
  input: EXIT.failed,
  interrupted: EXIT.interrupted,
  other: EXIT.failed,
};

/** What an error is about. */
export function failureKind(error: unknown): FailureKind {
  if (!isInferenceError(error)) return "other";
  if (error instanceof HTTPCallError) return error.status === 401 || error.status === 403 ? "auth" : "other";
  if (error.code === "WEBRTC_SESSION_FAILED" && "reason" in error && error.reason === "source-failed")
    return "input";
  return KIND_BY_CODE[error.code] ?? "other";
}

/** The exit code of a command that ended with this error. */
export function exitCodeOf(error: unknown): number {
  return EXIT_BY_KIND[failureKind(error)];
}

/** The exit code of a run over many inputs. `failures` are the kinds of its failed inputs, one each or once each. */
export function exitCodeOfRun(succeeded: number, failures: Iterable<FailureKind>): number {
  const kinds = new Set(failures);
  if (kinds.size === 0) return EXIT.ok;
  if (succeeded > 0) return EXIT.failed;
  if (kinds.has("auth")) return EXIT.auth;
  const met = [...kinds].filter((kind) => kind !== "input");
  return met.length > 0 && met.every((kind) => kind === "network") ? EXIT.network : EXIT.failed;
}
