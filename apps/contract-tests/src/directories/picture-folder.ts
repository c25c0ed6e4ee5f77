import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PIXEL } from "../rig/images.ts";

/** A tree of pictures on the disk. */
export interface PictureFolder {
  readonly path: string;
  /** Paths of the pictures inside it, in the order in which they must come. */
  readonly paths: readonly string[];
  remove(): Promise<void>;
}

const IN_A_FOLDER = 1_000;
const DIGITS = 8;

/**
 * Makes folders of 1,000 pictures each, whose names need natural order, with links that must not be followed twice: to a picture,
 * and back to the whole tree. Each picture ends with its number, so that a server can tell them apart.
 */
export async function makePictureFolder(count: number, pictureBytes: number): Promise<PictureFolder> {
  const path = await mkdtemp(join(tmpdir(), "pictures-"));
  const paths: string[] = [];
  for (let index = 0; index < count; index++) {
    const place = index % IN_A_FOLDER;
    const folder = join(path, `part-${Math.floor(index / IN_A_FOLDER) + 1}`);
    if (place === 0) await mkdir(folder);
    // Extensions of either case; what follows the end of a PNG is ignored by every decoder.
    const file = join(folder, `shot-${place + 1}.${index % 2 === 0 ? "png" : "PNG"}`);
    const bytes = Buffer.alloc(Math.max(pictureBytes, PIXEL.length + DIGITS));
    bytes.set(PIXEL);
    bytes.write(String(index).padStart(DIGITS, "0"), bytes.length - DIGITS, "latin1");
    await writeFile(file, bytes);
    paths.push(file);
  }
  await symlink(path, join(path, "part-1", "whole"));
  const [first] = paths;
  if (first !== undefined) await symlink(first, join(path, "part-1", "shot-1001-again.png"));
  return { path, paths, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The number in a picture. */
export function numberOf(picture: Uint8Array): number {
  return Number(new TextDecoder("latin1").decode(picture.subarray(-DIGITS)));
}
