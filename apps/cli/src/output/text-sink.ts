import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Writable } from "node:stream";
import { InvalidParameterError } from "@inference-ts/sdk/node";
import { visibleText } from "../visible-text.ts";
import { assertFilePlace, whyNotWritten } from "./output-place.ts";

/** Where the text of the results goes. */
export interface TextSink {
  /** Resolves when more may be written; after the reader has gone away it does nothing. */
  write(text: string): Promise<void>;
  /** Resolves when everything has left this process. */
  close(): Promise<void>;
}

/** What {@link streamSink} needs to know. */
export interface StreamSinkOptions {
  /** Whether the stream is ended with the sink. */
  readonly endsStream: boolean;
  /** Called once when the reader has gone away, as with `| head`. */
  readonly onReaderGone?: () => void;
}

/** Writes to a stream at the pace of its reader. */
export function streamSink(stream: Writable, options: StreamSinkOptions): TextSink {
  let isGone = false;
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  const onDrain = (): void => wake?.();
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code === "EPIPE" && options.onReaderGone !== undefined) {
      if (!isGone) options.onReaderGone();
      isGone = true;
    } else {
      failure ??= error;
    }
    wake?.();
  };
  stream.on("error", onError);
  stream.on("drain", onDrain);
  const finish = (done: () => void): unknown =>
    options.endsStream ? stream.end(done) : stream.write("", () => done());
  const until = async (start: (done: () => void) => unknown): Promise<void> => {
    await new Promise<void>((resolve) => {
      wake = resolve;
      start(resolve);
    });
    wake = undefined;
    if (failure !== undefined) throw failure;
  };
  // A screen obeys nothing in results; JSON stays the same JSON.
  const shown = "isTTY" in stream && stream.isTTY === true ? visibleText : (text: string) => text;
  return {
    write: async (text) => {
      if (failure !== undefined) throw failure;
      if (isGone || text === "" || stream.write(shown(text))) return;
      await until(() => undefined);
    },
    close: async () => {
      if (!isGone && failure === undefined) await until(finish);
      stream.off("drain", onDrain);
      if (failure !== undefined) throw failure;
    },
  };
}

/**
 * Writes to a file, replacing it.
 *
 * @throws InvalidParameterError when the file cannot be opened.
 */
export async function fileSink(path: string): Promise<TextSink> {
  await assertFilePlace(path);
  const opened = Promise.withResolvers<void>();
  try {
    await mkdir(dirname(path), { recursive: true });
    const stream = createWriteStream(path);
    stream.once("open", () => opened.resolve());
    stream.once("error", opened.reject);
    await opened.promise;
    return streamSink(stream, { endsStream: true });
  } catch (cause) {
    throw new InvalidParameterError(`The output file ${path} cannot be written: ${whyNotWritten(cause)}.`, {
      cause,
    });
  }
}
