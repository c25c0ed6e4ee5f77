import { InvalidParameterError, TokenNotFoundError } from "@inference-ts/errors";
import type { MachineSettings } from "./endpoints.ts";

/** The token of a client and where it may be sent. */
export interface TokenChoice {
  /** `null` = requests are sent without a token. */
  readonly value: string | null;
  /** Whether an address may get it: for a token that was found on the machine. `null` = every one, for a token that the caller wants. */
  readonly mayReceive: ((url: URL) => boolean) | null;
}

const NONE: TokenChoice = { value: null, mayReceive: null };

/**
 * Decides which token a client uses: a given one; none for `false`; for `true` that of the machine, which must exist; else that of the
 * machine unless `HF_HUB_DISABLE_IMPLICIT_TOKEN` forbids it.
 *
 * @throws InvalidParameterError for an empty token or one with line breaks, TokenNotFoundError for `true` without a token.
 */
export function chooseToken(
  token: string | boolean | null | undefined,
  machine: MachineSettings | null,
): TokenChoice {
  if (token === false) return NONE;
  if (typeof token === "string") return { value: checkToken(token), mayReceive: null };
  if (token !== null && token !== undefined && token !== true) {
    throw new InvalidParameterError("token must be text, true, false or null.");
  }
  if (token === true) {
    if (machine !== null && machine.token !== null) return { value: machine.token, mayReceive: null };
    throw new TokenNotFoundError("token: true asks for a token of this machine, and none was found.", {
      hint: "Pass the token itself, or set HF_TOKEN and import from @inference-ts/sdk/huggingface/node.",
    });
  }
  return machine?.offersToken === true ? { value: machine.token, mayReceive: machine.mayReceiveToken } : NONE;
}

/** Characters of a header's value that are no line breaks or other control characters. */
const SENDABLE = /^[\x21-\x7e]+$/;

function checkToken(token: string): string {
  if (SENDABLE.test(token)) return token;
  throw new InvalidParameterError("The token is empty, or has blanks or letters that no header may have.");
}

/** A token as a file or a variable holds it, without line breaks and blanks around it; `null` when nothing is left. */
export function cleanedToken(text: string | null | undefined): string | null {
  const token = (text ?? "").replace(/[\r\n]/g, "").trim();
  return SENDABLE.test(token) ? token : null;
}

/** The token that a request to `url` may carry, `null` for none. */
export function tokenFor(url: URL, { value, mayReceive }: TokenChoice): string | null {
  return mayReceive === null || mayReceive(url) ? value : null;
}
