import { type InferenceError, InvalidParameterError, WebRTCSessionError } from "@inference-ts/errors";

/** What a browser's refusals of a device mean, by the name of its DOMException. */
const REFUSALS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  NotAllowedError: [
    "was not allowed",
    "The user, the browser's settings or the page's permissions policy refused it.",
  ],
  SecurityError: [
    "was not allowed",
    "The user, the browser's settings or the page's permissions policy refused it.",
  ],
  NotFoundError: ["was not found", "No device is connected that fits."],
  NotReadableError: ["cannot be read", "Another program may be using it."],
  AbortError: ["could not be started", "The device or the system broke it off."],
  InvalidStateError: ["was refused", "The page must be in front, and ask in the handler of a click."],
};

/** The typed error of a device or stream that the browser did not give. */
export function mediaFailure(what: string, cause: unknown): InferenceError {
  const name = cause instanceof Error || isNamed(cause) ? cause.name : "";
  if (name === "OverconstrainedError" || name === "TypeError") {
    const field = isNamed(cause) && typeof cause.constraint === "string" ? ` "${cause.constraint}"` : "";
    return new InvalidParameterError(
      `${what} was not given: no device meets the constraint${field === "" ? "s" : field}.`,
      { cause },
    );
  }
  const [happened, hint] = REFUSALS[name] ?? ["could not be opened", "The cause says why."];
  return new WebRTCSessionError(`${what} ${happened}.`, { reason: "source-failed", hint, cause });
}

interface Named {
  readonly name: string;
  readonly constraint?: unknown;
}

/** `OverconstrainedError` is no `Error` in every browser. */
function isNamed(value: unknown): value is Named {
  return typeof value === "object" && value !== null && "name" in value && typeof value.name === "string";
}
