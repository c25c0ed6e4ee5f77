// What every message needs, small enough to be there from the start. `redact` knows the forms of secrets that nobody named.

export const HIDDEN = "***";
const ALREADY_MASKED = /^(?:.{2})?\*{3}(?:.{2})?$/s;

/** `te***89` for 8 characters and more, else `***`. */
export function mask(value: string): string {
  if (ALREADY_MASKED.test(value)) return value;
  return value.length >= 8 ? `${value.slice(0, 2)}${HIDDEN}${value.slice(-2)}` : HIDDEN;
}

/** A secret is looked for as it is, as it stands in a URL and as it stands in a JSON text. */
function spellings(secret: string): readonly string[] {
  const encoded = percentEncode(secret);
  return [...new Set([secret, encoded, encoded.replaceAll("%20", "+"), JSON.stringify(secret).slice(1, -1)])];
}

function percentEncode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text; // a lone surrogate has no URL form
  }
}

const REGEXP_SYNTAX = /[\\^$.*+?()[\]{}|/-]/g;

/** Very short secrets are only taken as whole words: replacing every "a" would destroy the message. */
function secretPattern(spelling: string): RegExp {
  const literal = spelling.replace(REGEXP_SYNTAX, "\\$&");
  return spelling.length >= 4
    ? new RegExp(literal, "gi")
    : new RegExp(`(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])`, "g");
}

/**
 * Removes known secrets from a text, wherever and in whatever spelling they stand.
 *
 * @param secrets - Such as the client's key; an empty one counts as none.
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret === "") continue;
    for (const spelling of spellings(secret)) {
      clean = clean.replace(secretPattern(spelling), () => mask(secret));
    }
  }
  return clean;
}

/** The URL without query, fragment, user name and password. A path may still hold a secret. */
export function addressOf(url: string): string {
  return withoutUserInfo(url.replace(/[?#].*$/s, ""));
}

/** The URL without user name and password. */
export function withoutUserInfo(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, "$1");
}
