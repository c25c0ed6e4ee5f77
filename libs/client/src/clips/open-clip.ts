import { InvalidInputFormatError, InvalidUrlInputError, urlWithoutQuery } from "@inference-ts/errors";
import {
  decodeBase64,
  decodeDataUrl,
  describeText,
  fileUrl,
  type ImageRuntime,
  shownName,
} from "@inference-ts/images";
import { looksLikeVideo } from "./clip-format.ts";

/** A clip that the server fetches itself. */
export interface RemoteClip {
  readonly kind: "remote";
  readonly label: string;
  readonly url: string;
}

/** A clip whose bytes are here, in memory or in a file. */
export interface LocalClip {
  readonly kind: "local";
  readonly label: string;
  readonly byteLength: number;
  /** The bytes in pieces of exactly `pieceBytes` but the last; can be read again. */
  pieces(pieceBytes: number): AsyncIterable<Uint8Array>;
}

export type OpenedClip = RemoteClip | LocalClip;

/**
 * Finds out what a clip is and how long. No bytes of a file are read yet.
 *
 * @throws InvalidInputFormatError when it is no clip, is empty, is a directory or is not there.
 * @throws InvalidUrlInputError for a URL that cannot be parsed.
 */
export async function openClip(source: unknown, runtime: ImageRuntime): Promise<OpenedClip> {
  const clip = await findClip(source, runtime);
  if (clip.kind === "local" && clip.byteLength === 0) {
    throw new InvalidInputFormatError(`The clip ${clip.label} is empty.`);
  }
  return clip;
}

async function findClip(source: unknown, runtime: ImageRuntime): Promise<OpenedClip> {
  if (typeof source === "string") return readText(source, runtime);
  if (source instanceof URL) {
    return source.protocol === "file:" ? openFile(source, runtime) : readText(source.href, runtime);
  }
  if (source instanceof Uint8Array) return inMemory("bytes", source);
  if (source instanceof ArrayBuffer) return inMemory("bytes", new Uint8Array(source));
  if (source instanceof Blob) return ofBlob(source);
  throw new InvalidInputFormatError(`A ${Array.isArray(source) ? "list" : typeof source} is not one clip.`, {
    hint: "Give a URL, a path, a Blob, bytes, or base64 text of a video.",
  });
}

async function readText(text: string, runtime: ImageRuntime): Promise<OpenedClip> {
  if (/^\s*https?:\/\//i.test(text)) return remoteClip(text.trim());
  const decode = runtime.decodeBase64 ?? decodeBase64;
  if (/^\s*data:/i.test(text)) {
    const bytes = decodeDataUrl(text, decode);
    if (bytes !== null) return inMemory("data URL", bytes);
    throw new InvalidInputFormatError("The data of the data URL is not valid.");
  }
  const named = fileUrl(text);
  if (named !== null) return openFile(named, runtime);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
    throw new InvalidInputFormatError(
      `The clip URL ${shownName(urlWithoutQuery(text))} has a scheme that is not supported.`,
      {
        hint: "Servers fetch http and https URLs.",
      },
    );
  }
  const file = await runtime.files?.open?.(text);
  if (file) return { kind: "local", label: shownName(text), ...file };
  const bytes = decode(text);
  if (bytes !== null && looksLikeVideo(bytes)) return inMemory("base64 text", bytes);
  throw new InvalidInputFormatError(
    `The text ${describeText(text)} is neither an existing file, a URL nor base64 of a video${noFiles(runtime)}.`,
  );
}

async function openFile(url: URL, runtime: ImageRuntime): Promise<LocalClip> {
  const file = await runtime.files?.open?.(url);
  if (file) return { kind: "local", label: url.pathname, ...file };
  throw new InvalidInputFormatError(`The clip ${url.pathname} does not exist${noFiles(runtime)}.`);
}

/** The URL goes to the server as it was written: some are signed, letter by letter. */
function remoteClip(url: string): RemoteClip {
  if (URL.parse(url) === null) throw new InvalidUrlInputError("The URL of the clip is not valid.");
  return { kind: "remote", label: urlWithoutQuery(url), url };
}

function inMemory(label: string, bytes: Uint8Array): LocalClip {
  return {
    kind: "local",
    label,
    byteLength: bytes.length,
    pieces: async function* (pieceBytes) {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
    },
  };
}

function ofBlob(blob: Blob): LocalClip {
  const label = "name" in blob ? shownName(String(blob.name)) : "blob";
  return {
    kind: "local",
    label,
    byteLength: blob.size,
    pieces: async function* (pieceBytes) {
      for (let at = 0; at < blob.size; at += pieceBytes) {
        yield new Uint8Array(await blob.slice(at, at + pieceBytes).arrayBuffer());
      }
    },
  };
}

const noFiles = ({ files }: ImageRuntime): string =>
  files?.open === undefined ? " (local files: Node entry only)" : "";
