import type { ImageSource } from "@inference-ts/images";

/** An image with its place in the caller's list. */
export interface IndexedImage {
  readonly index: number;
  readonly input: ImageSource;
}

/** Groups of at most `size` images, in order; the source is read only as groups are asked for. */
export function imageBatches(
  source: Iterable<ImageSource> | AsyncIterable<ImageSource>,
  size: number,
): Iterable<readonly IndexedImage[]> | AsyncIterable<readonly IndexedImage[]> {
  return Symbol.asyncIterator in source ? asyncBatches(source, size) : batches(source, size);
}

function* batches(source: Iterable<ImageSource>, size: number): Generator<readonly IndexedImage[]> {
  let batch: IndexedImage[] = [];
  let index = 0;
  for (const input of source) {
    batch.push({ index, input });
    index += 1;
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function* asyncBatches(
  source: AsyncIterable<ImageSource>,
  size: number,
): AsyncGenerator<readonly IndexedImage[]> {
  let batch: IndexedImage[] = [];
  let index = 0;
  for await (const input of source) {
    batch.push({ index, input });
    index += 1;
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
