/** Draws the pictures of the README anew: real answers of the sandbox, drawn by the package. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Color } from "@inference-ts/sdk/drawing";
import { drawOnImage, InferenceHTTPClient } from "@inference-ts/sdk/node";
import { drawShapes, encodeShapes, SANDBOX_KEY, startSandbox } from "@inference-ts/sdk/testing";
import { SAMPLES } from "./samples.ts";

const PICTURES = [
  { name: "detection.png", modelId: "colours/1" },
  { name: "segmentation.png", modelId: "colour-masks/1" },
];

/** Not the colours of the shapes themselves, so that boxes and masks stand out. */
const COLOURS: Readonly<Record<string, Color>> = { red: "#ffe119", green: "#911eb4", blue: "#f58231" };

const folder = join(import.meta.dirname, "..", "..", "docs", "pictures");
const [sample] = SAMPLES;
if (sample === undefined) throw new Error("there is no sample picture");

mkdirSync(folder, { recursive: true });
const picture = await encodeShapes(drawShapes(sample.picture));
await using sandbox = await startSandbox();
await using client = new InferenceHTTPClient({ apiUrl: sandbox.url, apiKey: SANDBOX_KEY });
for (const { name, modelId } of PICTURES) {
  const result = await client.infer(picture, { modelId });
  const drawn = await drawOnImage(picture, result, { colorOf: (_id, name) => COLOURS[name] ?? "#000000" });
  writeFileSync(join(folder, name), drawn);
  console.log(`docs/pictures/${name} ${drawn.byteLength} bytes`);
}
