import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UPLOAD_CHANNEL } from "@inference-ts/webrtc";
import { expect, test, vi } from "vitest";
import { writeNumberedVideo } from "../../video/numbered-video.ts";
import type { Exchange } from "../exchange.ts";
import { createHuggingFaceState } from "../huggingface/state.ts";
import { createModelRegistry } from "../model-registry.ts";
import type { SandboxState } from "../route.ts";
import { LiveSessions } from "./live-sessions.ts";
import { LiveWorker } from "./worker.ts";
import type { WorkerPeer, WorkerPeerEvents } from "./worker-peer.ts";
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

const newWorker = (onEnd: () => void) =>
  new LiveWorker({ request: readWorkerRequest(exchange, state), exchange, state, fault: {}, onEnd });

test("a worker that is closed while its answer is being made lets the connection go that comes later", async () => {
  const opening = Promise.withResolvers<WorkerPeer>();
  const ends: string[] = [];
  const worker = newWorker(() => ends.push("worker"));
  const started = worker.start(() => opening.promise);
  const closed = worker.close();
  const end = async () => void ends.push("connection");
  opening.resolve({ answer: { type: "answer", sdp: "" }, sender: null, close: end, vanish: end });
  await expect(started).rejects.toThrow(/closed/);
  await closed;
  expect(ends).toEqual(["connection", "worker"]);
});

test("a worker that is closed while it opens an upload leaves no file behind", async () => {
  const folder = await mkdtemp(join(tmpdir(), "closing-"));
  const path = join(folder, "numbers.mp4");
  await writeNumberedVideo(path, { width: 160, height: 120, frames: 3 });
  const chunk = Buffer.concat([Buffer.of(0, 0, 0, 0, 1, 0, 0, 0), await readFile(path)]);
  await rm(path);
  vi.stubEnv("TMPDIR", folder);
  try {
    const worker = newWorker(() => undefined);
    let told: WorkerPeerEvents | undefined;
    const end = async () => undefined;
    await worker.start(async (_offer, { events }) => {
      told = events;
      return { answer: { type: "answer", sdp: "" }, sender: null, close: end, vanish: end };
    });
    told?.message(UPLOAD_CHANNEL, chunk);
    await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(1), { interval: 1 });
    await worker.close();
    expect(await readdir(folder)).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  }
});
