import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LiveFrame, type LiveSession, manualFrames, videoUpload } from "@inference-ts/sdk/webrtc";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openTarget, type Target } from "../../suite/target.ts";
import { numberIn } from "../read-picture.ts";
import { belongsTo, detectColours, numberedPicture, writeNumberedFile } from "../scene.ts";

/** The real server starts a process for every session. */
const SESSION_MS = 120_000;
const FRAMES = 60;

let target: Target;
let folder: string;
let video: Uint8Array;

beforeAll(async () => {
  target = await openTarget();
  folder = await mkdtemp(join(tmpdir(), "live-video-"));
  video = await readFile(await writeNumberedFile(folder, FRAMES));
});
afterAll(async () => {
  await target.close();
  await rm(folder, { recursive: true, force: true });
});

/** One delivery: the number painted in the picture, and what came with it. */
interface Seen {
  readonly number: number;
  readonly frameId: number | undefined;
  readonly isRight: boolean;
}

async function seen({ image, data, metadata }: LiveFrame): Promise<Seen> {
  const number = await numberIn(image);
  return { number, frameId: metadata?.frameId, isRight: belongsTo(predictionsIn(data), number) };
}

const predictionsIn = (data: unknown): unknown =>
  typeof data === "object" && data !== null && "predictions" in data ? data.predictions : undefined;

/** Every frame in order, each with its own result. */
const complete = (frames = FRAMES): Seen[] =>
  Array.from({ length: frames }, (_, number) => ({ number, frameId: number + 1, isRight: true }));

/** Frame ids and whether the results fit, of a session without pictures. */
async function results(session: LiveSession): Promise<Seen[]> {
  const all: Seen[] = [];
  for await (const { data, metadata, errors } of session.data()) {
    expect(errors).toEqual([]);
    const frameId = metadata?.frameId ?? 0;
    all.push({ number: frameId - 1, frameId, isRight: belongsTo(predictionsIn(data), frameId - 1) });
  }
  return all;
}

async function pictures(session: LiveSession): Promise<Seen[]> {
  const all: Seen[] = [];
  for await (const frame of session.frames()) all.push(await seen(frame));
  return all;
}

/** Sends numbered frames one by one, each as soon as the one before is on its way. */
async function sendAll(session: LiveSession, frames = FRAMES): Promise<void> {
  for (let number = 0; number < frames; number++) {
    expect(await session.send(numberedPicture(number), (number * 1000) / 30)).toBe(true);
  }
  await session.finish();
}

const EVERY_FRAME = { realtimeProcessing: false } as const;

describe("an uploaded file that is not played in real time", { timeout: SESSION_MS }, () => {
  test("gives the results of every frame in order", async () => {
    await using session = await target.client().webrtc.stream(videoUpload(video), {
      workflow: detectColours,
      config: { dataOutput: ["predictions"] },
    });
    expect(await results(session)).toEqual(complete());
    expect((await session.wait()).reason).toBe("complete");
  });

  test("brings its pictures with the data", async () => {
    await using session = await target.client().webrtc.stream(videoUpload(video), {
      workflow: detectColours,
      config: { streamOutput: ["picture"], dataOutput: ["predictions"] },
    });
    expect(await pictures(session)).toEqual(complete());
  });

  test("brings its pictures as video, each with its result", async () => {
    await using session = await target.client().webrtc.stream(videoUpload(video, { pictures: "track" }), {
      workflow: detectColours,
      config: { streamOutput: ["picture"], dataOutput: ["predictions"] },
    });
    expect(await pictures(session)).toEqual(complete());
    expect(await session.stats()).toMatchObject({ frames: { dropped: 0 }, data: { dropped: 0 } });
  });

  test("runs a model by its id", async () => {
    await using session = await target.client().webrtc.stream(videoUpload(video), {
      modelId: "colours/1",
      taskType: "object-detection",
    });
    expect(await pictures(session)).toEqual(complete());
  });
});

