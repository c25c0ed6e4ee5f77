/** Files that are written at once: drawing takes longer than many inferences. */
const MAX_WRITING = 4;

/** Work on files that goes on beside everything else, a few at a time. The first failure is kept and thrown at the next chance. */
export class FileWrites {
  readonly #writing = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  /** Starts a piece of work; waits while too many are under way. Throws what an earlier one failed with. */
  async add(work: Promise<void>): Promise<void> {
    const task: Promise<void> = work
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#writing.delete(task));
    this.#writing.add(task);
    while (this.#writing.size >= MAX_WRITING) await Promise.race(this.#writing);
    this.throwFailure();
  }

  /** Resolves when nothing is under way any more, also after a failure. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }

  throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
