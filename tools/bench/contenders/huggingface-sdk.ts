import { InferenceClient } from "@inference-ts/sdk/huggingface/node";
import { CONTAINER_PATH } from "../workload.ts";
import { type Contender, inPool } from "./contender.ts";

/** The package under test as a client of a container. */
export function huggingFaceSdkContender(url: string): Contender {
  const client = new InferenceClient({ model: `${url}${CONTAINER_PATH}`, token: false });
  const infer = async (picture: Buffer) => (await client.objectDetection(picture)).length;
  return {
    infer,
    inferMany: (pictures, window) => inPool(pictures, window, infer),
    close: () => client.close(),
  };
}
