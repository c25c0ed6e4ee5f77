import type { ClientSettings } from "../settings/settings.ts";

type Headers = Readonly<Record<string, string | null>>;

/**
 * Headers that the caller gave for the client and for one call, over those of the task. Names in lower case, so that one overrides another
 * however it is written; `null` leaves one out.
 */
export function givenHeaders(
  { headers, cookies, billTo }: ClientSettings["given"],
  ofCall: Headers | undefined,
): Record<string, string | null> {
  const pairs = Object.entries(cookies ?? {}).map(([name, value]) => `${name}=${value}`);
  return {
    ...(pairs.length === 0 ? {} : { cookie: pairs.join("; ") }),
    ...(billTo === undefined || billTo === null ? {} : { "x-hf-bill-to": billTo }),
    ...lowerCaseNames(headers),
    ...lowerCaseNames(ofCall),
  };
}

function lowerCaseNames(headers: Headers | null | undefined): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/** `Authorization` of the user name and password of an address; nothing where one is missing. */
export function basicAuthorization({ username, password }: URL): Record<string, string> {
  if (username === "" || password === "") return {};
  const bytes = new TextEncoder().encode(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
}
