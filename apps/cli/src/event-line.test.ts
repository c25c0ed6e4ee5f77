import { expect, test } from "vitest";
import { eventLine } from "./event-line.ts";

test("an event is one line without empty fields", () => {
  const sent = {
    station: "send",
    callId: 3,
    attempt: 1,
    status: undefined,
    durationMs: 1.23456,
    retryInMs: 500,
  } as const;
  expect(eventLine(sent)).toBe("#3 send attempt=1 durationMs=1.235 retryInMs=500");
  const failed = {
    station: "fail",
    callId: 1,
    code: "TIMEOUT",
    message: "too\nslow",
    indexes: [0, 2],
  } as const;
  expect(eventLine(failed)).toBe('#1 fail code=TIMEOUT message="too\\nslow" indexes=0,2');
});
