import { type FailureKind, failureKind } from "../exit-codes.ts";
import type { AnyEntry } from "../output/entry.ts";
import { Tally } from "../progress/tally.ts";

/** Counts of a run, for its summary and its exit code. */
export class RunTally {
  readonly #tally: Tally;
  readonly #failures = new Set<FailureKind>();
  #undrawn = 0;

  constructor(total: number, now: () => number) {
    this.#tally = new Tally(total, now);
  }

  get total(): number {
    return this.#tally.total;
  }

  get done(): number {
    return this.#tally.done;
  }

  get succeeded(): number {
    return this.#tally.done - this.#tally.failed;
  }

  /** Since the run began. */
  get seconds(): number {
    return this.#tally.seconds;
  }

  /** What the failures were about, each kind once. */
  get failures(): ReadonlySet<FailureKind> {
    return this.#failures;
  }

  add(entry: AnyEntry): void {
    this.#tally.add(entry.ok);
    if (!entry.ok) this.#failures.add(failureKind(entry.error));
  }

  /** A picture that has a result and could not be drawn. */
  addUndrawn(): void {
    this.#undrawn += 1;
    this.#failures.add("other");
  }

  /** One line for people. */
  summary(outDir: string | undefined): string {
    const { done, failed, total, seconds, rate } = this.#tally;
    const counts = [
      `${done - failed} ok`,
      `${failed} failed`,
      ...(done < total ? [`${total - done} not tried`] : []),
      ...(this.#undrawn > 0 ? [`${this.#undrawn} not drawn`] : []),
    ];
    const where = outDir === undefined ? "" : ` Files are in ${outDir}.`;
    return `${total} ${total === 1 ? "picture" : "pictures"} in ${seconds.toFixed(1)} s (${rate}): ${counts.join(", ")}.${where}`;
  }
}
