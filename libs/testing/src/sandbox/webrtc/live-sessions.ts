import type { LiveWorker } from "./worker.ts";

/** The live video sessions of a sandbox; they end with it. */
export class LiveSessions {
  readonly #workers = new Set<LiveWorker>();
  #isClosed = false;

  /** Sessions whose caller is still there. */
  get count(): number {
    return this.#workers.size;
  }

  add(worker: LiveWorker): void {
    this.#workers.add(worker);
    // Its request was still being answered when the sandbox was closed.
    if (this.#isClosed) void worker.close();
  }

  remove(worker: LiveWorker): void {
    this.#workers.delete(worker);
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#workers].map((worker) => worker.close()));
  }
}
