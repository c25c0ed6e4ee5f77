/** A colour as `#rrggbb`. */
export type Color = `#${string}`;

/** Twenty colours that are told apart easily, on light and on dark pictures. */
export const PALETTE: readonly Color[] = [
  "#e6194b",
  "#3cb44b",
  "#4363d8",
  "#ffe119",
  "#f58231",
  "#911eb4",
  "#42d4f4",
  "#f032e6",
  "#bfef45",
  "#fabed4",
  "#469990",
  "#dcbeff",
  "#9a6324",
  "#fffac8",
  "#800000",
  "#aaffc3",
  "#808000",
  "#ffd8b1",
  "#000075",
  "#a9a9a9",
];

/** The colour of a class: the same id always has the same colour; without an id the name decides. */
export function colorOfClass(classId: number | null, className: string, palette = PALETTE): Color {
  const index =
    classId ?? Array.from(className).reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 9973;
  return palette[Math.abs(Math.trunc(index)) % palette.length] ?? "#e6194b";
}

/** Black or white, whichever stands out more on `background` (WCAG relative luminance). */
export function readableOn(background: Color): Color {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(background.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}
