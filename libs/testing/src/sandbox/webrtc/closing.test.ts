import { expect, test } from "vitest";
import type { Exchange } from "../exchange.ts";
import { createHuggingFaceState } from "../huggingface/state.ts";
import { createModelRegistry } from "../model-registry.ts";
import type { SandboxState } from "../route.ts";
import { LiveSessions } from "./live-sessions.ts";
import { LiveWorker } from "./worker.ts";
import type { WorkerPeer } from "./worker-peer.ts";
import { readWorkerRequest } from "./worker-request.ts";

const state: SandboxState = {
  registry: createModelRegistry(null),
  huggingFace: createHuggingFaceState(),
  uuid: "abc123",
  allowsProfiling: false,
  live: new LiveSessions(),
};

const exchange: Exchange = {
  method: "POST",
  path: "/initialise_webrtc_worker",
  query: new URLSearchParams(),
  headers: { "content-type": "application/json" },
  body: Buffer.from(
    JSON.stringify({
      workflow_configuration: {
        type: "WorkflowConfiguration",
        workflow_specification: {
          version: "1.4.0",
          inputs: [{ type: "WorkflowImage", name: "image" }],
          steps: [],
          outputs: [{ type: "JsonField", name: "picture", selector: "$inputs.image" }],
        },
      },
      webrtc_offer: { type: "offer", sdp: "an offer" },
      stream_output: [],
      data_output: [],
    }),
  ),
  modelIds: new Set(),
  loads: [],
};

test("a worker that is closed while its answer is being made lets the connection go that comes later", async () => {
  const opening = Promise.withResolvers<WorkerPeer>();
  const ends: string[] = [];
  const worker = new LiveWorker({
    request: readWorkerRequest(exchange, state),
    exchange,
    state,
    fault: {},
    onEnd: () => ends.push("worker"),
  });
  const started = worker.start(() => opening.promise);
  const closed = worker.close();
  const end = async () => void ends.push("connection");
  opening.resolve({ answer: { type: "answer", sdp: "" }, sender: null, close: end, vanish: end });
  await expect(started).rejects.toThrow(/closed/);
  await closed;
  expect(ends).toEqual(["connection", "worker"]);
});
