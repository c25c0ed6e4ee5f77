import { readFile } from "node:fs/promises";
import { nodeImageRuntime, type OpenedInput, type RawPixels } from "@inference-ts/sdk/node";
import type { MethodSpec } from "./method-spec.ts";

const { codec } = nodeImageRuntime();

/** What Python gives as a list of (path or number, picture as BGR array, prediction). */
export const STREAM_METHODS: Readonly<Record<string, MethodSpec>> = {
  infer_on_stream: {
    parameters: ["input_uri", "model_id"],
    run: async (client, { input_uri: uri, model_id: id }, context) => {
      const items: unknown[] = [];
      const options = typeof id === "string" ? { ...context, modelId: id } : context;
      for await (const item of client.inferOnStream(String(uri), options)) {
        if (!item.ok) throw item.error;
        const { task: _, ...result } = item.result;
        const { timestampMs } = item;
        if ((timestampMs === undefined) !== (typeof item.input === "string")) {
          throw new Error(`Item ${item.index} has the time ${timestampMs}.`);
        }
        items.push([
          typeof item.input === "string" ? item.input : item.index,
          await bgrArray(item.input),
          result,
        ]);
      }
      return items;
    },
  },
};

/** The picture as OpenCV holds it. */
async function bgrArray(input: OpenedInput) {
  const pixels = typeof input === "string" ? await decoded(input) : input;
  const { width, height, channels, data } = pixels;
  const bgr = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (const [to, from] of [2, 1, 0].entries()) bgr[pixel * 3 + to] = data[pixel * channels + from] ?? 0;
  }
  return { shape: [height, width, 3], data: bgr };
}

async function decoded(path: string): Promise<RawPixels> {
  if (codec === null) throw new Error("sharp is not installed.");
  return codec.decode(await readFile(path));
}
