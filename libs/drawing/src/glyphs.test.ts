import { expect, test } from "vitest";
import { GLYPH_ADVANCE, GLYPH_HEIGHT, printable, textRects, textWidth } from "./glyphs.ts";

/** Rows of `#` and `.` of a text. */
function picture(text: string): string[] {
  const rows = Array.from({ length: GLYPH_HEIGHT }, () =>
    Array<string>(text.length * GLYPH_ADVANCE - 1).fill("."),
  );
  for (const [x, y, width, height] of textRects(text, 0, 0, 1)) {
    for (let row = y; row < y + height; row++) rows[row]?.fill("#", x, x + width);
  }
  return rows.map((row) => row.join(""));
}

test("letters have their form, descenders below the line", () => {
  expect(picture("Hp")).toEqual([
    "#...#......",
    "#...#......",
    "#...#.####.",
    "#####.#...#",
    "#...#.#...#",
    "#...#.####.",
    "#...#.#....",
    "......#....",
  ]);
});

test("every character of ASCII has a glyph of its own inside its cell", () => {
  const seen = new Set<string>();
  for (let code = 33; code < 127; code++) {
    const rects = textRects(String.fromCharCode(code), 0, 0, 1);
    expect(rects.length).toBeGreaterThan(0);
    for (const [x, y, width, height] of rects) {
      expect(x + width).toBeLessThanOrEqual(5);
      expect(y + height).toBeLessThanOrEqual(GLYPH_HEIGHT);
    }
    seen.add(JSON.stringify(rects));
  }
  expect(seen.size).toBe(94);
  expect(textRects(" ", 0, 0, 1)).toEqual([]);
});

test("position and size of the pixels", () => {
  expect(textRects("-", 10, 20, 3)[0]).toEqual([10, 29, 3, 3]);
  expect([textWidth(""), textWidth("a"), textWidth("ab")]).toEqual([0, 5, 11]);
});

test("what the alphabet lacks is replaced", () => {
  expect(printable("été ½ 東\n🙂")).toBe("ete 1?2 ???");
});
