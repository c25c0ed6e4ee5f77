import { expect, test } from "vitest";
import { parseFault } from "../faults.ts";
import { changedBy, readControl } from "./outputs-wanted.ts";

test.each([
  ['{"ack": 3}', { ack: 3 }],
  ['{"ack": "3"}', { ack: 3 }],
  ['{"stream_output": ["", "box"]}', { streamOutput: "box" }],
  ['{"stream_output": []}', { streamOutput: null }],
  ['{"data_output": ["*"], "unknown": 1}', { dataOutput: ["*"] }],
  ["{}", {}],
])("%s is read", (text, control) => expect(readControl(text)).toEqual(control));

test.each(["no json", ""])("%j is left out", (text) => expect(readControl(text)).toBeNull());

test("bytes that are no JSON are left out", () => expect(readControl(Uint8Array.of(1, 2, 3))).toBeNull());

test.each(["[1]", '{"ack": "x"}', '{"ack": 1.5}', '{"data_output": "all"}', '{"stream_output": [1]}', "1"])(
  "%s ends the connection",
  (text) => expect(() => readControl(text)).toThrow(TypeError),
);

test("the pictures of a session without a video line stay as they are", () => {
  const wanted = { streamOutput: null, dataOutput: ["a"] };
  const control = { streamOutput: "box", dataOutput: [] };
  expect(changedBy(wanted, control, false)).toEqual({ streamOutput: null, dataOutput: [] });
  expect(changedBy(wanted, control, true)).toEqual({ streamOutput: "box", dataOutput: [] });
});

test("faults of live video are read from the header", () => {
  expect(parseFault("live-late=200; live-close=5;live-after-end")).toEqual({
    live: { late: 200, close: 5, afterEnd: 1 },
  });
  expect(() => parseFault("live-die=soon")).toThrow(/whole number/);
});
