import { redactUrl } from "@inference-ts/errors";

/** Longest text that a message shows. */
const MAX_SHOWN_LENGTH = 200;
/** Shorter words are names, whatever they are made of. */
const MIN_SECRET_LENGTH = 16;

/** A file name's extension, or the beginning of a path; base64 of a JPEG begins like a path too. */
const PATH = /\.[a-z0-9]{1,5}$|^(?:\.{0,2}\/|~\/|[a-z]:[\\/]|\\\\)(?<!^\/(?=9j\/))/i;
const KEY_OR_BASE64 = /^(?=.*\d)(?=.*[a-z])[\w+/=.-]+$/i;

/**
 * A text that was found to be nothing that can be read, for messages: a mistyped path as it is, but neither base64 of a picture, nor
 * what may be a key in the wrong place.
 */
export function describeText(text: string): string {
  const bare = text.trim();
  const isSecret = bare.length >= MIN_SECRET_LENGTH && KEY_OR_BASE64.test(bare) && !PATH.test(bare);
  if (text.length <= MAX_SHOWN_LENGTH && !isSecret) return `"${redactUrl(text)}"`;
  return `of ${text.length} characters (not shown: it may be base64 or a key)`;
}

/** A text that is a `file:` URL, such as `import.meta.resolve` gives; `null` for every other. */
export function fileUrl(text: string): URL | null {
  return /^\s*file:\/\//i.test(text) ? URL.parse(text) : null;
}

/** The name of a file or address that was found, for messages and events: without keys, a long one only as its beginning. */
export function shownName(name: string): string {
  return name.length > MAX_SHOWN_LENGTH
    ? `${redactUrl(name.slice(0, 40))}... (${name.length} characters)`
    : redactUrl(name);
}
