import { addressOf, HIDDEN, hideSecrets, mask, withoutUserInfo } from "./hide-secrets.ts";

/** Parameter and field names whose value is a secret, in every spelling that gateways, servers and clouds use. */
const SECRET_NAMES = [
  "api_key",
  "api-key",
  "apikey",
  "service_secret",
  "access_token",
  "x-amz-signature",
  "x-amz-security-token",
  "x-goog-signature",
] as const;

const NAME_PATTERN = `(?:x-)?(?:${SECRET_NAMES.join("|")})`;

/** `api_key=value` in a query or in free text; also inside an encoded URL (`api_key%3Dvalue%26...`). */
const QUERY_VALUE = new RegExp(String.raw`(${NAME_PATTERN})(=|%3D)((?:(?!%26)[^&\s"'<>\\#])+)`, "gi");
/** `"api_key": "value"`, also as Python prints it (`'api_key': 'value'`). */
const FIELD_VALUE = new RegExp(
  String.raw`(["'])(${NAME_PATTERN}|authorization)\1(\s*[:,]\s*b?)(["'])((?:\\.|(?!\4)[^\\])*)\4`,
  "gi",
);
/** The same inside a JSON text that is itself a JSON string: `\"api_key\": \"value\"`. */
const ESCAPED_FIELD_VALUE = new RegExp(
  String.raw`((?<!\\)\\{1,7}")(${NAME_PATTERN}|authorization)\1(\s*:\s*)(\\{1,7}")((?:(?!\\{1,7}").)*)`,
  "gis",
);
const AUTHORIZATION_HEADER = /\b(authorization\s*[:=]\s*)(?:(bearer|basic|token)\s+)?([^\s"',;<>\\]+)/gi;
/** A bearer token outside a header line; prose such as "Bearer token" has no digit and is left alone. */
const BEARER_TOKEN = /\b(bearer\s+)(?=[^\s"',;<>]*\d)([\w\-.~+/=%]{8,})/gi;
const AUTHORIZATION_VALUE = /^(?:(bearer|basic|token)\s+)?(.*)$/is;

const DATA_URL =
  /\bdata:(?:[a-z0-9.+-]+\/[a-z0-9.+-]+)?(?:(?<=\/[a-z0-9.+-]*)|(?=;base64,))(?:;[a-z0-9=._-]+)*,([^\s"'<>\\)]*)/gi;
// Begins where a run begins: looked for from every character of a shorter one, a long text would take a second.
const LONG_BASE64 = /(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]|%2B|%2F){201,}(?:=|%3D){0,2}/gi;

/** A service secret is never shown in part. */
function maskNamed(value: string, name: string): string {
  return name.toLowerCase().includes("service_secret") ? HIDDEN : mask(value);
}

/**
 * Removes keys, tokens and images from a text that is meant for people: error messages, events, log lines.
 *
 * Values of 8 characters and more keep their first and last two (`te***89`), shorter ones and service secrets become
 * `***`; a data URL or a run of more than 200 base64 characters becomes `<base64, N characters>`. Applying it twice
 * changes nothing more.
 *
 * @param text - Any text, such as a server's message.
 * @param secrets - Values known to be secret (the client's key); removed wherever they stand, also URL-encoded.
 * @returns The text without secrets.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  return hideSecrets(text, secrets)
    .replace(DATA_URL, (_match, data: string) => `<base64, ${data.length} characters>`)
    .replace(LONG_BASE64, (run) => `<base64, ${run.length} characters>`)
    .replace(
      FIELD_VALUE,
      (_m, quote: string, name: string, between: string, open: string, value: string) =>
        `${quote}${name}${quote}${between}${open}${maskField(name, value)}${open}`,
    )
    .replace(
      ESCAPED_FIELD_VALUE,
      (_m, quote: string, name: string, between: string, open: string, value: string) =>
        `${quote}${name}${quote}${between}${open}${maskField(name, value)}`,
    )
    .replace(
      QUERY_VALUE,
      (_m, name: string, equals: string, value: string) => `${name}${equals}${maskNamed(value, name)}`,
    )
    .replace(
      AUTHORIZATION_HEADER,
      (_m, start: string, scheme: string | undefined, value: string) =>
        `${start}${scheme === undefined ? "" : `${scheme} `}${mask(value)}`,
    )
    .replace(BEARER_TOKEN, (_m, start: string, value: string) => `${start}${mask(value)}`);
}

function maskField(name: string, value: string): string {
  if (name.toLowerCase() !== "authorization") return maskNamed(value, name);
  const [, scheme, token] = AUTHORIZATION_VALUE.exec(value) ?? [];
  return `${scheme === undefined ? "" : `${scheme} `}${mask(token ?? "")}`;
}

const URL_SECRET = new RegExp(
  `([?&;#](?:${NAME_PATTERN}|key|token|sig|signature|password|secret|x-amz-credential)=)[^&#;]*`,
  "gi",
);

/**
 * A URL that may be shown: values of key parameters become `***`, user name and password go, a data URL is only
 * described, everything else stays.
 *
 * @param url - Absolute or relative URL; need not be valid.
 */
export function redactUrl(url: string): string {
  return redact(withoutUserInfo(url).replace(URL_SECRET, `$1${HIDDEN}`));
}

/** The URL without query, fragment, user name and password. */
export function urlWithoutQuery(url: string): string {
  return redactUrl(addressOf(url));
}
