import { InvalidParameterError } from "@inference-ts/errors";

/**
 * A part of a request body that is not written by `JSON.stringify` but put straight into the request buffer as ASCII text:
 * base64 of an image. Inside a JSON value it becomes a string.
 */
export class BodyHole {
  /** Length of the text in bytes. */
  readonly byteLength: number;
  readonly #write: (target: Uint8Array, offset: number) => void;

  /** @param write - Must write exactly `byteLength` ASCII bytes at `offset`, none of which needs escaping in JSON. */
  constructor(byteLength: number, write: (target: Uint8Array, offset: number) => void) {
    this.byteLength = byteLength;
    this.#write = write;
  }

  writeInto(target: Uint8Array, offset: number): void {
    this.#write(target, offset);
  }

  /** Called by `JSON.stringify`: a marker while a body is being written, otherwise a description, never the content. */
  toJSON(): string {
    if (collected === null) return `<${this.byteLength} bytes>`;
    collected.push(this);
    return MARKER;
  }
}

// Unguessable, so that no text of a caller can look like a hole. (`randomUUID` is missing on plain http pages.)
const MARKER = `hole:${/* @__PURE__ */ globalThis.crypto.getRandomValues(new Uint32Array(4)).join("-")}`;
const QUOTED_MARKER = `"${MARKER}"`;

let collected: BodyHole[] | null = null;

/**
 * Writes a JSON value with its holes as one byte buffer: JSON text around the holes, the content of each hole in between.
 * One buffer is what makes a request cheap (one header, one write) and repeatable for a retry.
 *
 * @throws InvalidParameterError when the value cannot be JSON (a cycle, a bigint).
 */
export function writeJsonBody(value: unknown): Uint8Array {
  const holes: BodyHole[] = [];
  let text: string | undefined;
  collected = holes;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new InvalidParameterError("The request cannot be written as JSON.", {
      cause,
      hint: "Pass plain values: no cycles, no bigint.",
    });
  } finally {
    collected = null;
  }
  if (text === undefined) throw new InvalidParameterError("The request body is undefined, not a JSON value.");
  if (holes.length === 0) return encoder.encode(text);

  const texts = text.split(QUOTED_MARKER).map((piece) => encoder.encode(piece));
  let byteLength = holes.length * 2;
  for (const piece of texts) byteLength += piece.length;
  for (const hole of holes) byteLength += hole.byteLength;

  const body = new Uint8Array(byteLength);
  let offset = 0;
  for (const [index, piece] of texts.entries()) {
    body.set(piece, offset);
    offset += piece.length;
    const hole = holes[index];
    if (hole === undefined) continue;
    body[offset] = QUOTE;
    hole.writeInto(body, offset + 1);
    offset += hole.byteLength + 2;
    body[offset - 1] = QUOTE;
  }
  return body;
}

/** Writes a single hole as the whole body (the v0 routes take bare base64 text). */
export function writeHoleBody(hole: BodyHole): Uint8Array {
  const body = new Uint8Array(hole.byteLength);
  hole.writeInto(body, 0);
  return body;
}

const QUOTE = 0x22;
const encoder = new TextEncoder();
