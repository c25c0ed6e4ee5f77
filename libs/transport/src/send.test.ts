import { ServerConnectionError } from "@inference-ts/errors";
import { beforeAll, describe, expect, test } from "vitest";
import type { AttemptEvent, RetryEvent, SendContext } from "./attempts.ts";
import { createSender } from "./create-sender.ts";
import type { StreamPolicy } from "./open-stream.ts";
import type { SendPolicy } from "./send.ts";
import { type FakeClock, fakeClock } from "./testing/fake-clock.ts";
import { type Script, type ScriptedTransport, scriptedTransport } from "./testing/scripted-transport.ts";
import type { WireRequest } from "./wire.ts";

const KEY = "test-key-0123456789";
const REQUEST: WireRequest = {
  method: "POST",
  url: `http://127.0.0.1:9001/infer?api_key=${KEY}`,
  headers: {},
  body: Uint8Array.of(1),
};
const POLICY: SendPolicy = { timeoutMs: 120_000, replay: "always", maxResponseBytes: 1000 };
const OK: Script = { status: 200, body: "fine", headers: { "x-a": "b" } };
const BUSY: Script = {
  status: 503,
  body: '{"message":"busy"}',
  headers: { "content-type": "application/json" },
};
const RESET: Script = { error: new ServerConnectionError("read ECONNRESET", { systemCode: "ECONNRESET" }) };
const REFUSED: Script = { error: new ServerConnectionError("refused", { systemCode: "ECONNREFUSED" }) };

// Loaded on demand by the code under test; the first time takes longer than a fake clock waits.
beforeAll(async () => {
  await Promise.all([
    import("./failed-answer.ts"),
    import("./roboflow-errors.ts"),
    import("./open-stream.ts"),
  ]);
});

interface Run {
  readonly clock: FakeClock;
  readonly transport: ScriptedTransport;
  readonly events: (string | number)[];
  readonly outcome: Promise<unknown>;
}

function run(scripts: readonly Script[], policy: Partial<SendPolicy> = {}, signal?: AbortSignal): Run {
  const clock = fakeClock(Date.UTC(2026, 0, 1));
  const transport = scriptedTransport(scripts);
  const events: (string | number)[] = [];
  const context: SendContext = {
    signal,
    secrets: [KEY],
    operation: "infer",
    onAttempt: ({ attempt }: AttemptEvent) => events.push(`attempt ${attempt}`),
    onRetry: ({ status, systemCode, delayMs }: RetryEvent) =>
      events.push(`retry ${status ?? systemCode} in ${delayMs}`),
    onAnswer: ({ status, attempts }) => events.push(`answer ${status} after ${attempts}`),
  };
  const sender = createSender({ transport, clock, random: () => 0.5 });
  const outcome = sender.send(REQUEST, { ...POLICY, ...policy }, context).catch((error: unknown) => error);
  return { clock, transport, events, outcome };
}

/** Lets all waits pass and gives the outcome. */
async function finish({ clock, outcome }: Run): Promise<unknown> {
  let settled = false;
  outcome.then(() => {
    settled = true;
  });
  for (let step = 0; step < 200 && !settled; step += 1) await clock.advance(1000);
  expect(settled).toBe(true);
  expect(clock.pending()).toBe(0);
  return outcome;
}

describe("answers", () => {
  test("a good answer at once", async () => {
    const call = run([OK]);
    const answer = await finish(call);
    expect(answer).toMatchObject({
      status: 200,
      attempts: 1,
      durationMs: 0,
      body: new TextEncoder().encode("fine"),
    });
    expect(call.events).toEqual(["attempt 1", "answer 200 after 1"]);
  });

  test.each<[string, Script[], number]>([
    ["429", [{ status: 429 }, OK], 2],
    ["502 and 504", [{ status: 502 }, { status: 504 }, OK], 3],
    ["503, then a broken connection", [BUSY, RESET, OK], 3],
    ["a body that breaks off", [{ status: 200, bodyError: new ServerConnectionError("broke off") }, OK], 2],
  ])("good after %s", async (_name, scripts, attempts) => {
    const call = run(scripts);
    expect(await finish(call)).toMatchObject({ status: 200, attempts });
    expect(call.transport.requests).toHaveLength(attempts);
  });

  test("the waits are told and kept", async () => {
    const call = run([BUSY, { ...RESET }, OK]);
    await call.clock.advance(249);
    expect(call.events).toEqual(["attempt 1", "retry 503 in 250"]);
    await call.clock.advance(1);
    await call.clock.advance(500);
    expect(call.events.slice(2)).toEqual([
      "attempt 2",
      "retry ECONNRESET in 500",
      "attempt 3",
      "answer 200 after 3",
    ]);
    expect(await call.outcome).toMatchObject({ attempts: 3, durationMs: 750 });
  });

  test("Retry-After is obeyed to the millisecond", async () => {
    const call = run([{ status: 429, headers: { "retry-after": "7" } }, OK]);
    await call.clock.advance(6999);
    expect(call.transport.requests).toHaveLength(1);
    await call.clock.advance(1);
    expect(await call.outcome).toMatchObject({ status: 200 });
  });
});

