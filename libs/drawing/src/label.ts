import type { ImageDimensions } from "@inference-ts/predictions";
import type { RectShape, Shape } from "./display-list.ts";
import { GLYPH_ADVANCE, GLYPH_HEIGHT, printable, textWidth } from "./glyphs.ts";
import { type Color, readableOn } from "./palette.ts";

/** Where a label would like to be, best first; top left corners. */
export type LabelPlaces = (width: number, height: number) => readonly (readonly [x: number, y: number])[];

/** Around the text, in pixels of the alphabet. */
const PADDING_X = 2;
const PADDING_Y = 1;
const CUT_MARK = "..";

/** Places labels so that none leaves the picture and, where there is a choice, none covers another. */
export class LabelLayout {
  readonly #picture: ImageDimensions;
  readonly #pixel: number;
  readonly #taken: RectShape[] = [];

  /** @param pixel pixels of the picture for one pixel of the alphabet */
  constructor(picture: ImageDimensions, pixel: number) {
    this.#picture = picture;
    this.#pixel = pixel;
  }

  /** The shapes of one label; cut short when the picture is too narrow for it, nothing when there is no room at all. */
  place(text: string, background: Color, places: LabelPlaces): Shape[] {
    const pixel = this.#pixel;
    const line = this.#fit(printable(text));
    if (line === "") return [];
    const width = (textWidth(line) + 2 * PADDING_X) * pixel;
    const height = (GLYPH_HEIGHT + 2 * PADDING_Y) * pixel;
    const boxes = places(width, height).map(([x, y]): RectShape => {
      const left = Math.round(Math.max(0, Math.min(x, this.#picture.width - width)));
      const top = Math.round(Math.max(0, Math.min(y, this.#picture.height - height)));
      return { kind: "rect", x: left, y: top, width, height, fill: background };
    });
    const box =
      boxes.find((candidate) => !this.#taken.some((other) => overlaps(candidate, other))) ?? boxes[0];
    if (box === undefined || height > this.#picture.height) return [];
    this.#taken.push(box);
    const [x, y] = [box.x + PADDING_X * pixel, box.y + PADDING_Y * pixel];
    return [box, { kind: "text", x, y, text: line, pixel, color: readableOn(background) }];
  }

  #fit(line: string): string {
    const room = Math.floor((this.#picture.width / this.#pixel - 2 * PADDING_X + 1) / GLYPH_ADVANCE);
    if (line.length <= room) return line;
    return room > CUT_MARK.length ? line.slice(0, room - CUT_MARK.length) + CUT_MARK : "";
  }
}

function overlaps(a: RectShape, b: RectShape): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
