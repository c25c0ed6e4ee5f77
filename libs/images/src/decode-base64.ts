/**
 * Decodes base64 text strictly: `null` for any character outside the standard and the URL-safe alphabet, and for padding that does
 * not fit. White space and missing padding are tolerated.
 */
export function decodeBase64(text: string): Uint8Array | null {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  } catch {
    return null;
  }
}
