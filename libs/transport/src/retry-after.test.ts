import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRetryAfter, retryAfterOf } from "./retry-after.ts";

const NOW = Date.UTC(2026, 9, 21, 7, 27, 0);

test.each([
  [null, undefined],
  ["7", 7000],
  [" 0 ", 0],
  ["1.5", 1500],
  ["Wed, 21 Oct 2026 07:28:00 GMT", 60_000],
  ["Wed, 21 Oct 2026 07:26:00 GMT", 0],
  ["", undefined],
  ["-5", undefined],
  ["soon", undefined],
  ["7 apples", undefined],
])("%j", (value, expected) => {
  expect(parseRetryAfter(value, NOW)).toBe(expected);
});

test("every number of whole seconds is read", () => {
  fc.assert(
    fc.property(fc.nat(), (seconds) => {
      expect(parseRetryAfter(String(seconds), NOW)).toBe(seconds * 1000);
    }),
  );
});

test("a date counts from the answer's own clock, else from the client's", () => {
  const headers: Record<string, string> = { "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" };
  const answer = { header: (name: string) => headers[name] ?? null };
  expect(retryAfterOf(answer, NOW + 30_000)).toBe(30_000);
  headers.date = "Wed, 21 Oct 2026 07:27:50 GMT";
  expect(retryAfterOf(answer, NOW + 30_000)).toBe(10_000);
});
