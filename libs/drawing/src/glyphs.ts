/**
 * A 5 x 8 pixel alphabet for ASCII 32 to 126, so that text looks the same on machines without fonts. Five columns a
 * character, two hexadecimal digits each; the lowest bit is the top row, the highest the descenders.
 */
const COLUMNS =
  "0000000000" + // space
  "00005f0000" + // !
  "0007000700" + // "
  "147f147f14" + // #
  "242a7f2a12" + // $
  "2313086462" + // %
  "3649562050" + // &
  "0000070000" + // '
  "001c224100" + // (
  "0041221c00" + // )
  "14083e0814" + // *
  "08083e0808" + // +
  "00a0600000" + // ,
  "0808080808" + // -
  "0060600000" + // .
  "2010080402" + // /
  "3e5149453e" + // 0
  "00427f4000" + // 1
  "4261514946" + // 2
  "2141454b31" + // 3
  "1814127f10" + // 4
  "2745454539" + // 5
  "3c4a494930" + // 6
  "0171090503" + // 7
  "3649494936" + // 8
  "064949291e" + // 9
  "0036360000" + // :
  "00b6760000" + // ;
  "0814224100" + // <
  "1414141414" + // =
  "0041221408" + // >
  "0201510906" + // ?
  "324979413e" + // @
  "7e1111117e" + // A
  "7f49494936" + // B
  "3e41414122" + // C
  "7f4141221c" + // D
  "7f49494941" + // E
  "7f09090901" + // F
  "3e4149497a" + // G
  "7f0808087f" + // H
  "00417f4100" + // I
  "2040413f01" + // J
  "7f08142241" + // K
  "7f40404040" + // L
  "7f020c027f" + // M
  "7f0408107f" + // N
  "3e4141413e" + // O
  "7f09090906" + // P
  "3e4151215e" + // Q
  "7f09192946" + // R
  "4649494931" + // S
  "01017f0101" + // T
  "3f4040403f" + // U
  "1f2040201f" + // V
  "3f4038403f" + // W
  "6314081463" + // X
  "0708700807" + // Y
  "6151494543" + // Z
  "007f414100" + // [
  "0204081020" + // \
  "0041417f00" + // ]
  "0402010204" + // ^
  "4040404040" + // _
  "0001020400" + // `
  "2054545478" + // a
  "7f48444438" + // b
  "3844444420" + // c
  "384444487f" + // d
  "3854545418" + // e
  "087e090102" + // f
  "18a4a4a47c" + // g
  "7f08040478" + // h
  "00447d4000" + // i
  "4080847d00" + // j
  "7f10284400" + // k
  "00417f4000" + // l
  "7c04180478" + // m
  "7c08040478" + // n
  "3844444438" + // o
  "fc24242418" + // p
  "18242424fc" + // q
  "7c08040408" + // r
  "4854545420" + // s
  "043f444020" + // t
  "3c4040207c" + // u
  "1c2040201c" + // v
  "3c4030403c" + // w
  "4428102844" + // x
  "1ca0a0a07c" + // y
  "4464544c44" + // z
  "0008364100" + // {
  "00007f0000" + // |
  "0041360800" + // }
  "1008081008"; // ~

const FIRST = 32;
const DIGITS_A_GLYPH = 10;
const UNKNOWN = "?";

/** From one character to the next, in pixels of the alphabet. */
export const GLYPH_ADVANCE = 6;
/** Height of a line, descenders included, in pixels of the alphabet. */
export const GLYPH_HEIGHT = 8;

/** `[x, y, width, height]` */
export type Rect = readonly [x: number, y: number, width: number, height: number];

/** Width of a text in pixels of the alphabet, without the gap after the last character. */
export function textWidth(text: string): number {
  return Math.max(0, printable(text).length * GLYPH_ADVANCE - 1);
}

/** Text in the characters that the alphabet has: accents are dropped, everything else becomes `?`. */
export function printable(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{Mark}/gu, "");
  return Array.from(plain, (character) => (/^[ -~]$/.test(character) ? character : UNKNOWN)).join("");
}

/** The filled pixels of a text as rectangles (vertical runs joined), top left corner at `x`, `y`. */
export function textRects(text: string, x: number, y: number, pixel: number): Rect[] {
  const rects: Rect[] = [];
  for (const [index, character] of Array.from(printable(text)).entries()) {
    const at = (character.charCodeAt(0) - FIRST) * DIGITS_A_GLYPH;
    for (let column = 0; column < 5; column++) {
      const bits = Number.parseInt(COLUMNS.slice(at + column * 2, at + column * 2 + 2), 16);
      const left = x + (index * GLYPH_ADVANCE + column) * pixel;
      for (let row = 0; row < GLYPH_HEIGHT; row++) {
        if (!(bits & (1 << row))) continue;
        const top = row;
        while (bits & (1 << (row + 1))) row++;
        rects.push([left, y + top * pixel, pixel, (row + 1 - top) * pixel]);
      }
    }
  }
  return rects;
}
