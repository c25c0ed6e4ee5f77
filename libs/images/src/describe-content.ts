import { ascii } from "./sniff.ts";

/** What bytes that are no picture seem to be, for messages. */
export function describeContent(bytes: Uint8Array): string {
  if (bytes.length === 0) return "empty";
  const start = ascii(bytes, 0, 256).trimStart();
  if (/^<(!doctype )?\w*html/i.test(start)) return "an HTML page";
  return /^[\t\n\r -~]+$/.test(start) ? "text" : "no known picture format";
}
