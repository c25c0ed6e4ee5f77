/**
 * The mean of `size` x `size` values around each value of a grid, in place of it; an even size reaches one further to the
 * left and up. Beyond the edges the grid is mirrored without its edge being repeated.
 *
 * @param channels values of a place, each with a mean of its own
 */
export function meanOf(
  values: Float32Array,
  width: number,
  height: number,
  channels: number,
  size: number,
): Float32Array {
  const rows = new Float32Array(values.length);
  const means = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < channels; c++) {
      meanOfLine(values, rows, y * width * channels + c, channels, width, size);
    }
  }
  for (let x = 0; x < width * channels; x++) meanOfLine(rows, means, x, width * channels, height, size);
  return means;
}

function meanOfLine(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
  size: number,
): void {
  const before = Math.floor(size / 2);
  const at = (index: number) => from[start + mirror(index, length) * step] ?? 0;
  let sum = 0;
  for (let index = -before; index < size - before; index++) sum += at(index);
  for (let index = 0; index < length; index++) {
    to[start + index * step] = sum / size;
    sum += at(index + size - before) - at(index - before);
  }
}

function mirror(index: number, length: number): number {
  if (index >= 0 && index < length) return index;
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const place = ((index % period) + period) % period;
  return place < length ? place : period - place;
}
