import type { StreamAnswer } from "@inference-ts/transport";
import { type InferenceStream, inferenceStream } from "./inference-stream.ts";

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Cuts bytes into lines, whatever of the three line ends they have and wherever they are cut. Empty lines are kept. */
export class LineSplitter {
  #rest: Uint8Array[] = [];
  #skipsLineFeed = false;

  push(bytes: Uint8Array): Uint8Array[] {
    const lines: Uint8Array[] = [];
    let from = this.#skipsLineFeed && bytes[0] === LINE_FEED ? 1 : 0;
    if (bytes.length > 0) this.#skipsLineFeed = false;
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN) continue;
      lines.push(this.#take(bytes.subarray(from, at)));
      if (byte === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED) at += 1;
      else if (byte === CARRIAGE_RETURN && at + 1 === bytes.length) this.#skipsLineFeed = true;
      from = at + 1;
    }
    if (from < bytes.length) this.#rest.push(bytes.slice(from));
    return lines;
  }

  /** What is left when the bytes end without a line end. */
  end(): Uint8Array[] {
    return this.#rest.length === 0 ? [] : [this.#take(new Uint8Array())];
  }

  #take(last: Uint8Array): Uint8Array {
    const pieces = [...this.#rest, last];
    this.#rest = [];
    const line = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      line.set(piece, at);
      at += piece.length;
    }
    return line;
  }
}

/** The lines of an answer as they arrive, without their ends. */
export function lineStream(answer: StreamAnswer): InferenceStream<Uint8Array> {
  return inferenceStream(answer, async function* () {
    const splitter = new LineSplitter();
    for await (const piece of answer.body) yield* splitter.push(piece);
    yield* splitter.end();
  });
}
