import { sniffImageFormat } from "@inference-ts/images";

/** Marks of sounds and films, tested on the first 32 bytes as Latin-1 text. */
const SOUNDS: readonly (readonly [type: string, mark: RegExp])[] = [
  ["audio/wav", /^RIFF.{4}WAVE/s],
  ["audio/flac", /^fLaC/],
  ["audio/ogg", /^OggS/],
  ["audio/mpeg", /^(ID3|\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff])/],
  ["audio/m4a", /^.{4}ftyp(M4A|M4B|mp42|isom)/s],
  ["audio/webm", /^.E\xdf\xa3/s],
  ["audio/amr", /^#!AMR/],
];

/**
 * Media type of a picture or sound by its first bytes, `null` when they tell none. The names are those of the table of the Inference
 * Endpoints container, which compares them exactly.
 */
export function mediaTypeOf(bytes: Uint8Array): string | null {
  const picture = sniffImageFormat(bytes);
  if (picture !== null) return `image/${picture}`;
  const start = String.fromCharCode(...bytes.subarray(0, 32));
  return SOUNDS.find(([, mark]) => mark.test(start))?.[0] ?? null;
}
