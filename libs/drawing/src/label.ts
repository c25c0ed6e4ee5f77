import type { ImageDimensions } from "@inference-ts/predictions";
import type { RectShape, TextShape } from "./display-list.ts";
import { GLYPH_ADVANCE, GLYPH_HEIGHT, printable, textWidth } from "./glyphs.ts";
import { type Color, readableOn } from "./palette.ts";

/** What a label names. */
export interface LabelledThing {
  readonly class: string;
  readonly classId: number | null;
  /** 0..1; `null` where the server gives none. */
  readonly confidence: number | null;
}

/** `red 72%` */
export function defaultLabel({ class: name, classId, confidence }: LabelledThing): string {
  const shown = name === "" && classId !== null ? String(classId) : name;
  return confidence === null ? shown : `${shown} ${Math.round(confidence * 100)}%`;
}

/** Pixels of a picture for one pixel of the alphabet, so that text can be read when the whole picture is on a screen. */
export function labelPixel({ width, height }: ImageDimensions): number {
  return Math.max(1, Math.round(Math.min(width, height) / 270));
}

/** Where a label would like to be, best first; top left corners. */
export type LabelPlaces = (width: number, height: number) => readonly (readonly [x: number, y: number])[];

/** How labels look. */
export interface LabelStyle {
  /** Left and right of the text, and above and below it; pixels of the picture. Default 2 and 1 pixels of the alphabet. */
  readonly padding?: number | undefined;
  /** Default black or white, whichever is readable. */
  readonly textColor?: Color | undefined;
  /** Whether labels are moved and cut short so that they fit into the picture. Default true. */
  readonly keepInside?: boolean | undefined;
}

/** A plate and the text on it. */
export type PlacedLabel = readonly [plate: RectShape, text: TextShape];

const CUT_MARK = "..";

/** Places labels so that none leaves the picture and, where there is a choice, none covers another. */
export class LabelLayout {
  readonly #picture: ImageDimensions;
  readonly #pixel: number;
  readonly #paddingX: number;
  readonly #paddingY: number;
  readonly #style: LabelStyle;
  readonly #taken: RectShape[] = [];

  /** @param pixel pixels of the picture for one pixel of the alphabet */
  constructor(picture: ImageDimensions, pixel: number, style: LabelStyle = {}) {
    this.#picture = picture;
    this.#pixel = pixel;
    this.#paddingX = style.padding ?? 2 * pixel;
    this.#paddingY = style.padding ?? pixel;
    this.#style = style;
  }

  /** Height of every label, pixels of the picture. */
  get height(): number {
    return GLYPH_HEIGHT * this.#pixel + 2 * this.#paddingY;
  }

  /** The shapes of one label; cut short when the picture is too narrow for it, nothing when there is no room at all. */
  place(text: string, background: Color, places: LabelPlaces): readonly PlacedLabel[] {
    const { keepInside = true, textColor = readableOn(background) } = this.#style;
    const { width: roomX, height: roomY } = this.#picture;
    const pixel = this.#pixel;
    const line = keepInside ? this.#fit(printable(text)) : printable(text);
    const width = textWidth(line) * pixel + 2 * this.#paddingX;
    const { height } = this;
    if (keepInside && (width > roomX || height > roomY || (line === "" && text !== ""))) return [];
    const plates = places(width, height).map(([x, y]): RectShape => {
      const left = keepInside ? Math.max(0, Math.min(x, roomX - width)) : x;
      const top = keepInside ? Math.max(0, Math.min(y, roomY - height)) : y;
      return { kind: "rect", x: Math.round(left), y: Math.round(top), width, height, fill: background };
    });
    const plate =
      plates.find((candidate) => !this.#taken.some((other) => overlaps(candidate, other))) ?? plates[0];
    if (plate === undefined) return [];
    this.#taken.push(plate);
    const [x, y] = [plate.x + this.#paddingX, plate.y + this.#paddingY];
    return [[plate, { kind: "text", x, y, text: line, pixel, color: textColor }]];
  }

  #fit(line: string): string {
    const roomInside = (this.#picture.width - 2 * this.#paddingX) / this.#pixel;
    const room = Math.floor((roomInside + 1) / GLYPH_ADVANCE);
    if (line.length <= room) return line;
    return room > CUT_MARK.length ? line.slice(0, room - CUT_MARK.length) + CUT_MARK : "";
  }
}

function overlaps(a: RectShape, b: RectShape): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
