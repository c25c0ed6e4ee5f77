import { InvalidParameterError, TokenNotFoundError } from "@inference-ts/errors";
import type { HubEndpoints, MachineSettings } from "./endpoints.ts";

/** The token of a client and where it may be sent. */
export interface TokenChoice {
  /** `null` = requests are sent without a token. */
  readonly value: string | null;
  /** `anywhere` for a token that the caller gave or asked for, `own-hosts` for one that was found on the machine. */
  readonly scope: "anywhere" | "own-hosts";
}

const NONE: TokenChoice = { value: null, scope: "anywhere" };

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
  if (typeof token === "string") return { value: checkToken(token), scope: "anywhere" };
  if (token !== null && token !== undefined && token !== true) {
    throw new InvalidParameterError(`token must be text, true, false or null, not ${typeof token}.`);
  }
  if (token === true) {
    if (machine !== null && machine.token !== null) return { value: machine.token, scope: "anywhere" };
    throw new TokenNotFoundError("token: true asks for a token of this machine, and none was found.", {
      hint:
        machine === null
          ? "Only @inference-ts/sdk/huggingface/node looks for one; pass the token itself."
          : "Set HF_TOKEN, log in with the hf command, or pass the token itself.",
    });
  }
  return machine?.offersToken === true ? { value: machine.token, scope: "own-hosts" } : NONE;
}

/** Characters of a header's value that are no line breaks or other control characters. */
const SENDABLE = /^[\x21-\x7e]+$/;

function checkToken(token: string): string {
  if (SENDABLE.test(token)) return token;
  throw new InvalidParameterError(
    token.trim() === ""
      ? "The token is empty."
      : "The token has blanks, line breaks or letters that no header may have.",
    { hint: "Pass the token alone, null for that of the machine, or false to send none." },
  );
}

/** A token as a file or a variable holds it, without line breaks and blanks around it; `null` when nothing is left. */
export function cleanedToken(text: string | null | undefined): string | null {
  const token = (text ?? "").replace(/[\r\n]/g, "").trim();
  return SENDABLE.test(token) ? token : null;
}

/** Hosts of Hugging Face, with everything below them. */
const OWN_HOSTS: readonly string[] = ["huggingface.co", "hf.co", "hf.space", "huggingface.cloud"];

/** The token that a request to `url` may carry, `null` for none: what was found on the machine goes to no foreign host. */
export function tokenFor(url: URL, { value, scope }: TokenChoice, endpoints: HubEndpoints): string | null {
  if (scope === "anywhere") return value;
  const isConfigured = [endpoints.inference, endpoints.hub].some(
    (address) => URL.parse(address)?.origin === url.origin,
  );
  return isConfigured || (url.protocol === "https:" && isOwnHost(url.hostname)) ? value : null;
}

function isOwnHost(hostname: string): boolean {
  return OWN_HOSTS.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}
