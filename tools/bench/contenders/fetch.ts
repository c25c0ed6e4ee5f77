import { MODEL_ID } from "../workload.ts";
import { type Contender, countObjects, inPool } from "./contender.ts";

/** What a program writes by hand with the global `fetch`. */
export function fetchContender(url: string): Contender {
  const infer = async (picture: Buffer): Promise<number> => {
    const response = await fetch(`${url}/infer/object_detection`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        model_id: MODEL_ID,
        image: { type: "base64", value: picture.toString("base64") },
      }),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return countObjects(await response.json());
  };
  return { infer, inferMany: (pictures, window) => inPool(pictures, window, infer), close: async () => {} };
}
