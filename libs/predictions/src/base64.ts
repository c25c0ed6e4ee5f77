/** Bytes of base64 text, after an optional `data:...;base64,` prefix; `null` when it is not base64. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const start = text.startsWith("data:") ? text.indexOf(",") + 1 : 0;
  try {
    const binary = atob(start === 0 ? text : text.slice(start));
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
    return bytes;
  } catch {
    return null;
  }
}
