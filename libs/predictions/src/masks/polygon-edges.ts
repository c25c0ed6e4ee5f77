import { clipLine, isInside, type LineEnds } from "./clip-line.ts";

/** One pixel in the fixed-point numbers of the filling. */
export const ONE_PIXEL = 65_536;

/**
 * Edges of polygons for scanline filling. `x` is where the edge crosses row `fromRow` and `dx` how far it moves a row, both
 * in `ONE_PIXEL` parts of a pixel; the edge ends before row `toRow`. Lists of numbers: small typed arrays take longer to
 * make than the few edges of a polygon to fill.
 */
export class PolygonEdges {
  readonly fromRow: number[] = [];
  readonly toRow: number[] = [];
  readonly x: number[] = [];
  readonly dx: number[] = [];

  /**
   * Adds the edge between two vertices in whole pixels. One that leaves the picture takes its slope from the part inside,
   * as OpenCV's `fillPoly` does; where that part is in one row, only the columns are cut.
   */
  add(x1: number, y1: number, x2: number, y2: number, pictureWidth: number, pictureHeight: number): void {
    if (y1 === y2) return;
    let [fromX, fromY, toX, toY] = [x1, y1, x2, y2];
    if (!(isInside(x1, y1, pictureWidth, pictureHeight) && isInside(x2, y2, pictureWidth, pictureHeight))) {
      const ends: LineEnds = [x1, y1, x2, y2];
      clipLine(ends, pictureWidth, pictureHeight);
      [fromX, , toX] = ends;
      if (ends[1] !== ends[3]) [, fromY, , toY] = ends;
    }
    const dx = Math.trunc(((toX - fromX) * ONE_PIXEL) / (toY - fromY));
    const down = y1 < y2;
    this.dx.push(dx);
    this.fromRow.push(down ? y1 : y2);
    this.toRow.push(down ? y2 : y1);
    this.x.push(down ? fromX * ONE_PIXEL + (y1 - fromY) * dx : toX * ONE_PIXEL + (y2 - toY) * dx);
  }

  /** Indices of the edges from the top down. */
  fromTheTop(): number[] {
    const { fromRow } = this;
    return fromRow.map((_, index) => index).sort((a, b) => (fromRow[a] ?? 0) - (fromRow[b] ?? 0));
  }
}
