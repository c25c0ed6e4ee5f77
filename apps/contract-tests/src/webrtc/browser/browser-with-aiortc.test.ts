import { type AiortcWorker, startAiortcWorker, whyNoAiortc } from "@inference-ts/testing";
import { whyNoChromium } from "@inference-ts/testing/browser";
import { describe, expect, test, vi } from "vitest";
import { detectColours } from "../scene.ts";
import { median } from "../soak/stream-for.ts";
import { openPageWithWorker } from "./page-with-worker.ts";
import type { PageStream } from "./stream-page.ts";

const missing = whyNoChromium ?? (await whyNoAiortc());
if (missing !== null) console.warn(`skipped: ${missing}`);

const FRAMES = 300;
/** A machine that takes longer from one picture to the next, where 33 ms would be right, stands still by itself. */
const SLOW_MS = 50;

async function streamTo(worker: AiortcWorker): Promise<PageStream> {
  await using opened = await openPageWithWorker(worker.url);
  const stream: PageStream = await opened.page.evaluate(
    `streamCanvas(${JSON.stringify(detectColours)}, ${FRAMES})`,
  );
  expect(opened.complaints).toEqual([]);
  // The worker must know before the browser is gone.
  await vi.waitFor(async () => expect((await worker.sessions())[0]?.closed_at).not.toBeNull(), {
    timeout: 5_000,
    interval: 50,
  });
  return stream;
}

describe.skipIf(missing !== null)("a page in Chromium and a worker made of aiortc", () => {
  test("every picture comes back in full size with its result; the worker notices the end within a second", async () => {
    await using worker = await startAiortcWorker();
    const { frames, paired, wrong, sizes, stats, closedAt } = await streamTo(worker);
    expect([frames, paired, wrong, sizes]).toEqual([FRAMES, FRAMES, [], ["640 x 480"]]);
    expect(stats.pairing).toMatchObject({ framesAlone: 0, resultsDropped: 0 });
    expect(stats.channel.invalid).toBe(0);
    const [session] = await worker.sessions();
    expect((session?.closed_at ?? 0) * 1000 - closedAt).toBeLessThan(1_000);
  }, 90_000);

  test("with 2 % of the packets lost both ways hardly a picture is missing, and none stands still for a second", async (context) => {
    const runs: (PageStream & { readonly arrived: number })[] = [];
    for (const seed of [1, 2, 3]) {
      await using worker = await startAiortcWorker({ loss: 0.02, seed });
      const run = await streamTo(worker);
      const [session] = await worker.sessions();
      runs.push({ ...run, arrived: (session?.frames ?? 0) / (run.stats.peer?.framesSent ?? 0) });
    }
    for (const { paired, ids, stats } of runs) {
      expect(stats.peer?.packetsLost).toBeGreaterThan(0);
      expect(paired).toBeGreaterThanOrEqual(FRAMES * 0.99);
      expect(paired / (ids[1] - ids[0] + 1)).toBeGreaterThanOrEqual(0.99);
    }
    // aiortc asks for a lost packet again only when it misses another one, which takes long where few frames are sent.
    const usualGapMs = median(runs.flatMap(({ gapsMs }) => gapsMs));
    context.skip(usualGapMs > SLOW_MS, `this machine shows a picture only every ${usualGapMs.toFixed(0)} ms`);
    expect(median(runs.map(({ arrived }) => arrived))).toBeGreaterThanOrEqual(0.97);
    expect(median(runs.map(({ gapsMs }) => Math.max(...gapsMs)))).toBeLessThan(1_000);
  }, 300_000);

  test("when the first pictures never arrive, the others have no result until it is certain which", async () => {
    await using worker = await startAiortcWorker({ loseFirst: 8 });
    const { frames, paired, wrong, ids, stats } = await streamTo(worker);
    expect(ids[0]).toBeGreaterThan(1);
    expect(wrong).toEqual([]);
    expect(stats.pairing.framesAlone).toBe(frames - paired);
    expect(paired).toBeGreaterThanOrEqual(FRAMES * 0.5);
  }, 90_000);
});
