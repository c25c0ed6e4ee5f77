import { InvalidParameterError } from "@inference-ts/errors";
import type { CallScope } from "../call/call-scope.ts";
import { asyncBatches } from "../infer/image-batches.ts";
import { inferEachBatch } from "../infer/infer-list.ts";
import type { InferOnStreamOptions, StreamItem, StreamProgress, StreamSource } from "./stream-options.ts";
import { openPictures, type StreamPicture } from "./stream-pictures.ts";

/** Frames are pixels: no more of them are kept than the window holds. */
const FRAMES_PER_PLACE = 1;

/** Any source of pictures, one result or error for each, in order. Whatever way it ends, the source is closed when it has ended. */
export async function* inferPictures(
  scope: CallScope,
  source: StreamSource,
  options: InferOnStreamOptions,
): AsyncGenerator<StreamItem, void, undefined> {
  checkFrameChoice(options);
  const reading = new AbortController();
  const signals = [reading.signal, scope.signal].filter((signal) => signal !== undefined);
  const opened = await openPictures(source, scope.core.sources, {
    ...options,
    extensions: options.extensions ?? scope.state.configuration.imageExtensionsForDirectoryScan,
    signal: AbortSignal.any(signals),
  });
  const pictures = opened.pictures[Symbol.asyncIterator]();
  const progress = new Progress(opened.total, options.onProgress);
  const times = new Map<number, number>();
  try {
    const items = inferEachBatch(
      scope,
      options,
      (size) =>
        asyncBatches(
          told(pictures, ({ index, timestampMs }) => {
            progress.found += 1;
            if (timestampMs !== undefined) times.set(index, timestampMs);
          }),
          size,
        ),
      opened.kind === "frames" ? FRAMES_PER_PLACE : undefined,
    );
    for await (const item of items) {
      progress.report(item.ok);
      const timestampMs = times.get(item.index);
      times.delete(item.index);
      yield timestampMs === undefined ? item : { ...item, timestampMs };
    }
  } finally {
    reading.abort();
    // A reader of ours ends with its signal; a stream of the caller's may be in the middle of something that never ends.
    if (opened.endsWithSignal) await pictures.return?.();
  }
}

/** @throws InvalidParameterError for a choice of frames that leaves nothing or means nothing. */
function checkFrameChoice({ stride, maxFps }: InferOnStreamOptions): void {
  if (stride !== undefined && !(Number.isSafeInteger(stride) && stride >= 1)) {
    throw new InvalidParameterError(`stride (${String(stride)}) must be a whole number, 1 or more.`);
  }
  if (maxFps !== undefined && !(typeof maxFps === "number" && maxFps > 0 && Number.isFinite(maxFps))) {
    throw new InvalidParameterError(`maxFps (${String(maxFps)}) must be a number above 0.`, {
      hint: "Leave it out to look at every frame.",
    });
  }
}

async function* told(
  pictures: AsyncIterator<StreamPicture>,
  onPicture: (picture: StreamPicture) => void,
): AsyncGenerator<StreamPicture, void, undefined> {
  for await (const picture of { [Symbol.asyncIterator]: () => pictures }) {
    onPicture(picture);
    yield picture;
  }
}

/** Counts the pictures of a stream. */
class Progress {
  found = 0;
  #finished = 0;
  #failed = 0;
  readonly #total: number | undefined;
  readonly #listener: ((progress: StreamProgress) => void) | undefined;

  constructor(total: number | undefined, listener: ((progress: StreamProgress) => void) | undefined) {
    this.#total = total;
    this.#listener = listener;
  }

  report(ok: boolean): void {
    this.#finished += 1;
    if (!ok) this.#failed += 1;
    try {
      this.#listener?.({
        found: this.found,
        finished: this.#finished,
        failed: this.#failed,
        total: this.#total,
      });
    } catch {
      // As with events: what a listener throws never breaks a call.
    }
  }
}
