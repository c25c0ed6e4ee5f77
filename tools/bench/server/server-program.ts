/** The server that the contenders talk to, in a process of its own. Argument: `instant` answers at once, `mix` with the latency mix. */
import http from "node:http";
import { PICTURE_BYTES } from "../workload.ts";
import { INFER_ANSWER, REGISTRY_ANSWER } from "./answers.ts";
import { latencyMix } from "./latency-mix.ts";

const delays = process.argv[2] === "mix" ? latencyMix() : [0];
/** Bytes of a body that carries the whole picture as base64; a contender that sends less would win unfairly. */
const SHORTEST_BODY = Math.ceil(PICTURE_BYTES / 3) * 4;
let answered = 0;

const server = http.createServer((request, response) => {
  let received = 0;
  request.on("data", (piece: Buffer) => {
    received += piece.length;
  });
  request.on("end", () => {
    response.setHeader("content-type", "application/json");
    if (request.url?.startsWith("/model/") === true) {
      response.end(REGISTRY_ANSWER);
      return;
    }
    if (received < SHORTEST_BODY) {
      response.statusCode = 400;
      response.end(JSON.stringify({ message: `the body has only ${received} bytes` }));
      return;
    }
    const delayMs = delays[answered % delays.length] ?? 0;
    answered += 1;
    if (delayMs === 0) response.end(INFER_ANSWER);
    else setTimeout(() => response.end(INFER_ANSWER), delayMs);
  });
});
// A contender waits while the others have their turn; its kept connections must still be there.
server.keepAliveTimeout = 0;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : undefined });
});
process.once("disconnect", () => process.exit());
