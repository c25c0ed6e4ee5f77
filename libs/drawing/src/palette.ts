import { InvalidParameterError } from "@inference-ts/errors";

/** A colour as `#rgb`, `#rrggbb` or `#rrggbbaa`. */
export type Color = `#${string}`;

/** 21 colours that are told apart easily; class 0 has the first one. Those of the Python package `supervision`. */
export const PALETTE: readonly Color[] = split(
  "a351fbff4040ffa1a0ff7633ffb633d1d4354cfb1294cf1a40de8a1b964000d6c12e9caa00c4ff3647976675ff0019ef863aff530087cd3affff97caff39c9",
);

/** Palettes by name: `default`, six shades of violet, and the palette of older versions of `supervision`. */
export const PALETTES = {
  default: PALETTE,
  roboflow: split("c28dfca351fb8315f96706ce5905b34d049a"),
  legacy: split(
    "a351fbe6194b3cb44bffe1190082c8f58231911eb446f0f0f032e6d2f53cfabebe008080e6beffaa6e28fffac8800000aaffc3",
  ),
} as const;

/** Colours by name, in capital letters or small ones for {@link parseColor}. */
export const NAMED_COLORS: Readonly<Record<string, Color>> = {
  white: "#ffffff",
  black: "#000000",
  grey: "#808080",
  red: "#ff0000",
  green: "#00ff00",
  blue: "#0000ff",
  yellow: "#ffff00",
  roboflow: "#a351fb",
};

/** The colour of an index, counted from the palette's beginning again after its end; below zero from its end. */
export function colorAt(index: number, palette: readonly Color[] = PALETTE): Color {
  const { length } = palette;
  const color = palette[((Math.trunc(index) % length) + length) % length];
  if (color === undefined) {
    throw new InvalidParameterError("A palette must have at least one colour, got none.");
  }
  return color;
}

/** The colour of a class: the same id always has the same colour; without an id the name decides. */
export function colorOfClass(classId: number | null, className: string, palette = PALETTE): Color {
  const index =
    classId ?? Array.from(className).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);
  return colorAt(index, palette);
}

/** A colour in its parts, each 0..255. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/**
 * The parts of a colour.
 *
 * @param text `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, the hash may be missing, or a name of {@link NAMED_COLORS}
 * @throws InvalidParameterError for anything else
 */
export function parseColor(text: string): Rgba {
  const named = NAMED_COLORS[text.toLowerCase()] ?? text;
  const [, digits] = /^#?([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.exec(named) ?? [];
  if (digits === undefined) {
    throw new InvalidParameterError(
      `A colour must be #rgb, #rgba, #rrggbb, #rrggbbaa or one of ${Object.keys(NAMED_COLORS).join(", ")}, got "${text}".`,
    );
  }
  const full = digits.length < 6 ? digits.replace(/./g, "$&$&") : digits;
  const part = (at: number) => Number.parseInt(full.slice(at, at + 2), 16);
  return [part(0), part(2), part(4), full.length === 8 ? part(6) : 255];
}

/** The colour as `#rrggbb`, or `#rrggbbaa` where it is translucent, in small letters. */
export function formatColor(rgba: Rgba): Color {
  const parts = rgba[3] === 255 ? rgba.slice(0, 3) : rgba;
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** Black or white, whichever stands out more on `background` (WCAG relative luminance). */
export function readableOn(background: Color): Color {
  const [red, green, blue] = parseColor(background);
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000000" : "#ffffff";
}

function split(digits: string): readonly Color[] {
  return (digits.match(/.{6}/g) ?? []).map((color): Color => `#${color}`);
}
