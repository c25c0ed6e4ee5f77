/** A page that streams a canvas with coloured pictures, and counts what comes back. */
import { InferenceHTTPClient } from "@inference-ts/sdk";
import { type LiveStats, mediaStream } from "@inference-ts/sdk/webrtc";

/** What came back, and when the page closed the session (Unix time in ms). */
export interface PageStream {
  readonly frames: number;
  readonly paired: number;
  /** Pictures whose result names another number. */
  readonly wrong: number;
  /** Numbers that the worker gave the first and the last of them. */
  readonly ids: readonly [first: number, last: number];
  readonly sizes: readonly string[];
  readonly longestFreezeMs: number;
  readonly stats: LiveStats;
  readonly closedAt: number;
}

/** The aiortc worker reads this many bits in the top row of a picture. */
const BITS = 16;
const SIDE = 640 / BITS;

function paintNumber(context: CanvasRenderingContext2D, number: number): void {
  for (let bit = 0; bit < BITS; bit++) {
    context.fillStyle = (number >> bit) & 1 ? "white" : "black";
    context.fillRect(bit * SIDE, 0, SIDE, SIDE);
  }
}

function readNumber(context: OffscreenCanvasRenderingContext2D, image: VideoFrame): number {
  context.drawImage(image, 0, 0, BITS * SIDE, SIDE, 0, 0, BITS * SIDE, SIDE);
  const { data } = context.getImageData(0, SIDE / 2, BITS * SIDE, 1);
  let number = 0;
  for (let bit = 0; bit < BITS; bit++) if ((data[(bit * SIDE + SIDE / 2) * 4] ?? 0) > 128) number |= 1 << bit;
  return number;
}

async function streamCanvas(workflow: Readonly<Record<string, unknown>>, count: number): Promise<PageStream> {
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext("2d");
  let step = 0;
  const timer = setInterval(() => {
    if (context === null) return;
    context.fillStyle = `hsl(${5 * step} 90% 50%)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
    paintNumber(context, step);
    step += 1;
  }, 33);
  const client = new InferenceHTTPClient({ apiUrl: location.origin, apiMode: "v1" });
  const session = await client.webrtc.stream(mediaStream(canvas.captureStream()), {
    workflow,
    config: { streamOutput: ["picture"], dataOutput: ["predictions"] },
    queueCapacity: 64,
  });
  let [frames, paired, wrong, longestFreezeMs, last] = [0, 0, 0, 0, performance.now()];
  const reading = new OffscreenCanvas(BITS * SIDE, SIDE).getContext("2d", {
    willReadFrequently: true,
  });
  const sizes = new Set<string>();
  const ids: number[] = [];
  for await (const { image, data, metadata } of session.frames({ keepOpen: true })) {
    if (frames > 0) longestFreezeMs = Math.max(longestFreezeMs, performance.now() - last);
    last = performance.now();
    frames += 1;
    if (data !== null) paired += 1;
    if (metadata !== null) ids.push(metadata.frameId);
    if (image.kind === "native" && image.image instanceof VideoFrame) {
      sizes.add(`${image.width} x ${image.height}`);
      const number = reading === null ? undefined : readNumber(reading, image.image);
      if (data !== null && !JSON.stringify(data).includes(`"number":${number},`)) wrong += 1;
      image.image.close();
    }
    if (frames >= count) break;
  }
  clearInterval(timer);
  const stats = await session.stats();
  const closedAt = Date.now();
  await session.close();
  const span = [ids[0] ?? 0, ids.at(-1) ?? 0] as const;
  return { frames, paired, wrong, ids: span, sizes: [...sizes], longestFreezeMs, stats, closedAt };
}

Object.assign(globalThis, { streamCanvas });
