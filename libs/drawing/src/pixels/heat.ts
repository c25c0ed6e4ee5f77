import type { HeatShape } from "../display-list.ts";
import { meanOf } from "./mean.ts";
import { mix, type Pixels } from "./pixels.ts";

/** Colours the visited pixels from the low hue to the top one. */
export function heat(picture: Pixels, { visits, opacity, size, topHue, lowHue }: HeatShape): void {
  const { width, height, data } = picture;
  const most = visits.reduce((highest, count) => Math.max(highest, count), 0);
  if (most === 0) return;
  const hues = Float32Array.from(visits, (count) => Math.trunc(lowHue - (count / most) * (lowHue - topHue)));
  const even = size > 1 ? meanOf(hues, width, height, 1, size) : hues;
  for (const [pixel, count] of visits.entries()) {
    if (count === 0) continue;
    const [red, green, blue] = colorOfHue(Math.round(even[pixel] ?? 0));
    mix(data, pixel, red, green, blue, opacity);
  }
}

/** The full colour of a hue that is given as half of its angle. */
function colorOfHue(hue: number): readonly [number, number, number] {
  const part = (offset: number) => {
    const distance = Math.abs(((((hue / 30 + offset) % 6) + 6) % 6) - 3);
    return Math.round(255 * Math.min(1, Math.max(0, distance - 1)));
  };
  return [part(0), part(4), part(2)];
}
