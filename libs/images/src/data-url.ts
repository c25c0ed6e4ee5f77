import { decodeBase64 } from "./decode-base64.ts";

/** True for text that starts like a data URL, in any letter case. */
export function isDataUrl(text: string): boolean {
  return /^\s*data:/i.test(text);
}

/**
 * Bytes of a data URL (RFC 2397), base64 or percent-encoded; blanks around it are ignored. `null` when it is none or its data is
 * damaged.
 */
export function decodeDataUrl(text: string, decode = decodeBase64): Uint8Array | null {
  const comma = text.indexOf(",");
  if (comma < 0 || !isDataUrl(text)) return null;
  const data = text
    .slice(comma + 1)
    .trim()
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (/;\s*base64\s*$/i.test(text.slice(0, comma))) return decode(data);
  return Uint8Array.from(data, (char) => char.charCodeAt(0));
}
