import { clipLine, type LineEnds } from "./clip-line.ts";

/** One pixel in the fixed-point numbers of the filling. */
export const ONE_PIXEL = 65_536;

/**
 * Edges of polygons for scanline filling. `x` is where the edge crosses row `fromRow` and `dx` how far it moves a row, both
 * in `ONE_PIXEL` parts of a pixel; the edge ends before row `toRow`.
 */
export class PolygonEdges {
  count = 0;
  readonly fromRow: Float64Array;
  readonly toRow: Float64Array;
  readonly x: Float64Array;
  readonly dx: Float64Array;

  constructor(capacity: number) {
    this.fromRow = new Float64Array(capacity);
    this.toRow = new Float64Array(capacity);
    this.x = new Float64Array(capacity);
    this.dx = new Float64Array(capacity);
  }

  /**
   * Adds the edge between two vertices in whole pixels. One that leaves the picture takes its slope from the part inside,
   * as OpenCV's `fillPoly` does; where that part is in one row, only the columns are cut.
   */
  add(line: LineEnds, pictureWidth: number, pictureHeight: number): void {
    const [, y1, , y2] = line;
    if (y1 === y2) return;
    const ends: LineEnds = [...line];
    clipLine(ends, pictureWidth, pictureHeight);
    const cut = ends[1] !== ends[3];
    const [fromX, fromY] = [ends[0] * ONE_PIXEL, cut ? ends[1] : y1];
    const [toX, toY] = [ends[2] * ONE_PIXEL, cut ? ends[3] : y2];
    const dx = Math.trunc((toX - fromX) / (toY - fromY));
    const index = this.count++;
    this.dx[index] = dx;
    this.fromRow[index] = Math.min(y1, y2);
    this.toRow[index] = Math.max(y1, y2);
    this.x[index] = y1 < y2 ? fromX + (y1 - fromY) * dx : toX + (y2 - toY) * dx;
  }

  /** Indices of the edges from the top down. */
  fromTheTop(): Int32Array {
    const { fromRow } = this;
    return Int32Array.from({ length: this.count }, (_, index) => index).sort(
      (a, b) => (fromRow[a] ?? 0) - (fromRow[b] ?? 0),
    );
  }
}
