/** Connects and uploads with the package, and prints how long it took: `<url> <sessions> <megabytes>`. */
import { InferenceHTTPClient } from "@inference-ts/sdk/node";
import {
  type LiveChannel,
  type LivePeerFactory,
  type LiveSession,
  videoUpload,
} from "@inference-ts/sdk/webrtc";
import { openWeriftPeer } from "@inference-ts/webrtc-node";
import type { WebRTCReport } from "./webrtc-report.ts";

const [url = "", sessions = "", megabytes = ""] = process.argv.slice(2);
/** Sessions that load code and compile it; no more than are measured. */
const WARM_UP = Math.min(5, Number(sessions));

const workflow = {
  version: "1.4.0",
  inputs: [{ type: "WorkflowImage", name: "image" }],
  steps: [{ type: "roboflow_core/convert_grayscale@v1", name: "grey", image: "$inputs.image" }],
  outputs: [{ type: "JsonField", name: "picture", selector: "$inputs.image" }],
};

await using client = new InferenceHTTPClient({ apiUrl: url, apiKey: "test-key" });
const video = new Uint8Array(Number(megabytes) * 1_000_000);

/** Channels of the sessions, to see what waits in them. */
const channels: LiveChannel[] = [];
const peer: LivePeerFactory = async (options) => {
  const opened = await openWeriftPeer(options);
  const openChannel = opened.openChannel.bind(opened);
  opened.openChannel = (label, events) => {
    const channel = openChannel(label, events);
    channels.push(channel);
    return channel;
  };
  return opened;
};

const openSession = (body: Uint8Array, onProgress: () => void = () => {}): Promise<LiveSession> =>
  client.webrtc.stream(videoUpload(body, { onProgress }), { workflow, peer });

async function connect(): Promise<number> {
  await using session = await openSession(Uint8Array.of(0));
  const startedAt = performance.now();
  await session.start();
  return performance.now() - startedAt;
}

async function upload(): Promise<Pick<WebRTCReport, "uploadMs" | "queuedBytes">> {
  let queuedBytes = 0;
  channels.length = 0;
  await using session = await openSession(video, () => {
    queuedBytes = Math.max(queuedBytes, ...channels.map(({ bufferedBytes }) => bufferedBytes));
  });
  await session.start();
  const startedAt = performance.now();
  await session.run();
  return { uploadMs: performance.now() - startedAt, queuedBytes };
}

const connectMs: number[] = [];
for (let index = 0; index < WARM_UP + Number(sessions); index++) {
  const ms = await connect();
  if (index >= WARM_UP) connectMs.push(ms);
}
const report: WebRTCReport = { connectMs, ...(await upload()) };
console.log(JSON.stringify(report));
