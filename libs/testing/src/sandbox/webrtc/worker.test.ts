import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { LiveChannel } from "@inference-ts/webrtc";
import { openWeriftPeer } from "@inference-ts/webrtc-node";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { writeNumberedVideo } from "../../video/numbered-video.ts";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import { at, postJson } from "../testing/requests.ts";

const FRAMES = 6;

/** A grey picture and the picture as it came. */
const workflow = {
  version: "1.4.0",
  inputs: [{ type: "WorkflowImage", name: "image" }],
  steps: [{ type: "roboflow_core/convert_grayscale@v1", name: "gray", image: "$inputs.image" }],
  outputs: [
    { type: "JsonField", name: "gray", selector: "$steps.gray.image" },
    { type: "JsonField", name: "picture", selector: "$inputs.image" },
  ],
};

let sandbox: Sandbox;
let video: Uint8Array;
beforeAll(async () => {
  sandbox = await startSandbox();
  const folder = await mkdtemp(join(tmpdir(), "worker-"));
  const path = join(folder, "numbers.mp4");
  await writeNumberedVideo(path, { width: 160, height: 120, frames: FRAMES });
  video = await readFile(path);
  await rm(folder, { recursive: true });
});
afterAll(() => sandbox.close());

/** A message of the worker as it stood on the channel. */
interface Received {
  readonly frameId: number;
  readonly chunks: readonly [index: number, total: number];
  readonly isPacked: boolean;
  readonly json: unknown;
}

function received(bytes: Uint8Array): Received {
  const header = new DataView(bytes.buffer, bytes.byteOffset, 12);
  const payload = bytes.subarray(12);
  const isPacked = payload[0] === 0x1f && payload[1] === 0x8b;
  return {
    frameId: header.getUint32(0, true),
    chunks: [header.getUint32(4, true), header.getUint32(8, true)],
    isPacked,
    json: JSON.parse(Buffer.from(isPacked ? gunzipSync(payload) : payload).toString()),
  };
}

/** The caller's side without the package's session: what goes over the channels is what the test says. */
async function connect(dataOutput: readonly string[]) {
  const messages: Received[] = [];
  const echoes: Uint8Array[] = [];
  let closed = 0;
  const nothing = () => {};
  const peer = await openWeriftPeer({
    iceServers: [],
    events: {
      connected: nothing,
      failed: nothing,
      picture: (picture) => picture.drop(),
      trackEnded: nothing,
      sourceEnded: nothing,
    },
  });
  const inference = peer.openChannel("inference", {
    opened: nothing,
    message: (message) => messages.push(received(Buffer.from(message))),
    closed: () => {
      closed += 1;
    },
  });
  const upload = peer.openChannel("video_upload", {
    opened: nothing,
    message: (message) => echoes.push(Buffer.from(message)),
    closed: nothing,
  });
  const offer = await peer.createOffer(new AbortController().signal);
  const reply = await postJson(sandbox, "/initialise_webrtc_worker", {
    workflow_configuration: { type: "WorkflowConfiguration", workflow_specification: workflow },
    webrtc_offer: offer,
    webrtc_realtime_processing: false,
    stream_output: [],
    data_output: dataOutput,
  });
  expect(reply.json).toMatchObject({ status: "success", type: "answer" });
  await peer.acceptAnswer({ type: "answer", sdp: String(at(reply.json, "sdp")) });
  await vi.waitFor(() => expect([inference.isOpen, upload.isOpen]).toEqual([true, true]), { timeout: 5_000 });
  return { peer, inference, upload, messages, echoes, hasClosed: () => closed > 0 };
}

function send(channel: LiveChannel, file: Uint8Array): void {
  const message = Buffer.concat([Buffer.alloc(8), file]);
  message.writeUInt32LE(1, 4);
  channel.send(message);
}

const ended = ({ messages }: { messages: readonly Received[] }) =>
  vi.waitFor(() => expect(messages.at(-1)?.json).toMatchObject({ processing_complete: true }), {
    timeout: 10_000,
  });

test("results with outputs are packed, one message a frame, then the plain end", async () => {
  const session = await connect(["picture"]);
  send(session.upload, video);
  await ended(session);
  const { messages } = session;
  expect(messages.map(({ frameId }) => frameId)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(messages.map(({ isPacked }) => isPacked)).toEqual([true, true, true, true, true, true, false]);
  expect(messages.every(({ chunks: [index, total] }) => index === 0 && total === 1)).toBe(true);
  expect(messages[2]?.json).toMatchObject({
    serialized_output_data: {
      picture: {
        type: "base64",
        video_metadata: { video_identifier: "default_source", frame_number: 3, total_frames: FRAMES },
      },
    },
    video_metadata: {
      frame_id: 3,
      pts: 1_024,
      declared_fps: 30,
      measured_fps: null,
      width: 160,
      height: 120,
    },
    errors: [],
    processing_complete: false,
    termination_reason: null,
  });
  expect(messages.at(-1)?.json).toMatchObject({
    video_metadata: { frame_id: 6, pts: null, time_base: null },
  });
  await session.peer.close();
});

test("bare metadata are never packed, and a byte on the upload channel comes back", async () => {
  const session = await connect([]);
  session.upload.send(Uint8Array.of(0));
  await vi.waitFor(() => expect(session.echoes).toHaveLength(1));
  send(session.upload, video);
  await ended(session);
  expect(session.messages.some(({ isPacked }) => isPacked)).toBe(false);
  expect(session.messages[0]?.json).toMatchObject({
    serialized_output_data: null,
    video_metadata: { frame_id: 1 },
  });
  await session.peer.close();
});

test("once a frame was acknowledged the worker stays one ahead", async () => {
  const session = await connect([]);
  session.inference.send('{"ack": 1}');
  send(session.upload, video);
  await vi.waitFor(() => expect(session.messages).toHaveLength(2), { timeout: 5_000 });
  session.inference.send('{"ack": 4}');
  await vi.waitFor(() => expect(session.messages).toHaveLength(5), { timeout: 5_000 });
  session.inference.send('{"ack": 6}');
  await ended(session);
  await session.peer.close();
});

test.each(["[1]", '{"ack": "x"}'])("a message of the wrong shape (%s) ends the session", async (text) => {
  const session = await connect([]);
  session.inference.send("no json");
  session.inference.send(text);
  await vi.waitFor(() => expect(session.hasClosed()).toBe(true), { timeout: 5_000 });
  expect(session.messages).toEqual([]);
  await session.peer.close();
  await vi.waitFor(() => expect(sandbox.liveSessions).toBe(0));
});

test("an upload that is no video ends at once, and a caller that leaves ends the session", async () => {
  const session = await connect([]);
  send(session.upload, Buffer.from("no video"));
  await ended(session);
  expect(session.messages).toHaveLength(1);
  expect(sandbox.liveSessions).toBe(1);
  await session.peer.close();
  await vi.waitFor(() => expect(sandbox.liveSessions).toBe(0), { timeout: 5_000 });
});
