import { join } from "node:path";
import { type ChromiumPage, openScriptPage, whyNoChromium } from "@inference-ts/testing/browser";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Scenarios } from "./testing/peer-page.ts";

const skipped = whyNoChromium === null ? "" : ` (skipped: ${whyNoChromium})`;
if (skipped !== "") console.warn(`SKIPPED: the peer of browsers is not tried${skipped}`);

/** Runs a scenario in the page. */
async function run<Name extends keyof Scenarios>(
  { page }: ChromiumPage,
  name: Name,
  ...given: Parameters<Scenarios[Name]>
): Promise<Awaited<ReturnType<Scenarios[Name]>>> {
  return page.evaluate(
    ([scenario, parameters]) => Reflect.get(globalThis, "scenarios")[scenario](...parameters),
    [name, given] as const,
  );
}

describe.skipIf(skipped !== "")(`the peer in Chromium${skipped}`, () => {
  let chromium: ChromiumPage;
  beforeAll(async () => {
    chromium = await openScriptPage(join(import.meta.dirname, "testing", "peer-page.ts"));
  }, 60_000);
  afterAll(() => chromium?.[Symbol.asyncDispose]());
  afterEach(() => expect(chromium.complaints.splice(0)).toEqual([]));

  test("frames go out and come back, with the time of the track", async () => {
    const { sent, counted, ticks, seen, happened, report, stats, firstCodec, candidates, bundle } = await run(
      chromium,
      "frames",
      30,
    );
    expect([sent, counted]).toEqual([30, 30]);
    expect(seen.length).toBeGreaterThanOrEqual(28);
    for (const { width, height } of seen) expect([width, height]).toEqual([320, 240]);
    const numbers = seen.map(({ number }) => number);
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    expect(numbers).toContain(29);
    expect(ticks[0]).toBe(0);
    const steps = ticks.slice(1).map((tick, index) => (tick ?? Number.NaN) - (ticks[index] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(happened).toEqual(["connected"]);
    expect(firstCodec).toBe("VP8/90000");
    expect(bundle).toBe("a=group:BUNDLE 0 1");
    expect(report).toMatchObject({ connectionState: "connected", dtlsState: "connected" });
    expect(report.localCandidates.host).toBe(candidates.length);
    expect(candidates.length).toBeGreaterThan(0);
    for (const candidate of candidates) expect(candidate).toContain(".local ");
    expect(report.notes.join()).toContain("mDNS names");
    expect(stats).toMatchObject({ packetsLost: 0, framesDropped: 0 });
    // Every one, and the last one again.
    expect(stats.framesSent).toBe(31);
    expect(stats.picturesReceived).toBe(ticks.length);
    expect(stats.keyFramesSent).toBeGreaterThan(0);
    expect(Math.min(stats.bytesSent, stats.bytesReceived)).toBeGreaterThan(1000);
    expect(stats.roundTripMs).toBeGreaterThanOrEqual(0);
  });

  test("messages arrive as text and as bytes; an empty one is refused", async () => {
    expect(await run(chromium, "messages")).toEqual({
      messages: ["hello", 49_160],
      empty: expect.stringContaining("empty message"),
      isOpen: true,
      buffered: 0,
    });
  });

  test("closing tells the worker at once, and us nothing", async () => {
    const { ms, happened, isOpen } = await run(chromium, "close");
    expect(ms).toBeLessThan(1_000);
    expect(happened).toEqual(["connected"]);
    expect(isOpen).toBe(false);
  });

  test("a worker that closes closes the channel", async () => {
    expect(await run(chromium, "workerCloses")).toContain("channel closed");
  });

  test("a page that is left closes the connection", async () => {
    const { happened, notes } = await run(chromium, "pageHide");
    expect(happened).toEqual(["connected", "failed"]);
    expect(notes).toContain("the page was left");
  });

  test("the track of a stream is sent and not stopped", async () => {
    const { received, own, state } = await run(chromium, "track", "stream");
    expect(received).toBeGreaterThanOrEqual(10);
    expect([own, state]).toEqual([true, "live"]);
  });

  test("what a video element shows is sent, and only the capture of it is stopped", async () => {
    const { received, own, state, captured } = await run(chromium, "track", "element");
    expect(received).toBeGreaterThanOrEqual(10);
    expect([own, state, captured]).toEqual([false, "live", "ended"]);
  });

  // The last one: the page is without track processors afterwards.
  test("by canvas and video element, where tracks cannot be written and read", async () => {
    const { sent, seen, ticks } = await run(chromium, "canvasFrames");
    expect(sent).toBe(20);
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.at(-1)?.number).toBe(19);
    expect(ticks.every((tick, index) => index === 0 || (tick ?? 0) > (ticks[index - 1] ?? 0))).toBe(true);
  });
});
