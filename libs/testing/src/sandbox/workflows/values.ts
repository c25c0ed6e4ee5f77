import type { RgbPixels } from "../shapes/colours.ts";

/** Where a picture lies in another one. */
export interface Origin {
  readonly id: string;
  readonly left: number;
  readonly top: number;
  /** Size of the picture that it lies in. */
  readonly width: number;
  readonly height: number;
}

/** A picture on its way through a workflow. */
export class PictureValue {
  readonly pixels: RgbPixels;
  /** One channel only: written as a grey JPEG. */
  readonly grey: boolean;
  /** The text that the caller sent, as long as no step changed the picture. */
  readonly original: string | null;
  /** The picture's own name and its place in the one it was cut from. */
  readonly parent: Origin;
  /** Its place in the picture that the caller gave. */
  readonly root: Origin;
  readonly madeAt: string;

  constructor(fields: Omit<PictureValue, "withPixels" | "crop">) {
    this.pixels = fields.pixels;
    this.grey = fields.grey;
    this.original = fields.original;
    this.parent = fields.parent;
    this.root = fields.root;
    this.madeAt = fields.madeAt;
  }

  /** The same picture with other pixels. */
  withPixels(pixels: RgbPixels, grey = this.grey): PictureValue {
    return new PictureValue({ ...this, pixels, grey, original: null });
  }

  /** A part of the picture under a name of its own, or `null` where nothing of it is left. Edges are cut at the picture's. */
  crop(id: string, left: number, top: number, right: number, bottom: number): PictureValue | null {
    const pixels = cut(this.pixels, left, top, right, bottom);
    if (pixels === null) return null;
    const { width, height } = this.pixels;
    return new PictureValue({
      ...this,
      pixels,
      original: null,
      madeAt: timestamp(),
      parent: { id, left, top, width, height },
      root: { ...this.root, left: this.root.left + left, top: this.root.top + top },
    });
  }
}

function cut(pixels: RgbPixels, left: number, top: number, right: number, bottom: number): RgbPixels | null {
  // As slices of the server's arrays do, an edge below zero counts from the far end.
  const from = (edge: number, size: number) => Math.max(0, Math.min(edge < 0 ? size + edge : edge, size));
  const [x1, x2] = [from(left, pixels.width), from(right, pixels.width)];
  const [y1, y2] = [from(top, pixels.height), from(bottom, pixels.height)];
  if (x2 <= x1 || y2 <= y1) return null;
  const [width, height] = [x2 - x1, y2 - y1];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const start = ((y1 + y) * pixels.width + x1) * 3;
    data.set(pixels.data.subarray(start, start + width * 3), y * width * 3);
  }
  return { width, height, data };
}

/** Now, as the server writes it: UTC with microseconds and without a zone. */
const timestamp = (): string => new Date().toISOString().replace("Z", "000");

/** The picture as the caller gave it: it lies in itself. */
export function inputPicture(id: string, pixels: RgbPixels, original: string | null): PictureValue {
  const origin = { id, left: 0, top: 0, width: pixels.width, height: pixels.height };
  return new PictureValue({
    pixels,
    grey: false,
    original,
    parent: origin,
    root: origin,
    madeAt: timestamp(),
  });
}

/** One found box, edges in pixels of the picture that it was found in. */
export interface DetectedBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly confidence: number;
  readonly classId: number;
  readonly className: string;
  readonly detectionId: string;
}

/** The boxes of one picture. */
export class DetectionsValue {
  readonly boxes: readonly DetectedBox[];
  /** Size of the picture that the coordinates belong to. */
  readonly width: number;
  readonly height: number;
  readonly parent: Origin;
  readonly root: Origin;

  constructor(fields: Omit<DetectionsValue, "withBoxes" | "inRoot">) {
    this.boxes = fields.boxes;
    this.width = fields.width;
    this.height = fields.height;
    this.parent = fields.parent;
    this.root = fields.root;
  }

  withBoxes(boxes: readonly DetectedBox[]): DetectionsValue {
    return new DetectionsValue({ ...this, boxes });
  }

  /** The same boxes in the coordinates of the picture that the caller gave. */
  inRoot(): DetectionsValue {
    const { root } = this;
    const own = { ...root, left: 0, top: 0 };
    const boxes = this.boxes.map((box) => moved(box, root.left, root.top));
    return new DetectionsValue({ boxes, width: root.width, height: root.height, parent: own, root: own });
  }
}

/** A box moved by whole pixels. */
export const moved = (box: DetectedBox, dx: number, dy: number): DetectedBox => ({
  ...box,
  left: box.left + dx,
  right: box.right + dx,
  top: box.top + dy,
  bottom: box.bottom + dy,
});
