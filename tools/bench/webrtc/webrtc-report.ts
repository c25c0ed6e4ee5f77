/** What the program that streams says of its run. */
export interface WebRTCReport {
  /** From the start of each session to the open channel, in ms; the first sessions, which load code, are left out. */
  readonly connectMs: readonly number[];
  /** From the open channel to the worker's word that everything arrived, in ms. */
  readonly uploadMs: number;
  /** Most bytes that ever waited in the channel. */
  readonly queuedBytes: number;
}
