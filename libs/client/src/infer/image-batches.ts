import type { ImageSource } from "@inference-ts/images";

/** An image with its place in the caller's list. */
export interface IndexedImage {
  readonly index: number;
  readonly input: ImageSource;
}

/**
 * Groups of at most `size` images, in order; the source is read only as groups are asked for. Images that came before a failure of the
 * source are given before it is thrown.
 */
export function imageBatches(
  source: Iterable<ImageSource> | AsyncIterable<ImageSource>,
  size: number,
): Iterable<readonly IndexedImage[]> | AsyncIterable<readonly IndexedImage[]> {
  return Symbol.asyncIterator in source ? asyncBatches(numbered(source), size) : batches(source, size);
}

function* batches(source: Iterable<ImageSource>, size: number): Generator<readonly IndexedImage[]> {
  let batch: IndexedImage[] = [];
  let index = 0;
  try {
    for (const input of source) {
      batch.push({ index, input });
      index += 1;
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (batch.length > 0) yield batch;
    throw error;
  }
  if (batch.length > 0) yield batch;
}

async function* numbered(source: AsyncIterable<ImageSource>): AsyncGenerator<IndexedImage> {
  let index = 0;
  for await (const input of source) {
    yield { index, input };
    index += 1;
  }
}

/** `imageBatches` of a stream of numbered images. */
export async function* asyncBatches<Image extends IndexedImage>(
  source: AsyncIterable<Image>,
  size: number,
): AsyncGenerator<readonly Image[], void, undefined> {
  let batch: Image[] = [];
  try {
    for await (const image of source) {
      batch.push(image);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (batch.length > 0) yield batch;
    throw error;
  }
  if (batch.length > 0) yield batch;
}
