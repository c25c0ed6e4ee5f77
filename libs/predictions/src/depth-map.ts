import { InvalidResponseError } from "@inference-ts/errors";
import { readGreyPixels } from "./grey-png.ts";
import type { ImageDimensions } from "./results.ts";

/** How far away every pixel is, row by row from the top left. */
export interface DepthMap extends ImageDimensions {
  /** 0..1, as the model normalised it over this picture: 0 and 1 are its two ends, not metres. */
  readonly data: Float32Array;
}

const PATH = "normalized_depth";

/**
 * Decodes `normalized_depth` of a depth estimation. Every wire form is read: nested lists (`depthMapFormat: "json"`, and
 * whatever was asked for on servers that do not know the field), and grey PNGs of 8 and 16 bits.
 *
 * @param answer the answer for one picture
 * @throws InvalidResponseError when the map is malformed; its `path` starts with `normalized_depth`
 */
export async function readDepthMap(answer: { readonly normalized_depth: unknown }): Promise<DepthMap> {
  const depth = answer.normalized_depth;
  return typeof depth === "string" ? fromPng(depth) : fromRows(depth);
}

async function fromPng(text: string): Promise<DepthMap> {
  const { width, height, bits, data } = await readGreyPixels(text, PATH, [8, 16]);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const values = new Float32Array(width * height);
  for (let at = 0; at < values.length; at++) {
    values[at] = bits === 8 ? view.getUint8(at) / 255 : view.getUint16(at * 2) / 65_535;
  }
  return { width, height, data: values };
}

function fromRows(rows: unknown): DepthMap {
  if (!Array.isArray(rows)) return refuse("", "base64 of a PNG or a list of rows");
  const width = Array.isArray(rows[0]) ? rows[0].length : 0;
  const data = new Float32Array(width * rows.length);
  for (const [y, row] of rows.entries()) {
    const cells: unknown = row;
    if (!Array.isArray(cells) || cells.length !== width)
      return refuse(`[${y}]`, `a list of ${width} numbers`);
    for (const [x, value] of cells.entries()) {
      if (typeof value !== "number") return refuse(`[${y}][${x}]`, "a number");
      data[y * width + x] = value;
    }
  }
  return { width, height: rows.length, data };
}

function refuse(place: string, expected: string): never {
  const path = `${PATH}${place}`;
  throw new InvalidResponseError(`The depth map of the answer cannot be read: ${path} must be ${expected}.`, {
    path,
  });
}
