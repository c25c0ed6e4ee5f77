import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { drawShapes, encodeShapes, type ShapeEncoding } from "@inference-ts/sdk/testing";

/** A folder of its own for a test file; removed by `remove`. */
export interface Workplace {
  readonly path: string;
  write(name: string, content: Uint8Array | string): string;
  remove(): void;
}

/** Makes an empty folder. */
export function createWorkplace(): Workplace {
  const path = mkdtempSync(join(tmpdir(), "infer-test-"));
  return {
    path,
    write: (name, content) => {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** A red box 32,64..192,224 and a blue one 288,256..480,448 on black, 512 x 512. */
export function twoBoxes(encoding: ShapeEncoding = {}): Promise<Uint8Array> {
  const picture = drawShapes({
    width: 512,
    height: 512,
    shapes: [
      { kind: "rectangle", colour: "red", x: 32, y: 64, width: 160, height: 160 },
      { kind: "rectangle", colour: "blue", x: 288, y: 256, width: 192, height: 192 },
    ],
  });
  return encodeShapes(picture, encoding);
}
