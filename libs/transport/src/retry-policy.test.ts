import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AttemptFailure,
  DEFAULT_RETRY_POLICY,
  decideRetry,
  type RetrySituation,
} from "./retry-policy.ts";

const situation = (changes: Partial<RetrySituation>): RetrySituation => ({
  failure: { kind: "status", status: 503, retryAfterMs: undefined },
  attempts: 1,
  remainingMs: 120_000,
  replay: "always",
  random: 0.5,
  ...changes,
});
const status = (code: number, retryAfterMs?: number): AttemptFailure => ({
  kind: "status",
  status: code,
  retryAfterMs,
});
const connection = (systemCode?: string): AttemptFailure => ({ kind: "connection", systemCode });
const decide = (changes: Partial<RetrySituation>) => decideRetry(DEFAULT_RETRY_POLICY, situation(changes));

describe("what is tried again", () => {
  test.each([429, 502, 503, 504])("status %d is", (code) => {
    expect(decide({ failure: status(code) }).retry).toBe(true);
  });
  test.each([0, 302, 400, 401, 404, 408, 409, 418, 425, 500, 501, 507])("status %d is not", (code) => {
    expect(decide({ failure: status(code) })).toEqual({ retry: false, why: "not-retryable" });
  });
  test.each(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "UND_ERR_SOCKET", undefined])(
    "connection failure %s is",
    (code) => {
      expect(decide({ failure: connection(code) }).retry).toBe(true);
    },
  );
  test.each([
    "CERT_HAS_EXPIRED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "ERR_SSL_WRONG_VERSION_NUMBER",
    "HPE_INVALID_CONSTANT",
    "EPROTO",
  ])("connection failure %s is not", (code) => {
    expect(decide({ failure: connection(code) })).toEqual({ retry: false, why: "not-retryable" });
  });
  test.each([
    ["ECONNREFUSED", true],
    ["ENOTFOUND", true],
    ["ECONNRESET", false],
    [undefined, false],
  ])("a call that starts something, after %s: %s", (code, expected) => {
    expect(decide({ failure: connection(code), replay: "before-sent" }).retry).toBe(expected);
  });
  test("a call that starts something is never repeated after an answer", () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), (code) => {
        expect(decide({ failure: status(code), replay: "before-sent" }).retry).toBe(false);
      }),
    );
  });
});

describe("the wait", () => {
  test("is below 0.5 s, 1 s, 2 s ... 8 s, spread evenly", () => {
    const policy = { ...DEFAULT_RETRY_POLICY, maxAttempts: 100 };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, random) => {
          const decision = decideRetry(policy, situation({ attempts, random }));
          const ceiling = Math.min(8000, 500 * 2 ** (attempts - 1));
          expect(decision).toEqual({ retry: true, delayMs: random * ceiling });
        },
      ),
    );
  });

  test("is what the server asks for, up to 60 s, whatever the jitter", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (asked, random) => {
          expect(decide({ failure: status(429, asked), random })).toEqual({ retry: true, delayMs: asked });
        },
      ),
    );
    expect(decide({ failure: status(429, 60_001) })).toEqual({ retry: false, why: "too-long" });
    expect(decide({ failure: status(429, 0) })).toEqual({ retry: true, delayMs: 250 });
  });

  test("always ends before the deadline, and never follows the last attempt", () => {
    const anyFailure = fc.oneof(
      fc.record({
        kind: fc.constant("status" as const),
        status: fc.integer({ min: 300, max: 599 }),
        retryAfterMs: fc.option(fc.nat(100_000), { nil: undefined }),
      }),
      fc.record({
        kind: fc.constant("connection" as const),
        systemCode: fc.constantFrom("ECONNRESET", "EPIPE", undefined),
      }),
    );
    fc.assert(
      fc.property(
        anyFailure,
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 10 }),
        fc.nat(100_000),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (failure, maxAttempts, attempts, remainingMs, random) => {
          const decision = decideRetry(
            { ...DEFAULT_RETRY_POLICY, maxAttempts },
            situation({ failure, attempts, remainingMs, random }),
          );
          if (!decision.retry) return;
          expect(attempts).toBeLessThan(maxAttempts);
          expect(decision.delayMs).toBeLessThan(remainingMs);
          expect(decision.delayMs).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

test("a limit of attempts that is no number ends the call", () => {
  const policy = { ...DEFAULT_RETRY_POLICY, maxAttempts: Number.NaN };
  expect(decideRetry(policy, situation({ attempts: 1 }))).toEqual({ retry: false, why: "attempts-used-up" });
});
