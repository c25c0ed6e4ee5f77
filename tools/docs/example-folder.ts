import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawShapes, encodeShapes } from "@inference-ts/testing";
import { ROOT } from "./documents.ts";

/** Pictures that the documents name; every block runs in a folder that holds them. */
const PICTURES = [
  "street.jpg",
  "photo.jpg",
  "a.jpg",
  "b.jpg",
  "c.jpg",
  "image.png",
  "photos/1.jpg",
  "photos/2.jpg",
  "photos/10.jpg",
];

/** Writes the pictures, two coloured shapes each, into `dir`. */
export async function writePictures(dir: string): Promise<void> {
  const pixels = drawShapes({
    width: 320,
    height: 240,
    shapes: [
      { kind: "rectangle", colour: "red", x: 40, y: 50, width: 100, height: 60 },
      { kind: "ellipse", colour: "blue", x: 200, y: 120, width: 80, height: 80 },
    ],
  });
  const encoded = {
    jpg: await encodeShapes(pixels, { format: "jpeg" }),
    png: await encodeShapes(pixels, { format: "png" }),
  };
  for (const name of PICTURES) {
    mkdirSync(join(dir, name, ".."), { recursive: true });
    writeFileSync(join(dir, name), name.endsWith(".png") ? encoded.png : encoded.jpg);
  }
}

/**
 * Writes a folder with commands named like those of an installed package: `infer`, and `npx` for `npx infer` and
 * `npx @inference-ts/cli`. Put first into PATH, the documents' commands run this workspace's sources.
 */
export function writeCommands(dir: string): void {
  mkdirSync(dir, { recursive: true });
  const main = join(ROOT, "apps", "cli", "src", "main.ts");
  const infer = `#!/bin/sh\nexec "${process.execPath}" --conditions=source "${main}" "$@"\n`;
  const npx = `#!/bin/sh\ncase "$1" in infer|@inference-ts/cli) shift; exec infer "$@";; esac\necho "npx $1: not known here" >&2\nexit 127\n`;
  for (const [name, text] of Object.entries({ infer, npx })) {
    writeFileSync(join(dir, name), text);
    chmodSync(join(dir, name), 0o755);
  }
}
