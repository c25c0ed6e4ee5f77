import { join } from "node:path";
import { drawShapes, encodeShapes, SANDBOX_KEY, type Sandbox, startSandbox } from "@inference-ts/testing";
import { openInChromium, whyNoChromium } from "@inference-ts/testing/browser";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Playground, startPlayground } from "./server/start-playground.ts";
import type { SeenFrame } from "./testing/stream-page.ts";

const skipped = whyNoChromium === null ? "" : ` (skipped: ${whyNoChromium})`;
if (skipped !== "") console.warn(`SKIPPED: live video is not tried in a browser${skipped}`);

/** Keeps the tracks that devices give, to see what becomes of them. */
const watchTracks = `
  globalThis.tracks = [];
  for (const name of ["getUserMedia", "getDisplayMedia"]) {
    const open = navigator.mediaDevices[name].bind(navigator.mediaDevices);
    navigator.mediaDevices[name] = async (given) => {
      const stream = await open(given);
      globalThis.tracks.push(...stream.getTracks());
      return stream;
    };
  }`;

describe.skipIf(skipped !== "")(`live video in Chromium${skipped}`, () => {
  let sandbox: Sandbox;
  let playground: Playground;
  let streaming: Playground;

  beforeAll(async () => {
    sandbox = await startSandbox();
    const upstream = { apiUrl: sandbox.url, apiKey: SANDBOX_KEY, port: 0 };
    playground = await startPlayground(upstream);
    streaming = await startPlayground({
      ...upstream,
      script: join(import.meta.dirname, "testing", "stream-page.ts"),
    });
  }, 60_000);
  afterAll(async () => {
    await playground?.close();
    await streaming?.close();
    await sandbox?.close();
  });

  // Each test begins without sessions of the one before.
  afterEach(() => vi.waitFor(() => expect(sandbox.liveSessions).toBe(0), { timeout: 2_000, interval: 10 }));

  const streamFrames = (count: number) => `globalThis.streamPage.streamFrames(${count})` as const;

  test("a stream of the page is worked on, and its results are drawn where they belong", async () => {
    await using chromium = await openInChromium(streaming.url);
    const seen: SeenFrame[] = await chromium.page.evaluate(streamFrames(40));
    expect(sandbox.liveSessions).toBe(1);
    // The first pictures come before the results that belong to them are known to be missing.
    const paired = seen.filter(({ said }) => said !== null);
    expect(paired.length).toBeGreaterThanOrEqual(36);
    for (const { said, shown } of paired) {
      expect(Math.abs((said ?? Number.NaN) - (shown ?? Number.NaN))).toBeLessThanOrEqual(4);
    }
    expect(new Set(paired.map(({ said }) => Math.round(said ?? 0))).size).toBeGreaterThan(10);
    for (const { edge } of paired) {
      const [red = 0, , blue = 0] = edge;
      // The violet line of the box on the edge of the square: neither its red nor the grey around it.
      expect(Math.min(red - 150, blue - 80)).toBeGreaterThan(0);
    }
    expect(chromium.complaints).toEqual([]);
  }, 40_000);

  test("frames sent one by one are all worked on, in order, and the session ends", async () => {
    await using chromium = await openInChromium(streaming.url);
    const { said, reason } = await chromium.page.evaluate<{ said: (number | null)[]; reason: string }>(
      "globalThis.streamPage.sendFrames(40)",
    );
    expect(reason).toBe("complete");
    expect(said).toEqual(Array.from({ length: 40 }, (_, index) => index * 4 + 30));
    expect(chromium.complaints).toEqual([]);
  }, 40_000);

  test.each([
    ["is closed", async ({ page }: Awaited<ReturnType<typeof openInChromium>>) => page.close()],
    [
      "goes elsewhere",
      async ({ page }: Awaited<ReturnType<typeof openInChromium>>) => void (await page.goto("about:blank")),
    ],
  ])(
    "the worker knows within a second when the page %s",
    async (_, leave) => {
      await using chromium = await openInChromium(streaming.url);
      await chromium.page.evaluate(streamFrames(3));
      expect(sandbox.liveSessions).toBe(1);
      const before = performance.now();
      await leave(chromium);
      await vi.waitFor(() => expect(sandbox.liveSessions).toBe(0), { timeout: 5_000, interval: 10 });
      expect(performance.now() - before).toBeLessThan(1_000);
    },
    40_000,
  );

  test("the playground shows moving shapes with their results, and stops", async () => {
    await using chromium = await openInChromium(playground.url);
    const { page, complaints } = chromium;
    await page.getByRole("button", { name: "Moving shapes" }).click();
    await page.waitForFunction(
      () => Number(document.querySelector("#counts dd")?.textContent ?? 0) >= 10,
      undefined,
      { timeout: 20_000 },
    );
    expect((await page.locator("#found li").allTextContents()).sort()).toEqual([
      "1 × blue",
      "1 × green",
      "1 × red",
    ]);
    await page.getByRole("button", { name: "Stop" }).click();
    await page.waitForFunction(() => document.querySelector("#state")?.textContent === "Stopped.");
    await vi.waitFor(() => expect(sandbox.liveSessions).toBe(0), { timeout: 1_000, interval: 10 });
    expect(await page.locator("#error").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  }, 40_000);

  test.each(["Camera", "Screen"])(
    "the playground shows what the %s gives, and lets it go when it stops",
    async (name) => {
      const flags = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
      await using chromium = await openInChromium(playground.url, flags);
      const { page, complaints } = chromium;
      await page.evaluate(watchTracks);
      await page.getByRole("button", { name }).click();
      await page.waitForFunction(
        () => Number(document.querySelector("#counts dd")?.textContent ?? 0) >= 5,
        undefined,
        { timeout: 20_000 },
      );
      expect(await page.evaluate("globalThis.tracks.map((track) => track.readyState)")).toEqual(["live"]);
      await page.getByRole("button", { name: "Stop" }).click();
      await page.waitForFunction("globalThis.tracks.every((track) => track.readyState === 'ended')");
      expect(complaints).toEqual([]);
    },
    40_000,
  );

  test("a camera that is not there is said in plain words", async () => {
    await using chromium = await openInChromium(playground.url);
    await chromium.page.getByRole("button", { name: "Camera" }).click();
    await chromium.page.locator("#error").waitFor({ state: "visible" });
    expect(await chromium.page.locator("#error").textContent()).toMatch(
      /^WEBRTC_SESSION_FAILED: The camera was not/,
    );
    expect(chromium.complaints).toEqual([]);
  }, 40_000);

  test("what runs now is not overwritten by what ran before", async () => {
    await using chromium = await openInChromium(playground.url);
    const { page, complaints } = chromium;
    await page.getByRole("button", { name: "Moving shapes" }).click();
    await page.waitForFunction(
      () => Number(document.querySelector("#counts dd")?.textContent ?? 0) >= 3,
      undefined,
      { timeout: 20_000 },
    );
    await page.evaluate(`
      globalThis.said = [];
      new MutationObserver(() => said.push(document.querySelector("#state").textContent))
        .observe(document.querySelector("#state"), { childList: true, characterData: true, subtree: true });`);
    const shapes = drawShapes({ width: 64, height: 64, shapes: [] });
    await page.locator("#picture").setInputFiles({
      name: "grey.png",
      mimeType: "image/png",
      buffer: Buffer.from(await encodeShapes(shapes)),
    });
    await page.waitForFunction(() => document.querySelector("#state")?.textContent === "grey.png: done.");
    await vi.waitFor(() => expect(sandbox.liveSessions).toBe(0), { timeout: 2_000, interval: 10 });
    expect(await page.evaluate("said")).toEqual(["One picture ...", "grey.png: done."]);
    expect(await page.locator("#counts dd").count()).toBe(0);
    expect(complaints).toEqual([]);
  }, 40_000);

  test("a frame that cannot be drawn is let go all the same, and the failure is said", async () => {
    await using chromium = await openInChromium(playground.url);
    const { page } = chromium;
    await page.evaluate(`
      CanvasRenderingContext2D.prototype.drawImage = (image) => {
        globalThis.held ??= image;
        throw new Error("no canvas today");
      };`);
    await page.getByRole("button", { name: "Moving shapes" }).click();
    await page.locator("#error").waitFor({ state: "visible", timeout: 20_000 });
    expect(await page.locator("#error").textContent()).toContain("no canvas today");
    expect(await page.evaluate("held.codedWidth ?? held.width")).toBe(0);
  }, 40_000);
});
