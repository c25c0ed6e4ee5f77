import { InferenceClient } from "@huggingface/inference";
import { CONTAINER_PATH } from "../workload.ts";
import { type Contender, inPool } from "./contender.ts";

/** The JavaScript client of Hugging Face, with a typed Blob: what it needs for the container to understand it. */
export function huggingFaceJsContender(url: string): Contender {
  const client = new InferenceClient().endpoint(`${url}${CONTAINER_PATH}`);
  const infer = async (picture: Buffer) => {
    const data = new Blob([new Uint8Array(picture)], { type: "image/jpeg" });
    return (await client.objectDetection({ data })).length;
  };
  return {
    infer,
    inferMany: (pictures, window) => inPool(pictures, window, infer),
    close: async () => {},
  };
}
