/** Bytes in front of a chunk: its index and their number, each u32 LE. */
const HEADER_BYTES = 8;

/** Puts the chunks of an uploaded file together, in whatever order they come. */
export class UploadReceiver {
  readonly #chunks = new Map<number, Uint8Array>();
  #total: number | null = null;
  #isDone = false;

  /** Takes one message; returns the file when it is complete. A message without a header is left out, as on the server. */
  take(message: Uint8Array): Uint8Array | null {
    if (message.length < HEADER_BYTES || this.#isDone) return null;
    const header = new DataView(message.buffer, message.byteOffset, HEADER_BYTES);
    const index = header.getUint32(0, true);
    this.#total ??= header.getUint32(4, true);
    // The message lies in a buffer that the connection may use again.
    this.#chunks.set(index, message.slice(HEADER_BYTES));
    if (this.#chunks.size !== this.#total) return null;
    const parts = [...this.#chunks].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
    this.clear();
    this.#isDone = true;
    return Buffer.concat(parts);
  }

  /** Lets go what came so far. */
  clear(): void {
    this.#chunks.clear();
  }
}
