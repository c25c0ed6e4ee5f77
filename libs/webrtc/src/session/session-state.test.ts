import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DEFAULT_SESSION_LIMITS,
  NEW_SESSION,
  type SessionEvent,
  type SessionPhase,
  type SessionSetup,
  type SessionState,
  stepSession,
} from "./session-state.ts";

const limits = DEFAULT_SESSION_LIMITS;
const setup = (feed: SessionSetup["feed"], hasVideo = false): SessionSetup => ({ feed, hasVideo, limits });
const run = (events: readonly SessionEvent[], of: SessionSetup, from = NEW_SESSION): SessionState =>
  events.reduce((state, event) => stepSession(state, event, of), from);

const opening: readonly SessionEvent[] = [
  { type: "start", at: 0 },
  { type: "answered", at: 1000 },
  { type: "connected", at: 1100 },
];
const message = (at: number): SessionEvent => ({
  type: "message",
  at,
  complete: false,
  terminationReason: null,
});
const end = (at: number, terminationReason: string | null = null): SessionEvent => ({
  type: "message",
  at,
  complete: true,
  terminationReason,
});

describe("deadlines", () => {
  test("the worker's answer starts the clock of the connection", () => {
    const connecting = run(opening.slice(0, 2), setup("frames"));
    expect(connecting.deadline).toEqual({ at: 16_000, reason: "connect-timeout" });
    expect(run([{ type: "tick", at: 15_999 }], setup("frames"), connecting).phase).toBe("connecting");
    expect(run([{ type: "tick", at: 16_000 }], setup("frames"), connecting)).toMatchObject({
      phase: "ended",
      reason: "connect-timeout",
    });
  });

  test("nothing is owed while the caller sends no frame, and after an answer until the next one", () => {
    const of = setup("frames");
    const open = run(opening, of);
    expect(open.deadline).toBeUndefined();
    const sent = run(
      [
        { type: "frame-sent", at: 2000 },
        { type: "frame-sent", at: 9000 },
      ],
      of,
      open,
    );
    expect(sent.deadline).toEqual({ at: 32_000, reason: "first-message-timeout" });
    const heard = run([message(9100)], of, sent);
    expect(heard.deadline).toBeUndefined();
    expect(run([{ type: "frame-sent", at: 9200 }], of, heard).deadline).toEqual({
      at: 69_200,
      reason: "idle-timeout",
    });
  });

  test("a file: the clock starts when all is uploaded, then runs from message to message", () => {
    const of = setup("upload");
    const open = run(opening, of);
    expect(open.deadline).toBeUndefined();
    const uploaded = run([{ type: "upload-finished", at: 5000 }], of, open);
    expect(uploaded.deadline).toEqual({ at: 35_000, reason: "first-message-timeout" });
    expect(run([message(6000), message(7000)], of, uploaded).deadline).toEqual({
      at: 67_000,
      reason: "idle-timeout",
    });
  });

  test("a camera that the server reads owes a message from the start", () => {
    expect(run(opening, setup("server")).deadline).toEqual({ at: 31_100, reason: "first-message-timeout" });
  });
});

describe("ends", () => {
  test.each<[SessionEvent, string]>([
    [end(2000), "complete"],
    [end(2000, "timeout_reached"), "processing-timeout"],
    [end(2000, "another reason"), "complete"],
    [{ type: "channel-closed", at: 2000 }, "channel-closed"],
    [{ type: "connection-failed", at: 2000 }, "connection-failed"],
    [{ type: "source-failed", at: 2000 }, "source-failed"],
    [{ type: "close", at: 2000 }, "closed"],
    [{ type: "abort", at: 2000 }, "aborted"],
  ])("%j", (event, reason) => {
    expect(run([...opening, event], setup("upload"))).toMatchObject({ phase: "ended", reason });
  });

  test("with video the pictures on their way are waited for, and the reason is kept", () => {
    const of = setup("upload", true);
    const draining = run([...opening, end(2000, "timeout_reached")], of);
    expect(draining).toMatchObject({ phase: "draining", reason: "processing-timeout" });
    expect(draining.deadline?.at).toBe(2300);
    const more = run([{ type: "picture", at: 2200 }], of, draining);
    expect(more.deadline?.at).toBe(2500);
    expect(run([{ type: "picture", at: 3900 }], of, more).deadline?.at).toBe(4000);
    for (const type of ["channel-closed", "track-ended", "close"] as const) {
      expect(run([{ type, at: 2400 }], of, more)).toMatchObject({
        phase: "ended",
        reason: "processing-timeout",
      });
    }
    expect(run([{ type: "tick", at: 2500 }], of, more)).toMatchObject({ phase: "ended" });
  });

  test("a track that ends before the end message does not end the session", () => {
    expect(run([...opening, { type: "track-ended", at: 1500 }], setup("frames", true)).phase).toBe(
      "streaming",
    );
  });
});

describe("any sequence of events", () => {
  const kinds = [
    "start",
    "start-failed",
    "answered",
    "connected",
    "frame-sent",
    "upload-finished",
    "source-failed",
    "picture",
    "track-ended",
    "channel-closed",
    "connection-failed",
    "close",
    "abort",
    "tick",
  ] as const;
  const frequent = ["start", "answered", "connected", "frame-sent", "picture", "tick"] as const;
  const event = fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...kinds).map((type) => ({ type })) },
    { weight: 5, arbitrary: fc.constantFrom(...frequent).map((type) => ({ type })) },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant("message" as const),
        complete: fc.boolean(),
        terminationReason: fc.constantFrom(null, "timeout_reached"),
      }),
    },
  );
  const order: readonly SessionPhase[] = ["new", "starting", "connecting", "streaming", "draining", "ended"];

  test("moves forward only, has a reason exactly at the end, and never waits for ever", () => {
    const feed = fc.constantFrom("frames", "upload", "server");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(event, fc.nat(20_000)), { maxLength: 40 }),
        feed,
        fc.boolean(),
        (events, brings, hasVideo) => {
          const of = setup(brings, hasVideo);
          let state = NEW_SESSION;
          let at = 0;
          for (const [step, wait] of events) {
            at += wait;
            const next = stepSession(state, { ...step, at }, of);
            expect(order.indexOf(next.phase)).toBeGreaterThanOrEqual(order.indexOf(state.phase));
            expect(next.reason !== undefined).toBe(next.phase === "draining" || next.phase === "ended");
            if (state.reason !== undefined) expect(next.reason).toBe(state.reason);
            if (state.phase === "ended") expect(next).toBe(state);
            if (next.phase === "ended") expect(next.deadline).toBeUndefined();
            if (next.phase === "connecting" || next.phase === "draining") expect(next.deadline).toBeDefined();
            if (next.phase === "streaming") {
              if (brings === "server" || step.type === "frame-sent") expect(next.deadline).toBeDefined();
            }
            state = next;
          }
          if (state.deadline !== undefined) {
            const last = stepSession(state, { type: "tick", at: state.deadline.at }, of);
            expect(last).toMatchObject({ phase: "ended", reason: state.deadline.reason });
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
