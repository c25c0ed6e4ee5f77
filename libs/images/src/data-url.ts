import { decodeBase64 } from "./base64.ts";

/**
 * Bytes of a data URL (RFC 2397), base64 or percent-encoded; blanks around it are ignored. `null` when it is none or its data is damaged.
 */
export function decodeDataUrl(text: string, decode = decodeBase64): Uint8Array | null {
  const trimmed = text.trim();
  const comma = trimmed.indexOf(",");
  if (comma < 0 || !isDataUrl(trimmed)) return null;
  const head = trimmed.slice(0, comma);
  const data = trimmed.slice(comma + 1);
  if (/;\s*base64\s*$/i.test(head)) return decode(data.includes("%") ? unescapePercent(data) : data);
  return Uint8Array.from(unescapePercent(data), (char) => char.charCodeAt(0));
}

/** True for text that starts like a data URL, in any letter case. */
export function isDataUrl(text: string): boolean {
  return /^\s*data:/i.test(text);
}

/** Every `%xx` becomes the one character of that byte. */
function unescapePercent(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
