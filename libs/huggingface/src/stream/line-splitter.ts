import { joinPieces } from "@inference-ts/transport";

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Cuts bytes into lines, whatever of the three line ends they have and wherever they are cut. Empty lines are kept. */
export class LineSplitter {
  #rest: Uint8Array[] = [];
  #restLength = 0;
  #last: number | undefined;

  /** Bytes of the line whose end has not come. */
  get restLength(): number {
    return this.#restLength;
  }

  /** The lines that end within these bytes. */
  push(bytes: Uint8Array): Uint8Array[] {
    const lines: Uint8Array[] = [];
    let from = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const before = this.#last;
      const byte = bytes[at];
      this.#last = byte;
      if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN) continue;
      // The second half of a line end ends nothing.
      if (byte === CARRIAGE_RETURN || before !== CARRIAGE_RETURN) lines.push(this.#take(bytes, from, at));
      from = at + 1;
    }
    this.#keep(bytes.slice(from));
    return lines;
  }

  /** What is left when the bytes end without a line end. */
  end(): Uint8Array[] {
    return this.#restLength === 0 ? [] : [this.#take(new Uint8Array(), 0, 0)];
  }

  #keep(piece: Uint8Array): void {
    if (piece.length > 0) this.#rest.push(piece);
    this.#restLength += piece.length;
  }

  #take(bytes: Uint8Array, from: number, to: number): Uint8Array {
    this.#keep(bytes.slice(from, to));
    const line = joinPieces(this.#rest, this.#restLength);
    this.#rest = [];
    this.#restLength = 0;
    return line;
  }
}
