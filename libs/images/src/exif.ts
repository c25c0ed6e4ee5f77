/** Reads EXIF orientation 1..8 from a TIFF block (`II*` or `MM*` at its start); 1 when it has none or is damaged. */
export function exifOrientation(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  try {
    const little = tiff[0] === 0x49;
    const directory = view.getUint32(4, little);
    const end = directory + 2 + view.getUint16(directory, little) * 12;
    for (let entry = directory + 2; entry < end; entry += 12) {
      if (view.getUint16(entry, little) !== 0x0112) continue;
      const value = view.getUint16(entry + 8, little);
      return value >= 1 && value <= 8 ? value : 1;
    }
  } catch {
    // A block that points outside itself says nothing.
  }
  return 1;
}
