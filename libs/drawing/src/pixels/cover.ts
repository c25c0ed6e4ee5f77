import type { Point } from "@inference-ts/predictions";

/** A filled disc, or a hole with the even-odd rule. */
export interface Disc extends Point {
  readonly radius: number;
}

/** An area: closed lines and discs, filled together. */
export interface Area {
  readonly rings: readonly (readonly Point[])[];
  readonly discs: readonly Disc[];
  /** `union` = everything inside of any ring or disc that turns to the right, `evenodd` = inner ones are holes. */
  readonly rule: "union" | "evenodd";
}

/** Told how much of a run of pixels is covered: 0..1. */
export type Paint = (row: number, from: number, to: number, share: number) => void;

/** Lines across a pixel where edges are smoothed. */
const SMOOTH_LINES = 4;
/** Whether a pixel's centre is on an edge must not depend on rounding. */
const NEARLY = 1e-6;

/** What a line across the area crosses: an edge once, a disc twice. */
interface Border {
  readonly top: number;
  readonly bottom: number;
  readonly cross: (y: number, crossings: Crossing[]) => void;
}

type Crossing = readonly [x: number, turn: number];

/**
 * Finds the pixels that an area covers. Smooth edges cover pixels in part; others cover those whose centre is inside or on
 * the edge.
 */
export function cover(area: Area, width: number, height: number, smooth: boolean, paint: Paint): void {
  const borders = [...area.rings.flatMap(edgesOf), ...area.discs.map(borderOf)].sort((a, b) => a.top - b.top);
  const end = borders.reduce((lowest, { bottom }) => Math.max(lowest, bottom), Number.NEGATIVE_INFINITY);
  const first = Math.max(0, Math.floor(borders[0]?.top ?? 0));
  const last = Math.min(height - 1, Math.ceil(end));
  const shares = smooth ? new Float32Array(width) : undefined;
  let next = 0;
  let active: Border[] = [];
  for (let row = first; row <= last; row++) {
    active = active.filter(({ bottom }) => bottom > row);
    for (let border = borders[next]; border !== undefined && border.top < row + 1; border = borders[++next]) {
      if (border.bottom > row) active.push(border);
    }
    if (shares === undefined) {
      for (const [from, to] of spansAt(row + 0.5, active, area.rule)) {
        const start = Math.max(0, Math.ceil(from - 0.5 - NEARLY));
        const end = Math.min(width, Math.floor(to - 0.5 + NEARLY) + 1);
        if (end > start) paint(row, start, end, 1);
      }
      continue;
    }
    const touched = shareOfRow(row, active, area.rule, shares);
    paintShares(row, shares, touched, paint);
  }
}

function edgesOf(ring: readonly Point[]): Border[] {
  return ring.flatMap((to, index): Border[] => {
    const from = ring.at(index - 1);
    if (from === undefined || !(from.y !== to.y)) return [];
    const turn = from.y < to.y ? 1 : -1;
    const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
    const slope = (to.x - from.x) / (to.y - from.y);
    const cross = (y: number, crossings: Crossing[]) => {
      if (y >= top && y < bottom) crossings.push([from.x + (y - from.y) * slope, turn]);
    };
    return [{ top, bottom, cross }];
  });
}

function borderOf(disc: Disc): Border {
  const cross = (y: number, crossings: Crossing[]) => {
    const square = disc.radius ** 2 - (y - disc.y) ** 2;
    if (square < -NEARLY) return;
    const half = Math.sqrt(Math.max(0, square));
    crossings.push([disc.x - half, -1], [disc.x + half, 1]);
  };
  return { top: disc.y - disc.radius - NEARLY, bottom: disc.y + disc.radius + NEARLY, cross };
}

function spansAt(y: number, borders: readonly Border[], rule: Area["rule"]): (readonly [number, number])[] {
  const crossings: Crossing[] = [];
  for (const border of borders) border.cross(y, crossings);
  crossings.sort((a, b) => a[0] - b[0]);
  const spans: (readonly [number, number])[] = [];
  let [winding, start] = [0, 0];
  for (const [x, turn] of crossings) {
    const before = winding;
    winding = rule === "evenodd" ? 1 - winding : winding + turn;
    if (before === 0) start = x;
    else if (winding === 0) spans.push([start, x]);
  }
  return spans;
}

/** Adds up how much of each pixel of a row is covered; returns the first touched pixel and the one after the last. */
function shareOfRow(
  row: number,
  borders: readonly Border[],
  rule: Area["rule"],
  shares: Float32Array,
): readonly [from: number, to: number] {
  let [first, last] = [shares.length, 0];
  for (let line = 0; line < SMOOTH_LINES; line++) {
    for (const [from, to] of spansAt(row + (line + 0.5) / SMOOTH_LINES, borders, rule)) {
      const [start, end] = [Math.max(0, from), Math.min(shares.length, to)];
      if (end <= start) continue;
      first = Math.min(first, Math.floor(start));
      last = Math.max(last, Math.ceil(end));
      for (let x = Math.floor(start); x < end; x++) {
        const covered = Math.min(x + 1, end) - Math.max(x, start);
        shares[x] = (shares[x] ?? 0) + covered / SMOOTH_LINES;
      }
    }
  }
  return [first, last];
}

function paintShares(
  row: number,
  shares: Float32Array,
  [from, to]: readonly [number, number],
  paint: Paint,
): void {
  for (let start = from; start < to; ) {
    const share = shares[start] ?? 0;
    let end = start + 1;
    while (end < to && shares[end] === share) end++;
    if (share > 0) paint(row, start, end, Math.min(1, share));
    start = end;
  }
  shares.fill(0, from, to);
}
