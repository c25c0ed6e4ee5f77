import { InvalidResponseError } from "@inference-ts/sdk/node";

const MAGIC = [0x93, ...Buffer.from("NUMPY"), 1, 0];
/** The header, its length included, fills whole blocks of this many bytes. */
const ALIGNMENT = 64;

/**
 * A NumPy file (version 1.0) of 32-bit floats with one row for each vector; `null` = a row of NaN.
 *
 * @throws InvalidResponseError for vectors of different lengths.
 */
export function npyOf(vectors: readonly (Float32Array | null)[]): Uint8Array {
  const width = vectors.find((vector) => vector !== null)?.length ?? 0;
  const odd = vectors.findIndex((vector) => vector !== null && vector.length !== width);
  if (odd >= 0) {
    throw new InvalidResponseError(
      `Vector ${odd} has ${vectors[odd]?.length} numbers, the first one ${width}.`,
      {
        path: "embeddings",
      },
    );
  }
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${vectors.length}, ${width}), }`;
  const before = MAGIC.length + 2;
  const headerEnd = Math.ceil((before + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = Buffer.alloc(headerEnd + vectors.length * width * 4);
  bytes.set(MAGIC);
  bytes.writeUInt16LE(headerEnd - before, MAGIC.length);
  bytes.write(`${dictionary.padEnd(headerEnd - before - 1)}\n`, before, "latin1");
  for (const [row, vector] of vectors.entries()) {
    for (let column = 0; column < width; column++) {
      bytes.writeFloatLE(vector?.[column] ?? Number.NaN, headerEnd + (row * width + column) * 4);
    }
  }
  return bytes;
}