describe("failures", () => {
  test("at most three attempts, then the server's message", async () => {
    const call = run([BUSY]);
    const error = await finish(call);
    expect(error).toMatchObject({ code: "HTTP_ERROR", status: 503, attempts: 3, serverMessage: "busy" });
    expect(call.transport.requests).toHaveLength(3);
    expect(String(error)).not.toContain(KEY);
  });

  test.each([400, 401, 404, 408, 425, 500, 302])("status %d is not repeated", async (status) => {
    const call = run([{ status, headers: { location: "http://elsewhere/x" } }]);
    expect(await finish(call)).toMatchObject({ code: "HTTP_ERROR", status, attempts: 1 });
  });

  test("connection failures are mapped with attempts, code, place, and no key", async () => {
    const call = run([
      {
        error: new ServerConnectionError(`cannot reach ?api_key=${KEY} ${KEY}`, {
          systemCode: "ECONNREFUSED",
        }),
      },
    ]);
    const error = await finish(call);
    expect(error).toMatchObject({
      code: "CONNECTION_FAILED",
      attempts: 3,
      systemCode: "ECONNREFUSED",
    });
    expect(error).not.toHaveProperty("cause");
    expect(String(error)).toContain("http://127.0.0.1:9001/infer");
    expect(String(error)).not.toContain(KEY);
  });

  test("an unknown error of a transport is a connection failure too", async () => {
    expect(await finish(run([{ error: new TypeError(`boom ${KEY}`) }]))).toMatchObject({
      code: "CONNECTION_FAILED",
      message: expect.not.stringContaining(KEY),
    });
  });

  test("an answer that is too long is not asked for again", async () => {
    const { tooLongError } = await import("./read-bytes.ts");
    const call = run([{ status: 200, bodyError: tooLongError(1000) }]);
    expect(await finish(call)).toMatchObject({ code: "INVALID_RESPONSE" });
    expect(call.transport.requests).toHaveLength(1);
  });

  test("a broken error body still gives the status", async () => {
    const call = run([{ status: 400, bodyError: new ServerConnectionError("broke off") }]);
    expect(await finish(call)).toMatchObject({ code: "HTTP_ERROR", status: 400, serverMessage: undefined });
  });

  test("a Retry-After beyond 60 s, or beyond the deadline, ends the call at once", async () => {
    const late: Script = { status: 429, headers: { "retry-after": "61" } };
    const call = run([late, OK]);
    await call.clock.advance(0);
    expect(await call.outcome).toMatchObject({ code: "HTTP_ERROR", attempts: 1, retryAfterMs: 61_000 });
    const short = run([{ status: 429, headers: { "retry-after": "5" } }, OK], { timeoutMs: 5000 });
    await short.clock.advance(0);
    expect(await short.outcome).toMatchObject({ code: "HTTP_ERROR", retryAfterMs: 5000 });
  });

  test.each<[string, Script, number]>([
    ["refused", REFUSED, 3],
    ["reset", RESET, 1],
    ["busy", BUSY, 1],
  ])(
    "a call that starts something, %s: %s attempts, on fresh connections",
    async (_name, script, attempts) => {
      const call = run([script], { replay: "before-sent" });
      expect(await finish(call)).toMatchObject({ attempts });
      expect(call.transport.requests.every((request) => request.freshConnection === true)).toBe(true);
    },
  );

  test("maxAttempts 1 switches retries off", async () => {
    const call = run([BUSY, OK], { retry: { maxAttempts: 1 } });
    expect(await finish(call)).toMatchObject({ status: 503, attempts: 1 });
  });
});

