import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/** Rooms that a source of this package imports. */
function roomsOf(file: string): string[] {
  const text = readFileSync(join(import.meta.dirname, file), "utf8");
  const found = text.matchAll(/from "(?:@inference-ts\/([\w-]+)[^"]*|\.\/([\w-]+)\.ts)"/g);
  return [
    ...new Set(
      [...found].flatMap(([, room, own]) => (own === undefined ? [room ?? ""] : roomsOf(`${own}.ts`))),
    ),
  ];
}

// Which room may import which is checked elsewhere; here is what the entries put together.
describe("neither system loads the other", () => {
  test.each(["huggingface.ts", "node-huggingface.ts"])("%s knows nothing of the Roboflow client", (file) => {
    expect(roomsOf(file)).toContain("huggingface");
    expect(
      roomsOf(file).filter((room) =>
        ["client", "endpoints", "workflows", "pipelines", "webrtc"].includes(room),
      ),
    ).toEqual([]);
  });

  test.each(["index.ts", "node.ts", "predictions.ts", "workflows.ts", "drawing.ts"])(
    "%s knows nothing of the Hugging Face client",
    (file) => expect(roomsOf(file)).not.toContain("huggingface"),
  );
});
