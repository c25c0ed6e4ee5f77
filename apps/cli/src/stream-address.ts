const SCHEME = /^([a-z][a-z\d+.-]*:\/\/)(.*)$/is;
const ADDRESS_IN_TEXT = /[a-z][a-z\d+.-]*:\/\/[^\s"'<>]+/gi;

/**
 * The address of a stream without what may be secret in it: `rtsp://***@camera/1`. Cameras take passwords with any character, also
 * those that a URL would write as `%2F`; where it is not clear where the login ends, more is left out.
 */
export function streamAddress(text: string): string {
  const [, scheme, rest = ""] = SCHEME.exec(text) ?? [];
  if (scheme === undefined) return text;
  const shown = withoutQuery(rest);
  if (!rest.includes("@")) return scheme + shown;
  return shown.includes("@") ? `${scheme}***${shown.slice(shown.lastIndexOf("@"))}` : `${scheme}***`;
}

const withoutQuery = (text: string): string => /^[^?#]*/.exec(text)?.[0] ?? "";

/** A value of JSON with every address in its texts shown as {@link streamAddress} shows it. */
export function hideAddresses(value: unknown): unknown {
  if (typeof value === "string") {
    return SCHEME.test(value) ? streamAddress(value) : value.replaceAll(ADDRESS_IN_TEXT, streamAddress);
  }
  if (Array.isArray(value)) return value.map(hideAddresses);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hideAddresses(item)]));
}
