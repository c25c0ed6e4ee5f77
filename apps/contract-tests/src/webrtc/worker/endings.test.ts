import { type LiveSession, type LiveSource, manualFrames } from "@inference-ts/sdk/webrtc";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openTarget, type Target } from "../../suite/target.ts";
import { detectColours, numberedPicture } from "../scene.ts";
import { canSeeSockets, holdsPort, startTap, type Tap } from "../worker-socket.ts";

/** How soon the worker has to let go. */
const NOTICED_MS = 1_000;

let target: Target;
let tap: Tap;
beforeAll(async () => {
  target = await openTarget();
  tap = await startTap(target.url);
});
afterAll(async () => {
  await tap[Symbol.asyncDispose]();
  await target.close();
});

/** Ways to leave a session that streams. */
const ENDINGS: Readonly<Record<string, (session: LiveSession, abort: AbortController) => Promise<unknown>>> =
  {
    close: (session) => session.close(),
    "close, twice at once": (session) => Promise.all([session.close(), session.close()]),
    finish: (session) => session.finish(),
    abort: async (session, abort) => {
      abort.abort();
      await expect(session.wait()).rejects.toMatchObject({ code: "ABORTED" });
    },
    "leaving the loop": async (session) => {
      for await (const { metadata } of session.data()) if (metadata !== null) break;
    },
    "an error in the loop": async (session) => {
      const loop = async () => {
        for await (const { metadata } of session.data()) {
          if (metadata !== null) throw new Error("of the caller");
        }
      };
      await expect(loop()).rejects.toThrow("of the caller");
    },
    "close in a handler": async (session) => {
      session.onData(() => void session.close());
      await session.wait();
    },
    "close after a handler threw": async (session) => {
      const thrown = new Promise<void>((resolve) => {
        session.onError(() => resolve());
      });
      session.onData(() => {
        throw new Error("of the caller");
      });
      await thrown;
      await session.close();
    },
    "a client that is closed": async () => {},
  };

describe.runIf(canSeeSockets)("the worker notices within a second", { timeout: 120_000 }, () => {
  test.each(Object.entries(ENDINGS))("%s", async (name, leave) => {
    const abort = new AbortController();
    const client = target.client({ apiUrl: tap.url });
    await using session = await client.webrtc.stream(manualFrames(), {
      workflow: detectColours,
      config: { realtimeProcessing: false, dataOutput: ["predictions"] },
      signal: abort.signal,
    });
    const sending = sendUntilEnd(session);
    await new Promise<void>((resolve) => {
      session.onData(() => resolve());
    });
    const ports = tap.workerPorts;
    expect(ports.length).toBeGreaterThan(0);
    expect(ports.some(holdsPort)).toBe(true);
    let leaving = performance.now();
    if (name === "a client that is closed") await client.close();
    else await leave(session, abort);
    // Before it closes, it waits for the last results.
    if (name === "finish") leaving = performance.now();
    await expectLetGo(ports, leaving);
    await sending;
  });

  test("a source that fails", async () => {
    const failing: LiveSource = {
      ...manualFrames(),
      startFrames: async (sender) => {
        for (let number = 0; number < 5; number++) await sender.send(numberedPicture(number));
        throw new Error("of the source");
      },
    };
    await using session = await target.client({ apiUrl: tap.url }).webrtc.stream(failing, {
      workflow: detectColours,
      config: { realtimeProcessing: false, dataOutput: ["predictions"] },
    });
    await session.start();
    const ports = tap.workerPorts;
    expect(ports.some(holdsPort)).toBe(true);
    await expect(session.wait()).rejects.toMatchObject({
      reason: "source-failed",
      cause: { message: "of the source" },
    });
    await expectLetGo(ports, performance.now());
  });
});

/** The worker has closed its socket within a second. */
async function expectLetGo(ports: readonly number[], leaving: number): Promise<void> {
  await vi.waitFor(() => expect(ports.filter(holdsPort)).toEqual([]), {
    timeout: NOTICED_MS + 2_000,
    interval: 10,
  });
  expect(performance.now() - leaving).toBeLessThan(NOTICED_MS);
}

async function sendUntilEnd(session: LiveSession): Promise<void> {
  for (let number = 0; session.phase !== "ended"; number++) {
    if (!(await session.send(numberedPicture(number)).catch(() => false))) return;
  }
}

test("a handler that throws is reported, and the session goes on", { timeout: 120_000 }, async () => {
  await using session = await target.client().webrtc.stream(manualFrames(), {
    workflow: detectColours,
    config: { realtimeProcessing: false, dataOutput: ["predictions"] },
  });
  const problems: string[] = [];
  let results = 0;
  session.onError((problem) => problems.push(problem.kind));
  session.onData(() => {
    results += 1;
    throw new Error("of the caller");
  });
  for (let number = 0; number < 5; number++) await session.send(numberedPicture(number), number * 33);
  expect((await session.finish()).reason).toBe("complete");
  expect(results).toBe(5);
  expect(problems).toEqual(Array.from({ length: 5 }, () => "handler"));
});
