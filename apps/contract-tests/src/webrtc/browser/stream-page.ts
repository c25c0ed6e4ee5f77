/** A page that streams a canvas with coloured pictures, and counts what comes back. */
import { InferenceHTTPClient } from "@inference-ts/sdk";
import { type LiveStats, mediaStream } from "@inference-ts/sdk/webrtc";

/** What came back, and when the page closed the session (Unix time in ms). */
export interface PageStream {
  readonly frames: number;
  readonly paired: number;
  /** Numbers of pictures whose result names another one, with the result. */
  readonly wrong: readonly string[];
  /** Numbers that the worker gave the first and the last of them. */
  readonly ids: readonly [first: number, last: number];
  readonly sizes: readonly string[];
  /** Times between pictures. */
  readonly gapsMs: readonly number[];
  readonly stats: LiveStats;
  readonly closedAt: number;
}

/** The aiortc worker reads this many bits in the top row of a picture. */
const BITS = 16;
const SIDE = 640 / BITS;

function paintNumber(context: CanvasRenderingContext2D, number: number): void {
  for (let bit = 0; bit < BITS; bit++) {
    // Little contrast, since a browser leaves frames out that are too big for the bandwidth it begins with.
    context.fillStyle = (number >> bit) & 1 ? "#a8a8a8" : "#505050";
    context.fillRect(bit * SIDE, 0, SIDE, SIDE);
  }
}

/** Reads the brightness of the one row that shows the number: to turn whole pictures into colours would keep the page busy. */
async function readNumber(image: VideoFrame): Promise<number> {
  const rect = { x: 0, y: SIDE / 2, width: BITS * SIDE, height: 2 };
  const planes = new Uint8Array(image.allocationSize({ rect }));
  await image.copyTo(planes, { rect });
  let number = 0;
  for (let bit = 0; bit < BITS; bit++) if ((planes[bit * SIDE + SIDE / 2] ?? 0) > 128) number |= 1 << bit;
  return number;
}

async function streamCanvas(workflow: Readonly<Record<string, unknown>>, count: number): Promise<PageStream> {
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext("2d");
  let step = 0;
  let timer = 0;
  const paint = (): void => {
    if (context !== null) paintNumber(context, step++);
    // 30 pictures a second, at the uneven pace of a camera.
    timer = window.setTimeout(paint, 20 + 26 * Math.random());
  };
  paint();
  const client = new InferenceHTTPClient({ apiUrl: location.origin, apiMode: "v1" });
  const session = await client.webrtc.stream(mediaStream(canvas.captureStream()), {
    workflow,
    config: { streamOutput: ["picture"], dataOutput: ["predictions"] },
    queueCapacity: 64,
  });
  let [frames, paired, last] = [0, 0, performance.now()];
  const gapsMs: number[] = [];
  const wrong: string[] = [];
  const sizes = new Set<string>();
  const ids: number[] = [];
  for await (const { image, data, metadata } of session.frames({ keepOpen: true })) {
    if (frames > 0) gapsMs.push(performance.now() - last);
    last = performance.now();
    frames += 1;
    if (data !== null) paired += 1;
    if (metadata !== null) ids.push(metadata.frameId);
    if (image.kind === "native" && image.image instanceof VideoFrame) {
      sizes.add(`${image.width} x ${image.height}`);
      const number = await readNumber(image.image);
      const result = JSON.stringify(data);
      if (data !== null && !result.includes(`"number":${number},`)) wrong.push(`${number}: ${result}`);
      image.image.close();
    }
    if (frames >= count) break;
  }
  clearTimeout(timer);
  const stats = await session.stats();
  const closedAt = Date.now();
  await session.close();
  const span = [ids[0] ?? 0, ids.at(-1) ?? 0] as const;
  return { frames, paired, wrong, ids: span, sizes: [...sizes], gapsMs, stats, closedAt };
}

Object.assign(globalThis, { streamCanvas });
