import { InferenceHTTPClient } from "@inference-ts/sdk/node";
import { MODEL_ID } from "../workload.ts";
import type { Contender } from "./contender.ts";

/** The package under test, as a program uses it. */
export function sdkContender(url: string): Contender {
  const client = new InferenceHTTPClient({ apiUrl: url, modelId: MODEL_ID });
  return {
    infer: async (picture) => {
      const result = await client.infer(picture, { task: "object-detection" });
      return result.predictions.length;
    },
    inferMany: async (pictures, window) => {
      let total = 0;
      const items = client.inferEach(pictures, { task: "object-detection", maxConcurrentRequests: window });
      for await (const item of items) {
        if (!item.ok) throw item.error;
        if (item.result.task === "object-detection") total += item.result.predictions.length;
      }
      return total;
    },
    close: () => client.close(),
  };
}
