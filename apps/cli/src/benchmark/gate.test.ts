import { HTTPCallError } from "@inference-ts/sdk/node";
import { expect, test } from "vitest";
import { checkGate, limitsErrors, parseGate } from "./gate.ts";
import { Measurements } from "./measurements.ts";

/** Ten answers of 10, 20, ... 100 ms and one failure, in two seconds. */
function measured(): Measurements {
  const measurements = new Measurements();
  measurements.start(1_000);
  for (let index = 1; index <= 10; index++) {
    measurements.addAnswer({
      dueAtMs: 1_000,
      startedAtMs: 1_001,
      endedAtMs: 1_000 + index * 10,
      pictures: 3,
      processingTimeMs: undefined,
      coldStart: undefined,
    });
  }
  const details = { status: 503, method: "POST", url: "http://x", serverMessage: "busy" };
  measurements.addFailure(new HTTPCallError("busy", details), 3_000);
  return measurements;
}

test.each([
  ["p50>50", true, 50],
  ["p50>=50", false, 50],
  ["p50 < 50", true, 50],
  ["p50<=50ms", false, 50],
  ["p99>0.1s", true, 100],
  ["p99>0.099s", false, 100],
  ["max>99.5", false, 100],
  ["mean>55", true, 55],
  ["min<10", true, 10],
  ["rps<5", true, 5],
  ["rps<5.01", false, 5],
  ["ips<=15", false, 15],
  ["errors>0", false, 1],
  ["errors>1", true, 1],
  ["errors>9%", false, 100 / 11],
  ["errors>10%", true, 100 / 11],
])("%s: passes %s at %d", (text, ok, value) => {
  const gate = parseGate(text);
  if (gate === null) throw new Error(`${text} is not a gate`);
  expect(checkGate(gate, measured())).toMatchObject({ gate: { text }, ok, value });
});

test.each([
  "p99",
  "p98>1",
  "p99=5",
  "p99>",
  "p99>-1",
  "p99>5%",
  "rps<5ms",
  "errors>1s",
  "p99>1e3",
  "",
  ">5",
  "p99>5constructor",
])("%j is no gate", (text) => expect(parseGate(text)).toBeNull());

test("a time that was not measured fails its gate", () => {
  const gate = parseGate("p99>500");
  if (gate === null) throw new Error("no gate");
  expect(checkGate(gate, new Measurements())).toMatchObject({ value: null, ok: false });
});

test("gates about errors are told from others", () => {
  const gates = ["p99>500", "errors>1%"].flatMap((text) => parseGate(text) ?? []);
  expect([limitsErrors(gates), limitsErrors(gates.slice(0, 1)), gates.length]).toEqual([true, false, 2]);
});

test("failures are in no time, and counted by what they were", () => {
  const { latency, errors, ok, failed, pictures, seconds, failureKinds } = measured();
  expect([latency.count, ok, failed, pictures, seconds]).toEqual([10, 10, 1, 30, 2]);
  expect([...errors, ...failureKinds]).toEqual([["HTTP_ERROR 503", 1], "other"]);
});
