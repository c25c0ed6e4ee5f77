import type { Readable } from "node:stream";

/** Standard input as a source with the name that it has in results. Nothing is opened before somebody reads. */
export class StandardInput implements AsyncIterable<Uint8Array> {
  readonly name = "stdin";
  readonly #open: () => Readable;

  /** @param open gives the stream; an opened standard input keeps the process alive */
  constructor(open: () => Readable) {
    this.#open = open;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this.#open()[Symbol.asyncIterator]();
  }
}
