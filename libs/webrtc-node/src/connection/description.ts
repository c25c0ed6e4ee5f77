/** Number of media lines of a session description. */
export function countLines(sdp: string): number {
  return sdp.match(/^m=/gm)?.length ?? 0;
}

/** Without these no connection can come about, and werift would wait for it without a word. */
const NEEDED = ["a=ice-ufrag:", "a=ice-pwd:", "a=fingerprint:"];

/**
 * Refuses a description that no connection can come of.
 *
 * @param lines - Media lines that it must have; any number but none when not given.
 */
export function checkDescription(sdp: string, lines?: number): void {
  const count = countLines(sdp);
  if (count === 0 || (lines !== undefined && count !== lines)) {
    throw new Error(`it has ${count} media lines${lines === undefined ? "" : ` instead of ${lines}`}`);
  }
  const missing = NEEDED.find((line) => !sdp.includes(line));
  if (missing !== undefined) throw new Error(`it has no line ${missing}`);
}
