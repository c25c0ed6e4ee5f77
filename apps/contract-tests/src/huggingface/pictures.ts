import { drawShapes, encodeShapes, type ShapeColour } from "@inference-ts/sdk/testing";

/** Size of the pictures, in pixels. */
export const SIZE = 64;

/** One large rectangle of a colour on a dark ground, as PNG: both servers call it by its colour. */
export async function rectangle(colour: ShapeColour): Promise<Uint8Array<ArrayBuffer>> {
  const shapes = [{ kind: "rectangle", colour, x: 8, y: 8, width: 44, height: 40 }] as const;
  const bytes = await encodeShapes(drawShapes({ width: SIZE, height: SIZE, shapes }), { format: "png" });
  return new Uint8Array(bytes);
}
