import { close, constants, fstat, open, read, type Stats } from "node:fs";
import { promisify } from "node:util";
import { ImageTooLargeError, InvalidInputFormatError, isInferenceError } from "@inference-ts/errors";
import { type FileReader, type FileReadOptions, throwIfAborted } from "@inference-ts/images";
import { isAbsentCode, pathOf, systemCode } from "./file-path.ts";
import { openLongFile } from "./long-file.ts";

// One descriptor for the size and the content: fewer trips through the thread pool than stat and readFile, and no race.
const openFile = promisify(open);
const statFile = promisify(fstat);
const closeFile = promisify(close);
/** Opening a pipe that nobody writes to would keep a thread of the pool for ever; files take no notice. Windows has no such flag. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const UNSIZED_CHUNK_BYTES = 65_536;

/** Reader of local files. A path is taken as it is, relative to the working directory; `~` is not expanded. */
export function nodeFileReader(): FileReader {
  return {
    async read(source, options) {
      const path = pathOf(source);
      if (path === null) return null;
      try {
        return await readOpen(await openFile(path, READ_WITHOUT_WAITING), path, options);
      } catch (error) {
        if (isInferenceError(error)) throw error;
        const code = systemCode(error);
        if (isAbsentCode(code)) return null;
        if (code === "EISDIR") throw isDirectory(path);
        throw new InvalidInputFormatError(`The image ${path} cannot be read: ${code}.`, { cause: error });
      }
    },
    open: openLongFile,
  };
}

function isDirectory(path: string): InvalidInputFormatError {
  return new InvalidInputFormatError(`The image ${path} is a directory.`, {
    hint: "Give the path of one file; findImages lists the files of a directory.",
  });
}

/** Reads what is open and closes it. */
async function readOpen(descriptor: number, path: string, options: FileReadOptions): Promise<Uint8Array> {
  let isOurs = true;
  try {
    const stats = await statFile(descriptor);
    if (!stats.isFIFO()) return await readStated(descriptor, path, stats, options);
    const { readPipe } = await import("./read-pipe.ts");
    const { signal, maxBytes } = options;
    isOurs = false;
    return await readPipe(descriptor, signal, (length) => checkLength(path, length, maxBytes));
  } finally {
    if (isOurs) await closeFile(descriptor).catch(() => undefined);
  }
}

async function readStated(
  descriptor: number,
  path: string,
  stats: Stats,
  { signal, maxBytes }: FileReadOptions,
): Promise<Uint8Array> {
  if (stats.isDirectory()) throw isDirectory(path);
  // Devices tell no size.
  if (!stats.isFile()) return readUnsized(descriptor, path, { signal, maxBytes });
  if (stats.size > maxBytes) throw tooLarge(path, `${stats.size}`, maxBytes);
  const bytes = new Uint8Array(stats.size);
  let length = 0;
  while (length < bytes.length) {
    throwIfAborted(signal, "Reading of the image");
    const count = await readInto(descriptor, bytes, length, length);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

/** @param position where in the file; `null` = where the last reading ended. */
function readInto(
  descriptor: number,
  bytes: Uint8Array,
  offset: number,
  position: number | null,
): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, bytes, offset, bytes.length - offset, position, (error, count) =>
      error === null ? resolve(count) : reject(error),
    );
  });
}

async function readUnsized(
  descriptor: number,
  path: string,
  { signal, maxBytes }: FileReadOptions,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    throwIfAborted(signal, "Reading of the image");
    const chunk = new Uint8Array(UNSIZED_CHUNK_BYTES);
    const count = await readInto(descriptor, chunk, 0, null);
    if (count === 0) return Buffer.concat(chunks, length);
    length += count;
    checkLength(path, length, maxBytes);
    chunks.push(chunk.subarray(0, count));
  }
}

function checkLength(path: string, length: number, maxBytes: number): void {
  if (length > maxBytes) throw tooLarge(path, `more than ${maxBytes}`, maxBytes);
}

function tooLarge(path: string, amount: string, maxBytes: number): ImageTooLargeError {
  return new ImageTooLargeError(`The image ${path} has ${amount} bytes; at most ${maxBytes} are read.`, {
    hint: "Shrink the picture or raise maxImageBytes.",
  });
}
