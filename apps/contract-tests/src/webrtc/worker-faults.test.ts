import { InferenceHTTPClient } from "@inference-ts/sdk/node";
import { manualFrames, type StreamConfig, WebRTCSessionError } from "@inference-ts/sdk/webrtc";
import { FAULT_HEADER, SANDBOX_KEY, type Sandbox, startSandbox } from "@inference-ts/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { detectColours, numberedPicture } from "./scene.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const LIMITS = { connectMs: 5_000, firstMessageMs: 700, idleMs: 700, finishMs: 300 };

/** A session of 12 frames with a worker that misbehaves. */
async function runWith(fault: string, config: StreamConfig = {}) {
  await using client = new InferenceHTTPClient({ apiUrl: sandbox.url, apiKey: SANDBOX_KEY });
  await using session = await client.webrtc.stream(manualFrames(), {
    workflow: detectColours,
    config: { realtimeProcessing: false, dataOutput: ["predictions"], ...config },
    headers: { [FAULT_HEADER]: fault },
    limits: LIMITS,
  });
  const results: (number | undefined)[] = [];
  const paired: boolean[] = [];
  session.onData((_data, metadata) => results.push(metadata?.frameId));
  session.onFrame((_image, data) => paired.push(data !== null));
  const sending = (async () => {
    for (let number = 0; number < 12; number++) {
      if (!(await session.send(numberedPicture(number), number * 33))) return;
    }
    await session.finish();
  })();
  const [outcome] = await Promise.all([
    session.run().catch((error: unknown) => error),
    sending.catch(() => {}),
  ]);
  return { outcome, results, paired };
}

test("a worker that dies before its first result ends the session with a typed error", async () => {
  const { outcome } = await runWith("live-die=0");
  expect(outcome).toBeInstanceOf(WebRTCSessionError);
  expect(outcome).toMatchObject({ reason: "first-message-timeout" });
});

test.each(["live-die=3", "live-stall=3"])("a worker that falls silent (%s) is found out", async (fault) => {
  const { outcome, results } = await runWith(fault);
  expect(outcome).toBeInstanceOf(WebRTCSessionError);
  expect(outcome).toMatchObject({ reason: "idle-timeout" });
  expect(results).toEqual([1, 2, 3]);
});

test("a worker that closes the connection ends the session at once", async () => {
  const { outcome, results } = await runWith("live-close=3");
  expect(outcome).toBeInstanceOf(WebRTCSessionError);
  expect(results).toEqual([1, 2, 3]);
});

test("a message that lacks its last part is left out where the worker goes on", async () => {
  const { outcome, results } = await runWith("live-partial=4", { realtimeProcessing: true });
  expect(outcome).toMatchObject({ reason: "complete" });
  expect(results.slice(0, 4)).toEqual([1, 2, 3, 5]);
});

test("a worker that waits for the ack of a message that never came whole is found out", async () => {
  const { outcome, results } = await runWith("live-partial=4");
  expect(outcome).toBeInstanceOf(WebRTCSessionError);
  expect(outcome).toMatchObject({ reason: "idle-timeout" });
  expect(results).toEqual([1, 2, 3]);
});

test("results that come after their pictures still find them", async () => {
  const { outcome, paired } = await runWith("live-late=150", { streamOutput: ["picture"] });
  expect(outcome).toMatchObject({ reason: "complete" });
  expect(paired.filter(Boolean).length).toBeGreaterThan(0);
});

test("a message after the end is left out", async () => {
  const { outcome, results } = await runWith("live-after-end");
  expect(outcome).toMatchObject({ reason: "complete" });
  expect(results).toHaveLength(12);
});

test("the sandbox ends the sessions that it still has", async () => {
  const own = await startSandbox();
  await using client = new InferenceHTTPClient({ apiUrl: own.url, apiKey: SANDBOX_KEY });
  await using session = await client.webrtc.stream(manualFrames(), { workflow: detectColours });
  await session.start();
  expect(own.liveSessions).toBe(1);
  await own.close();
  expect(own.liveSessions).toBe(0);
  await expect(session.wait()).rejects.toBeInstanceOf(WebRTCSessionError);
});
