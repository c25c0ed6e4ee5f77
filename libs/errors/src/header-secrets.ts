/** Names of headers whose value is a secret, whoever thought of them. */
const SECRET_NAME = /auth|cookie|credential|key|password|secret|session|signature|token/i;
/** Shorter parts of a value, such as the numbers of a cookie, stand in any message. */
const MIN_PART_LENGTH = 6;

/**
 * The values of a request's headers that must not be in any message: whole, and in the parts in which a server may say them back
 * (a token without its scheme, the single cookies, the password of `Basic`).
 */
export function secretsOfHeaders(headers: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    SECRET_NAME.test(name) ? [value, ...partsOf(value)] : [],
  );
}

function partsOf(value: string): readonly string[] {
  const [, scheme = "", credentials = ""] = /^\s*(bearer|basic|token)\s+(.+)$/is.exec(value) ?? [];
  const parts =
    credentials === ""
      ? value.split(/;\s*/).map((pair) => pair.replace(/^[^=]*=/, ""))
      : [credentials, ...(scheme.toLowerCase() === "basic" ? passwordOf(credentials) : [])];
  return parts.filter((part) => part !== value && part.length >= MIN_PART_LENGTH);
}

function passwordOf(credentials: string): readonly string[] {
  try {
    return [atob(credentials).replace(/^[^:]*:/, "")];
  } catch {
    return []; // no base64: a server cannot read it either
  }
}