describe("time and abort", () => {
  test("the deadline ends a silent server", async () => {
    const call = run(["silence"], { timeoutMs: 3000 });
    await call.clock.advance(2999);
    await call.clock.advance(1);
    const error = await call.outcome;
    expect(error).toMatchObject({ code: "TIMEOUT", timeoutMs: 3000 });
    expect(String(error)).not.toContain(KEY);
    expect(call.clock.pending()).toBe(0);
  });

  test("what loading has left of a limit is not what the error names", async () => {
    const call = run(["silence"], { timeoutMs: 2950, statedTimeoutMs: 3000 });
    await call.clock.advance(2950);
    expect(await call.outcome).toMatchObject({
      code: "TIMEOUT",
      timeoutMs: 3000,
      message: expect.stringContaining("within 3000 ms"),
    });
  });

  test("the deadline counts over all attempts and names the failure before", async () => {
    const call = run([BUSY, "silence"], { timeoutMs: 3000 });
    await call.clock.advance(3000);
    expect(await call.outcome).toMatchObject({
      code: "TIMEOUT",
      message: expect.stringMatching(/2 attempts.*busy/s),
    });
  });

  test("without a deadline a call waits as long as it takes", async () => {
    const controller = new AbortController();
    const call = run(["silence"], { timeoutMs: null }, controller.signal);
    await call.clock.advance(10_000_000);
    expect(call.clock.pending()).toBe(0);
    controller.abort("enough");
    expect(await call.outcome).toMatchObject({ code: "ABORTED", name: "AbortError", cause: "enough" });
  });

  test("abort ends the wait between attempts and leaves no timer", async () => {
    const controller = new AbortController();
    const call = run([BUSY, OK], {}, controller.signal);
    await call.clock.advance(100);
    expect(call.events).toContain("retry 503 in 250");
    controller.abort("enough");
    expect(await call.outcome).toMatchObject({ code: "ABORTED", cause: "enough" });
    expect(call.clock.pending()).toBe(0);
    expect(call.transport.requests).toHaveLength(1);
  });

  test("an aborted signal sends nothing", async () => {
    const call = run([OK], {}, AbortSignal.abort("before"));
    expect(await call.outcome).toMatchObject({ code: "ABORTED", cause: "before" });
    expect(call.transport.requests).toHaveLength(0);
  });
});

describe("openStream", () => {
  const STREAM: StreamPolicy = { timeoutMs: 1000, idleTimeoutMs: 5000, replay: "always" };
  const context: SendContext = { secrets: [KEY], operation: "stream" };
  const text = async (pieces: AsyncIterable<Uint8Array>): Promise<string> => {
    let all = "";
    for await (const piece of pieces) all += new TextDecoder().decode(piece);
    return all;
  };

  test("gives the body after retries, and leaves no timer", async () => {
    const clock = fakeClock();
    const sender = createSender({ transport: scriptedTransport([BUSY, OK]), clock, random: () => 0 });
    const opened = sender.openStream(REQUEST, STREAM, context);
    await clock.advance(0);
    const answer = await opened;
    expect(answer).toMatchObject({ status: 200, attempts: 2 });
    expect(await text(answer.body)).toBe("fine");
    expect(clock.pending()).toBe(0);
    await expect(text(answer.body)).rejects.toThrow("once");
  });

  test("a body that breaks off is a connection failure without the key", async () => {
    const broken: Script = {
      status: 200,
      body: "x",
      bodyError: new ServerConnectionError(`broke off ${KEY}`),
    };
    const sender = createSender({ transport: scriptedTransport([broken]), clock: fakeClock() });
    const answer = await sender.openStream(REQUEST, STREAM, context);
    await expect(text(answer.body)).rejects.toMatchObject({
      code: "CONNECTION_FAILED",
      message: expect.not.stringContaining(KEY),
    });
  });

  test("silence longer than the idle limit is a timeout; the reader's own time does not count", async () => {
    const clock = fakeClock();
    const transport = scriptedTransport([OK]);
    const sender = createSender({
      clock,
      transport: {
        ...transport,
        send: async (request, signal) => ({
          ...(await transport.send(request, signal)),
          stream: async function* () {
            yield Uint8Array.of(65);
            await new Promise((_resolve, reject) => {
              signal.addEventListener("abort", () => reject(signal.reason), { once: true });
            });
          },
        }),
      },
    });
    const pieces = (await sender.openStream(REQUEST, STREAM, context)).body[Symbol.asyncIterator]();
    expect((await pieces.next()).value).toEqual(Uint8Array.of(65));
    await clock.advance(1_000_000);
    const silent = expect(pieces.next()).rejects.toMatchObject({ code: "TIMEOUT", timeoutMs: 5000 });
    await clock.advance(5000);
    await silent;
    expect(clock.pending()).toBe(0);
  });
});
