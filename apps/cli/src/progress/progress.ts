/** Shows how far a run is. */
export interface Progress {
  start(total: number): void;
  /** One more input is done. */
  advance(ok: boolean): void;
  /** Writes a line that stays, without damaging what is shown. */
  note(line: string): void;
  stop(): void;
}
