/** One session, as long as its caller is there. */
export interface LiveSession {
  /** Ends it and frees what it holds; never rejects. */
  close(): Promise<void>;
}

/** The live video sessions of a sandbox; they end with it. */
export class LiveSessions {
  readonly #sessions = new Set<LiveSession>();
  #isClosed = false;

  /** Sessions whose caller is still there. */
  get count(): number {
    return this.#sessions.size;
  }

  add(session: LiveSession): void {
    this.#sessions.add(session);
    // Its request was still being answered when the sandbox was closed.
    if (this.#isClosed) void session.close();
  }

  remove(session: LiveSession): void {
    this.#sessions.delete(session);
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#sessions].map((session) => session.close()));
  }
}
