import { type FileHandle, open, stat } from "node:fs/promises";
import { InvalidInputFormatError, isInferenceError } from "@inference-ts/errors";
import type { OpenedFile } from "@inference-ts/images";
import { isAbsentCode, pathOf, systemCode } from "./file-path.ts";

/** See `FileReader.open`: the file is opened only while it is read, and anew for every reading. */
export async function openLongFile(source: string | URL): Promise<OpenedFile | null> {
  const path = pathOf(source);
  if (path === null) return null;
  try {
    const { size } = await sizeOf(path);
    return { byteLength: size, pieces: (pieceBytes) => readPieces(path, size, pieceBytes) };
  } catch (error) {
    if (isInferenceError(error)) throw error;
    const code = systemCode(error);
    if (isAbsentCode(code)) return null;
    throw unreadable(path, code);
  }
}

async function sizeOf(path: string): Promise<{ readonly size: number }> {
  const facts = await stat(path);
  if (facts.isFile()) return facts;
  const kind = facts.isDirectory() ? "a directory" : "no regular file";
  throw new InvalidInputFormatError(`${path} is ${kind}.`, { hint: "Give the path of one file." });
}

async function* readPieces(path: string, size: number, pieceBytes: number): AsyncGenerator<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, "r");
    const { size: now } = await file.stat();
    if (now !== size) throw changed(path, size, now);
    const buffer = new Uint8Array(Math.min(pieceBytes, size));
    for (let offset = 0; offset < size; ) {
      const piece = await readFully(file, offset, buffer.subarray(0, size - offset));
      offset += piece.length;
      if (piece.length < pieceBytes && offset < size) throw changed(path, size, offset);
      yield piece;
    }
  } catch (error) {
    throw isInferenceError(error) ? error : unreadable(path, systemCode(error));
  } finally {
    await file?.close();
  }
}

/** One read of the system may give less than was asked for. */
async function readFully(file: FileHandle, position: number, target: Uint8Array): Promise<Uint8Array> {
  let filled = 0;
  while (filled < target.length) {
    const { bytesRead } = await file.read(target, filled, target.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return target.subarray(0, filled);
}

function unreadable(path: string, code: string): InvalidInputFormatError {
  return new InvalidInputFormatError(`The file ${path} cannot be read: ${code}.`);
}

function changed(path: string, before: number, now: number): InvalidInputFormatError {
  return new InvalidInputFormatError(
    `The file ${path} had ${before} bytes and has ${now} now: it was changed while it was sent.`,
  );
}
