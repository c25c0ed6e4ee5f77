import { InvalidParameterError } from "@inference-ts/errors";
import type { Schema } from "@inference-ts/schema";

/** One video source, or several: a camera's index, a URL, or a path on the server. */
export type VideoReference = Schema<"VideoConfiguration">["video_reference"];

/** Schemes that the server opens (`source_reference_validation.py`, servers since 1.6). */
export const VIDEO_SCHEMES: readonly string[] = [
  "http",
  "https",
  "rtsp",
  "rtsps",
  "rtspt",
  "rtspst",
  "rtmp",
  "rtmps",
  "udp",
  "srt",
  "rtp",
  "tcp",
  "file",
  "csi",
];

/** `/x`, `./x`, `../x`, and a drive letter of Windows. */
const EXPLICIT_PATH = /^(\/|\.\.?\/|[a-z]:[\\/])/i;
const URL_SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
/** Neither may stand in a URL: the server takes them for the syntax of a GStreamer pipeline. */
const NOT_IN_URLS = /[\s"']/;
const LONGEST_SHOWN = 100;

/**
 * Checks what a pipeline is to read, by the rules of servers since 1.6, which answer 422 to everything else.
 *
 * @throws InvalidParameterError for a bare file name, an unknown scheme, a negative or broken camera index, an empty list.
 */
export function checkVideoReference(reference: unknown): asserts reference is VideoReference {
  if (!Array.isArray(reference)) {
    checkSource(reference, "videoReference");
    return;
  }
  if (reference.length === 0) throw new InvalidParameterError("videoReference is an empty list.");
  for (const [index, source] of reference.entries()) checkSource(source, `videoReference[${index}]`);
}

function checkSource(source: unknown, name: string): void {
  if (typeof source === "number") {
    if (Number.isSafeInteger(source) && source >= 0) return;
    throw new InvalidParameterError(
      `${name} (${source}) is no camera index: it must be a whole number of 0 or more.`,
    );
  }
  if (typeof source !== "string" || source === "") {
    throw new InvalidParameterError(
      `${name} must be a camera index, a URL or a path on the server, found ${source === "" ? "an empty text" : typeof source}.`,
    );
  }
  const scheme = URL_SCHEME.exec(source)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    if (EXPLICIT_PATH.test(source)) return;
    throw new InvalidParameterError(
      `${name} (${shown(source)}) is neither a URL nor an explicit path; the server refuses bare names.`,
      {
        hint: `Write "./${shown(source)}" for a file beside the server, or a whole path; a camera's index is a number.`,
      },
    );
  }
  if (!VIDEO_SCHEMES.includes(scheme)) {
    throw new InvalidParameterError(`${name} has the scheme "${scheme}", which the server does not open.`, {
      hint: `It opens ${VIDEO_SCHEMES.join(", ")}.`,
    });
  }
  // The address of a camera can hold a password: it is not repeated.
  if (NOT_IN_URLS.test(source)) {
    throw new InvalidParameterError(
      `${name} is a URL with a space or a quote in it, which the server refuses.`,
      {
        hint: "Write them percent-encoded (%20, %22, %27).",
      },
    );
  }
}

function shown(source: string): string {
  return source.length > LONGEST_SHOWN ? `${source.slice(0, LONGEST_SHOWN)}...` : source;
}
