import http from "node:http";
import { MODEL_ID } from "../workload.ts";
import { type Contender, countObjects, inPool } from "./contender.ts";

/** What a program writes by hand with `node:http` and a keep-alive agent: the least that Node can do. */
export function nodeHttpContender(url: string): Contender {
  const agent = new http.Agent({ keepAlive: true });
  const infer = (picture: Buffer): Promise<number> =>
    new Promise((resolve, reject) => {
      const body = Buffer.from(
        JSON.stringify({ model_id: MODEL_ID, image: { type: "base64", value: picture.toString("base64") } }),
      );
      const headers = { "content-type": "application/json", "content-length": body.length };
      const request = http.request(`${url}/infer/object_detection`, { agent, method: "POST", headers });
      request.on("response", (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("error", reject);
        response.on("end", () => {
          if (response.statusCode === 200)
            resolve(countObjects(JSON.parse(Buffer.concat(pieces).toString())));
          else reject(new Error(`status ${response.statusCode}`));
        });
      });
      request.on("error", reject);
      request.end(body);
    });
  return {
    infer,
    inferMany: (pictures, window) => inPool(pictures, window, infer),
    close: async () => agent.destroy(),
  };
}
