/**
 * Runs a bundled page that puts the client into `globalThis.page`, infers with it, and prints the names of the files that were
 * loaded, as JSON. Every task is run in both API modes, on encoded bytes and on base64 text. Its only argument is the page's file.
 */
import type { InferenceHTTPClient } from "@inference-ts/sdk";
import { drawShapes, encodeShapes, SANDBOX_KEY, startSandbox } from "@inference-ts/testing";
import { runPage } from "./run-page.ts";

/** One model of each task. */
const MODELS = [
  "colours/1",
  "colour-masks/1",
  "colour-points/1",
  "colour-kind/1",
  "colour-tags/1",
  "colour-areas/1",
];

const loaded = await runPage();
const Client: typeof InferenceHTTPClient = Reflect.get(globalThis, "page");

const picture = await encodeShapes(drawShapes({ width: 64, height: 48, shapes: [] }));
await using sandbox = await startSandbox();
for (const apiMode of ["v0", "v1"] as const) {
  await using client = new Client({ apiUrl: sandbox.url, apiKey: SANDBOX_KEY, apiMode });
  for (const modelId of MODELS) {
    await client.infer(picture, { modelId });
    await client.infer(Buffer.from(picture).toString("base64"), { modelId });
  }
}
console.log(JSON.stringify([...loaded]));
