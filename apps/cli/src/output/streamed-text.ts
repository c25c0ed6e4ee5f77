/** The text that a stream makes of items, taken piece by piece: what comes out is handed on and not kept. */
export class StreamedText<Item> {
  readonly #writer: WritableStreamDefaultWriter<Item>;
  readonly #reading: Promise<void>;
  #text = "";

  constructor(stream: TransformStream<Item, string>) {
    this.#writer = stream.writable.getWriter();
    this.#reading = this.#read(stream.readable);
    // Also reported by the writer; nobody may be waiting here yet.
    this.#reading.catch(() => undefined);
  }

  /** Writes an item; gives the text that is ready, which may end before that of this item. */
  async add(item: Item): Promise<string> {
    await this.#writer.write(item);
    return this.#take();
  }

  /** The rest of the text. */
  async end(): Promise<string> {
    await this.#writer.close();
    await this.#reading;
    return this.#take();
  }

  async #read(readable: ReadableStream<string>): Promise<void> {
    for await (const text of readable) this.#text += text;
  }

  #take(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }
}
