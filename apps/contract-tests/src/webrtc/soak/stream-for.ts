import { InferenceHTTPClient } from "@inference-ts/sdk/node";
import { manualFrames } from "@inference-ts/sdk/webrtc";
import { SANDBOX_KEY } from "@inference-ts/testing";
import { holdings } from "../many/holdings.ts";
import { numberIn } from "../read-picture.ts";
import { detectColours, numberedPicture } from "../scene.ts";

/** What was seen in one stretch of a long session. */
export interface Stretch {
  readonly sent: number;
  readonly received: number;
  /** Pictures without a result. */
  readonly unpaired: number;
  /** Pictures with the result of another one. */
  readonly wrong: number;
  /** Median time from the sending of a frame to its delivery, in ms. */
  readonly delayMs: number;
  readonly rssMb: number;
  readonly heapMb: number;
}

const FPS = 30;

/**
 * Streams numbered frames in real time, with video and results back.
 *
 * @param belongs - whether results are those of the picture with a number.
 * @param onStretch - called after every `stretchS` seconds.
 */
export async function streamFor(
  apiUrl: string,
  options: {
    readonly seconds: number;
    readonly stretchS: number;
    readonly belongs: (data: unknown, number: number) => boolean;
    readonly onStretch: (stretch: Stretch) => void;
  },
): Promise<void> {
  await using client = new InferenceHTTPClient({ apiUrl, apiKey: SANDBOX_KEY });
  await using session = await client.webrtc.stream(manualFrames(), {
    workflow: detectColours,
    config: { streamOutput: ["picture"], dataOutput: ["predictions"] },
  });
  const sentAt = new Map<number, number>();
  const counts = { sent: 0, received: 0, unpaired: 0, wrong: 0 };
  let delays: number[] = [];
  let reading = Promise.resolve();
  session.onFrame((image, data) => {
    const now = performance.now();
    reading = reading.then(async () => {
      const number = await numberIn(image);
      counts.received += 1;
      if (data === null) counts.unpaired += 1;
      else if (!options.belongs(data, number)) counts.wrong += 1;
      const sent = sentAt.get(number);
      if (sent !== undefined) delays.push(now - sent);
    });
    return reading;
  });
  const running = session.run();
  await session.start();
  const startedAt = performance.now();
  for (let number = 0; number < options.seconds * FPS; number++) {
    const waitMs = startedAt + (number * 1000) / FPS - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    sentAt.set(number, performance.now());
    sentAt.delete(number - 20 * FPS);
    void session.send(numberedPicture(number));
    counts.sent += 1;
    if ((number + 1) % (options.stretchS * FPS) === 0) {
      const { rssMb, heapMb } = holdings();
      options.onStretch({ ...counts, delayMs: median(delays), rssMb, heapMb });
      Object.assign(counts, { sent: 0, received: 0, unpaired: 0, wrong: 0 });
      delays = [];
    }
  }
  await session.finish();
  await running;
}

/** The middle one of the values; 0 of none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
