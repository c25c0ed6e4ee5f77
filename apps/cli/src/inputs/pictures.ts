import { readFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import { type ImageRuntime, type ImageSource, nodeImageRuntime } from "@inference-ts/sdk/node";
import type { Input } from "./input.ts";
import { KeptPicture } from "./kept-picture.ts";
import { StandardInput } from "./standard-input.ts";

/** What {@link Pictures} needs beside the inputs. */
export interface PicturesOptions {
  /** Whether the bytes are asked for again after the inference. */
  readonly keepBytes: boolean;
  readonly stdin: () => Readable;
  readonly signal: AbortSignal;
}

/** The pictures of a run: as sources for the client, and once more as bytes to draw on. */
export class Pictures {
  readonly #inputs: readonly Input[];
  readonly #options: PicturesOptions;
  readonly #kept = new Map<number, KeptPicture>();
  #runtime: ImageRuntime | undefined;

  constructor(inputs: readonly Input[], options: PicturesOptions) {
    this.#inputs = inputs;
    this.#options = options;
  }

  /** One source for each input, in order; nothing is read before the client asks for it. */
  *sources(): Generator<ImageSource, void, undefined> {
    for (const [index, input] of this.#inputs.entries()) yield this.#sourceOf(input, index);
  }

  /** The bytes of a picture whose inference is done; for URLs and stdin this works once. */
  async bytesOf(index: number): Promise<Uint8Array> {
    const kept = this.#kept.get(index);
    this.#kept.delete(index);
    const input = this.#inputs[index];
    if (kept === undefined && input?.kind === "file") return readFile(input.source);
    if (kept !== undefined) return kept.bytes();
    throw new RangeError(`The bytes of input ${index} were not kept.`);
  }

  /** Lets go of a picture that will not be drawn on. */
  release(index: number): void {
    this.#kept.delete(index);
  }

  #sourceOf(input: Input, index: number): ImageSource {
    if (input.kind === "file") return input.source;
    if (input.kind === "url" && !this.#options.keepBytes) return input.source;
    this.#runtime ??= nodeImageRuntime();
    const source = input.kind === "stdin" ? new StandardInput(this.#options.stdin) : input.source;
    const picture = new KeptPicture(source, this.#runtime, this.#options.signal);
    if (this.#options.keepBytes) this.#kept.set(index, picture);
    return picture;
  }
}
