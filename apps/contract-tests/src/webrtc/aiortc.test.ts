import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { InferenceHTTPClient } from "@inference-ts/sdk/node";
import { manualFrames, videoUpload, WebRTCSessionError } from "@inference-ts/sdk/webrtc";
import { type AiortcSettings, startAiortcWorker, whyNoAiortc } from "@inference-ts/testing";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { numberIn } from "./read-picture.ts";
import { detectColours, numberedPicture } from "./scene.ts";
import { median } from "./soak/stream-for.ts";

/** Making the virtual environment takes up to a minute, once. */
const missing = await whyNoAiortc();
if (missing !== null) console.warn(`skipped: ${missing}`);

const FPS = 30;
const CONFIG = { dataOutput: ["predictions"], streamOutput: ["picture"] } as const;

/** What came back of a stream of numbered frames in real time. */
interface Streamed {
  readonly sent: number;
  readonly numbers: readonly number[];
  /** Pictures whose result names another number. */
  readonly wrong: number;
  readonly unpaired: number;
  /** Longest time without a picture while frames were sent, in ms. */
  readonly longestFreezeMs: number;
}

async function streamInRealTime(settings: AiortcSettings, seconds: number): Promise<Streamed> {
  await using worker = await startAiortcWorker(settings);
  await using client = new InferenceHTTPClient({ apiUrl: worker.url });
  await using session = await client.webrtc.stream(manualFrames(), {
    workflow: detectColours,
    config: CONFIG,
    queueCapacity: 64,
  });
  const numbers: number[] = [];
  const arrivals: number[] = [];
  let wrong = 0;
  let unpaired = 0;
  session.onFrame(async (image, data) => {
    arrivals.push(performance.now());
    const number = await numberIn(image);
    numbers.push(number);
    if (data === null) unpaired += 1;
    else if (!(await namesNumber(data, number))) wrong += 1;
  });
  await session.start();
  const sent = seconds * FPS;
  const startedAt = performance.now();
  for (let number = 0; number < sent; number++) {
    const waitMs = startedAt + (number * 1000) / FPS - performance.now();
    if (waitMs > 0) await pause(waitMs);
    await session.send(numberedPicture(number));
  }
  const sentUntil = performance.now();
  await session.finish();
  const gaps = [startedAt, ...arrivals.filter((at) => at < sentUntil), sentUntil].map(
    (at, index, all) => at - (all[index - 1] ?? at),
  );
  return { sent, numbers, wrong, unpaired, longestFreezeMs: Math.max(...gaps) };
}

async function namesNumber(data: unknown, number: number): Promise<boolean> {
  return JSON.stringify(data).includes(`"number":${number},`);
}

describe.skipIf(missing !== null)("with aiortc as the worker", { timeout: 300_000 }, () => {
  beforeAll(() => vi.setConfig({ hookTimeout: 120_000 }));

  test("every frame comes back in order with its result", async () => {
    const { sent, numbers, wrong, unpaired } = await streamInRealTime({}, 3);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(numbers.length).toBe(sent);
    expect({ wrong, unpaired }).toEqual({ wrong: 0, unpaired: 0 });
  });

  test("2 % loss both ways costs at most one frame in a hundred and no freeze over a second", async () => {
    const runs: Streamed[] = [];
    for (const seed of [1, 2, 3, 4, 5]) runs.push(await streamInRealTime({ loss: 0.02, seed }, 10));
    console.info(
      runs
        .map(
          ({ sent, numbers, longestFreezeMs: freeze }) =>
            `${numbers.length}/${sent} ${Math.round(freeze)} ms`,
        )
        .join(", "),
    );
    expect(median(runs.map(({ sent, numbers }) => numbers.length / sent))).toBeGreaterThanOrEqual(0.99);
    expect(median(runs.map(({ longestFreezeMs }) => longestFreezeMs))).toBeLessThan(1_000);
    expect(runs.map(({ wrong }) => wrong)).toEqual([0, 0, 0, 0, 0]);
  });

  test("when the first pictures never arrive, the others have no result until it is certain which", async () => {
    const { numbers, wrong, unpaired } = await streamInRealTime({ loseFirst: 8 }, 4);
    expect(numbers[0]).toBeGreaterThan(0);
    expect(wrong).toBe(0);
    expect(unpaired).toBeLessThan(numbers.length / 4);
    expect(numbers.length).toBeGreaterThan(60);
  });

  test("an upload arrives byte for byte", async () => {
    await using worker = await startAiortcWorker({ upload: "count" });
    await using client = new InferenceHTTPClient({ apiUrl: worker.url });
    const video = new Uint8Array(12_000_000).map((_, index) => (index * 7 + (index >> 11)) & 0xff);
    await using session = await client.webrtc.stream(videoUpload(video), {
      workflow: detectColours,
      config: { dataOutput: ["predictions"] },
    });
    expect((await session.run()).reason).toBe("complete");
    const [upload] = (await worker.sessions()).map((seen) => seen.upload);
    expect(upload).toMatchObject({
      bytes: video.length,
      sha256: createHash("sha256").update(video).digest("hex"),
    });
  });

  test("it notices the end of a session within a second", async () => {
    await using worker = await startAiortcWorker();
    await using client = new InferenceHTTPClient({ apiUrl: worker.url });
    const session = await client.webrtc.stream(manualFrames(), { workflow: detectColours, config: CONFIG });
    await session.start();
    for (let number = 0; number < 5; number++) await session.send(numberedPicture(number));
    const leaving = Date.now() / 1000;
    await session.close();
    const closedAt = await vi.waitFor(
      async () => {
        const [seen] = await worker.sessions();
        if (seen?.closed_at == null) throw new Error("still connected");
        return seen.closed_at;
      },
      { timeout: 5_000, interval: 20 },
    );
    expect(closedAt - leaving).toBeLessThan(1);
  });

  test.each<[string, AiortcSettings]>([
    ["is killed", { dieAfter: 3 }],
    ["closes the connection", { closeAfter: 3 }],
    ["falls silent", { silentAfter: 3 }],
  ])("a worker that %s ends the session with a typed error", async (_name, settings) => {
    await using worker = await startAiortcWorker(settings);
    await using client = new InferenceHTTPClient({ apiUrl: worker.url });
    await using session = await client.webrtc.stream(manualFrames(), {
      workflow: detectColours,
      config: CONFIG,
      limits: { idleMs: 2_000 },
    });
    const ended = session.run().catch((error: unknown) => error);
    for (let number = 0; session.phase !== "ended"; number++) {
      if (!(await session.send(numberedPicture(number)).catch(() => false))) break;
      await pause(33);
    }
    expect(await ended).toBeInstanceOf(WebRTCSessionError);
  });
});
