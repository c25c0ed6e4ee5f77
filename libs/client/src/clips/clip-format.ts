/** Beginnings of the containers that the usual video tools write. `at` is where the bytes stand. */
const SIGNATURES: readonly { readonly at: number; readonly bytes: readonly number[] }[] = [
  { at: 4, bytes: ascii("ftyp") }, // MP4, MOV, 3GP
  { at: 4, bytes: ascii("moov") },
  { at: 4, bytes: ascii("mdat") },
  { at: 4, bytes: ascii("wide") },
  { at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3] }, // Matroska, WebM
  { at: 8, bytes: ascii("AVI ") },
  { at: 0, bytes: [0x00, 0x00, 0x01, 0xba] }, // MPEG program stream
  { at: 188, bytes: [0x47] }, // MPEG transport stream
  { at: 0, bytes: ascii("FLV") },
  { at: 0, bytes: ascii("OggS") },
  { at: 0, bytes: [0x30, 0x26, 0xb2, 0x75] }, // WMV
  { at: 0, bytes: ascii("GIF8") },
];

function ascii(text: string): readonly number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

/** True when bytes begin like a video file. Only base64 text is asked this: any text could be meant as base64. */
export function looksLikeVideo(bytes: Uint8Array): boolean {
  return SIGNATURES.some(({ at, bytes: expected }) =>
    expected.every((byte, index) => bytes[at + index] === byte),
  );
}
