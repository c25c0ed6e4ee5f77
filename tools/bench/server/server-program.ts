/** The server that the contenders talk to, in a process of its own. Argument: `instant` answers at once, `mix` with the latency mix. */
import net from "node:net";
import { CONTAINER_PATH, PICTURE_BYTES } from "../workload.ts";
import { CONTAINER_ANSWER, INFER_ANSWER, REGISTRY_ANSWER } from "./answers.ts";
import { latencyMix } from "./latency-mix.ts";
import { answerPlainly, plainResponse } from "./plain-http.ts";

const delays = process.argv[2] === "mix" ? latencyMix() : [0];
/** Bytes of a body that carries the whole picture as base64; a contender that sends less would win unfairly. */
const SHORTEST_BODY = Math.ceil(PICTURE_BYTES / 3) * 4;
const INFERRED = plainResponse(200, INFER_ANSWER);
const FOUND = plainResponse(200, CONTAINER_ANSWER);
const REGISTRY = plainResponse(200, REGISTRY_ANSWER);
const TOO_SHORT = plainResponse(400, '{"message":"the picture is missing"}');
let answered = 0;

const server = net.createServer((socket) =>
  answerPlainly(socket, ({ path, bodyBytes }, respond) => {
    if (path.startsWith("/model/")) return respond(REGISTRY);
    if (path === CONTAINER_PATH) return respond(bodyBytes < PICTURE_BYTES ? TOO_SHORT : FOUND);
    if (bodyBytes < SHORTEST_BODY) return respond(TOO_SHORT);
    const delayMs = delays[answered % delays.length] ?? 0;
    answered += 1;
    if (delayMs === 0) respond(INFERRED);
    else setTimeout(() => respond(INFERRED), delayMs);
  }),
);
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : undefined });
});
process.once("disconnect", () => process.exit());