describe("frames of the caller that are not played in real time", { timeout: SESSION_MS }, () => {
  test("give the results of every frame in order", async () => {
    await using session = await target.client().webrtc.stream(manualFrames(), {
      workflow: detectColours,
      config: { ...EVERY_FRAME, dataOutput: ["predictions"] },
    });
    const [found] = await Promise.all([results(session), sendAll(session)]);
    expect(found).toEqual(complete());
  });

  test("come back as video, each with its result", async () => {
    await using session = await target.client().webrtc.stream(manualFrames(), {
      workflow: detectColours,
      config: { ...EVERY_FRAME, streamOutput: ["picture"], dataOutput: ["predictions"] },
    });
    const [found] = await Promise.all([pictures(session), sendAll(session)]);
    expect(found).toEqual(complete());
    expect((await session.wait()).reason).toBe("complete");
  });

  test("run a model by its id", async () => {
    await using session = await target.client().webrtc.stream(manualFrames(), {
      modelId: "colours/1",
      taskType: "object-detection",
      config: EVERY_FRAME,
    });
    const [found] = await Promise.all([pictures(session), sendAll(session, 20)]);
    expect(found).toEqual(complete(20));
  });
});

describe("frames in real time", { timeout: SESSION_MS }, () => {
  test("may be left out, but each that comes back has its own result", async () => {
    await using session = await target.client().webrtc.stream(manualFrames(), {
      workflow: detectColours,
      config: { streamOutput: ["picture"], dataOutput: ["predictions"] },
    });
    const [found] = await Promise.all([pictures(session), sendInRealTime(session)]);
    const paired = found.filter(({ frameId }) => frameId !== undefined);
    expect(paired.length).toBeGreaterThan(FRAMES / 4);
    expect(paired.filter(({ isRight }) => !isRight)).toEqual([]);
    expect(found.map(({ number }) => number)).toEqual(
      [...found].map(({ number }) => number).sort((a, b) => a - b),
    );
  });

  async function sendInRealTime(session: LiveSession): Promise<void> {
    const startedAt = performance.now();
    for (let number = 0; number < FRAMES; number++) {
      const waitMs = startedAt + (number * 1000) / 30 - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      await session.send(numberedPicture(number));
    }
    await session.finish();
  }
});

describe("outputs", { timeout: SESSION_MS }, () => {
  test("change while the session runs", async () => {
    await using session = await target.client().webrtc.stream(manualFrames(), {
      workflow: detectColours,
      config: { ...EVERY_FRAME, dataOutput: ["predictions"] },
    });
    const stages: string[] = [];
    let results = 0;
    const done = (async () => {
      for await (const { data, errors } of session.data()) {
        results += 1;
        const names = typeof data === "object" && data !== null ? Object.keys(data).join() : String(data);
        const stage = errors.length > 0 ? errors.join() : names;
        if (stages.at(-1) !== stage) stages.push(stage);
      }
    })();
    const change = [["predictions", "picture"], ["nope"], ["*"], []];
    for (let number = 0; number < 50; number++) {
      await session.send(numberedPicture(number), (number * 1000) / 30);
      const next = number % 10 === 9 ? change[Math.floor(number / 10)] : undefined;
      if (next === undefined) continue;
      // The worker holds a frame back until the next one comes.
      await vi.waitFor(() => expect(results).toBe(number), { timeout: 20_000, interval: 10 });
      session.changeOutputs({ dataOutput: next });
    }
    await session.finish();
    await done;
    expect(stages).toEqual([
      "predictions",
      "predictions,picture",
      "Output 'nope' not found",
      "predictions",
      "null",
    ]);
  });

  test("a workflow that fails says so with every frame", async () => {
    await using session = await target.client().webrtc.stream(videoUpload(video), {
      workflow: {
        ...detectColours,
        steps: detectColours.steps.map((step) => ({ ...step, model_id: "no-such/1" })),
      },
      config: { dataOutput: ["predictions"] },
    });
    const messages = new Set<string>();
    for await (const { errors } of session.data()) for (const error of errors) messages.add(error);
    expect([...messages].join()).toMatch(/model|resource/i);
  });

  test("a time limit ends the session in good order", async () => {
    // Counted from the start of the worker, which takes a real server some seconds, and more when it is busy.
    const processingTimeout = 3 + Math.ceil(3 * (await secondsToStart()));
    await using session = await target.client().webrtc.stream(manualFrames(), {
      workflow: detectColours,
      config: { processingTimeout, dataOutput: ["predictions"] },
    });
    const sending = (async () => {
      while (await session.send(numberedPicture(0)).catch(() => false)) {
        await new Promise((resolve) => setTimeout(resolve, 33));
      }
    })();
    const end = await session.run();
    await sending;
    expect(end).toMatchObject({ reason: "processing-timeout", terminationReason: "timeout_reached" });
  });

  async function secondsToStart(): Promise<number> {
    await using session = await target.client().webrtc.stream(manualFrames(), { workflow: detectColours });
    const startedAt = performance.now();
    await session.start();
    return (performance.now() - startedAt) / 1000;
  }
});
