import {
  type ImageRuntime,
  type ImageSource,
  InvalidInputFormatError,
  loadImage,
} from "@inference-ts/sdk/node";

/** A picture that can be read once only (stdin, a camera's URL) and is needed again for drawing: loaded when it is first read, then kept. */
export class KeptPicture implements AsyncIterable<Uint8Array> {
  readonly #load: () => Promise<Uint8Array>;
  #bytes: Promise<Uint8Array> | undefined;

  constructor(source: ImageSource, runtime: ImageRuntime, signal: AbortSignal) {
    this.#load = async () => {
      const image = await loadImage(source, { runtime, signal });
      if (image.kind === "encoded-image") return image.bytes;
      throw new InvalidInputFormatError(`The picture ${image.label} is not loaded by this program.`);
    };
  }

  /** The encoded bytes, as they were received. */
  bytes(): Promise<Uint8Array> {
    this.#bytes ??= this.#load();
    return this.#bytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    yield await this.bytes();
  }
}
