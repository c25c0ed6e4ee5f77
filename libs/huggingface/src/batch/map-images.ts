import { mapInOrder } from "@inference-ts/transport";

/** How many pictures are worked on. */
export interface MapImagesOptions {
  /** Most calls at once. Default 4. A container works on one at a time: more than one hides the way to it. */
  readonly concurrency?: number | undefined;
  /** Ends everything. */
  readonly signal?: AbortSignal | undefined;
}

/** What became of one picture. */
export type MappedImage<Image, Result> =
  | { readonly index: number; readonly item: Image; readonly ok: true; readonly value: Result }
  | { readonly index: number; readonly item: Image; readonly ok: false; readonly error: unknown };

const DEFAULT_CONCURRENCY = 4;

/**
 * Calls a method for many pictures, several at once, and gives what became of each in the order of the pictures. Pictures are taken as their
 * turn comes, so memory follows the calls under way, not the list; one that fails is told and does not end the others; leaving the
 * loop ends the calls under way.
 *
 * @param images - Pictures of any kind, such as paths; a list or anything that can be iterated.
 * @param work - The call; give it the signal.
 * @throws InvalidParameterError unless `concurrency` is a whole number above 0; AbortedError from the loop.
 *
 * @example
 * ```ts no-run: needs a model and pictures
 * const client = new InferenceClient({ model: "user/model" });
 * const paths = ["one.jpg", "two.jpg"];
 * for await (const found of mapImages(paths, (path, signal) => client.objectDetection(path, { signal }))) {
 *   if (found.ok) console.log(found.item, found.value.length);
 *   else console.error(found.item, found.error);
 * }
 * ```
 */
export function mapImages<Image, Result>(
  images: Iterable<Image> | AsyncIterable<Image>,
  work: (image: Image, signal: AbortSignal) => Promise<Result>,
  { concurrency = DEFAULT_CONCURRENCY, signal }: MapImagesOptions = {},
): AsyncIterableIterator<MappedImage<Image, Result>> {
  return mapInOrder(images, concurrency, (image, _index, ended) => work(image, ended), signal);
}
