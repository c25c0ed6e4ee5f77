import { EncodingError, InvalidResponseError, isInferenceError } from "@inference-ts/errors";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeRun } from "./decode-run.ts";
import { isWorkflowImage } from "./workflow-image.ts";

/** A PNG of 3 x 2 pixels as far as its header goes: what is behind it is not read. */
const PNG = pngOf(3, 2);
const TEXT = toBase64(PNG);
const METADATA = { video_identifier: "v", frame_number: 1, frame_timestamp: "2024-01-01T00:00:00" };
const picture = (more: object = {}) => ({ type: "base64", value: TEXT, video_metadata: METADATA, ...more });

test("pictures become bytes with format and size, and keep what the server said of them", () => {
  const origin = { offset_x: 1, offset_y: 2, width: 30, height: 20 };
  const { outputs } = decodeRun(
    { outputs: [{ crop: picture({ parent_id: "p", parent_origin: origin }) }] },
    "bytes",
  );
  const crop = outputs[0]?.crop;
  expect(crop).toEqual({
    type: "bytes",
    value: PNG,
    format: "png",
    width: 3,
    height: 2,
    video_metadata: METADATA,
    parent_id: "p",
    parent_origin: origin,
  });
  expect(isWorkflowImage(crop)).toBe(true);
  expect(isWorkflowImage(crop, "base64")).toBe(false);
});

test("a prefix that names a type is no part of the picture", () => {
  const body = { outputs: [{ a: { type: "base64", value: `data:image/jpeg;base64,${TEXT}` } }] };
  expect(decodeRun(body, "bytes").outputs[0]?.a).toMatchObject({ value: PNG, format: "png" });
  expect(decodeRun(body, "data-url").outputs[0]?.a).toMatchObject({
    type: "data-url",
    value: `data:image/png;base64,${TEXT}`,
    width: 3,
  });
});

test("as sent means as sent", () => {
  const outputs = [{ a: picture(), b: [null, picture()] }];
  expect(decodeRun({ outputs }, "base64").outputs).toEqual(outputs);
});

test.each([
  ["bytes that are no picture", { type: "base64", value: toBase64(Uint8Array.of(1, 2, 3, 4)) }],
  ["text that is no base64", { type: "base64", value: "not base64 at all!" }],
])("%s: an error that names the output", (_name, broken) => {
  const decode = () => decodeRun({ outputs: [{}, { list: [[], [null, broken]] }] }, "bytes");
  expect(decode).toThrow(EncodingError);
  expect(decode).toThrow("outputs[1].list[1][1]");
  expect(decode).not.toThrow(/not base64 at all/);
});

test("what is marked as a picture and has no text is none", () => {
  const outputs = [
    { a: { type: "base64" }, b: { type: "base64", value: 5 }, c: { type: "url", value: "https://x" } },
  ];
  expect(decodeRun({ outputs }, "bytes").outputs).toEqual(outputs);
});

test.each([
  [null, ""],
  [[], ""],
  [{}, "outputs"],
  [{ outputs: null }, "outputs"],
  [{ outputs: {} }, "outputs"],
  [{ outputs: [{}, 5] }, "outputs[1]"],
  [{ outputs: [], profiler_trace: {} }, "profiler_trace"],
  [{ outputs: [], profiler_trace: [1] }, "profiler_trace[0]"],
])("an answer that is none of a run: %j", (body, path) => {
  try {
    decodeRun(body, "bytes");
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ path });
  }
});

test("an answer nested without end is refused, not a stack overflow", () => {
  let value: unknown = 1;
  for (let depth = 0; depth < 100_000; depth++) value = depth % 2 === 0 ? [value] : { a: value };
  expect(() => decodeRun({ outputs: [{ deep: value }] }, "bytes")).toThrow(InvalidResponseError);
});

test("a trace is given as it is, and an empty one where there is none", () => {
  const event = { name: "step", ph: "X", ts: 1, dur: 2 };
  expect(decodeRun({ outputs: [], profiler_trace: [event] }, "bytes").profiler_trace).toEqual([event]);
  expect(decodeRun({ outputs: [], profiler_trace: null }, "bytes").profiler_trace).toEqual([]);
  expect(decodeRun({ outputs: [] }, "bytes").profiler_trace).toEqual([]);
});

test("names of JavaScript's own are names like any other", () => {
  const body: unknown = JSON.parse('{"outputs":[{"__proto__":{"a":1},"constructor":null}]}');
  const [output] = decodeRun(body, "bytes").outputs;
  expect(JSON.stringify(output)).toBe('{"__proto__":{"a":1},"constructor":null}');
});

/** JSON in which pictures stand anywhere. */
const jsonWithPictures = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(fc.constant(null), fc.boolean(), fc.double(), fc.string()),
    fc
      .record({ width: fc.nat(4000).map((n) => n + 1), height: fc.nat(4000).map((n) => n + 1) })
      .map((size) => picture({ value: toBase64(pngOf(size.width, size.height)), expected: size })),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string({ maxLength: 4 }), tie("value"), { maxKeys: 4 }),
  ),
})).value;

test("every picture is decoded, with its size, and nothing else changes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.dictionary(fc.string({ maxLength: 4 }), jsonWithPictures, { maxKeys: 4 })),
      (outputs) => {
        const decoded = decodeRun({ outputs }, "bytes").outputs;
        expect(encodedAgain(decoded)).toEqual(outputs.map((output) => ({ ...output })));
      },
    ),
    { numRuns: 200 },
  );
});

test("whatever is answered, it decodes or is one of our errors", () => {
  const anything = fc.anything({ withNullPrototype: false });
  fc.assert(
    fc.property(
      fc.oneof(anything, fc.record({ outputs: fc.oneof(anything, fc.array(fc.object())) })),
      (body) => {
        try {
          expect(Array.isArray(decodeRun(body, "bytes").outputs)).toBe(true);
        } catch (error) {
          expect(isInferenceError(error)).toBe(true);
        }
      },
    ),
  );
});

/** The reverse of decoding; the size read is that which the picture was made with. */
function encodedAgain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(encodedAgain);
  if (isWorkflowImage(value)) {
    const { format, width, height, ...rest } = value;
    expect({ format, expected: rest.expected }).toEqual({ format: "png", expected: { width, height } });
    return { ...rest, type: "base64", value: toBase64(value.value) };
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, encodedAgain(item)]));
}

function pngOf(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(45);
  const view = new DataView(bytes.buffer);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  view.setUint32(8, 13);
  bytes.set(new TextEncoder().encode("IHDR"), 12);
  view.setUint32(16, width);
  view.setUint32(20, height);
  bytes.set([8, 2, 0, 0, 0], 24);
  bytes.set(new TextEncoder().encode("IEND"), 37);
  return bytes;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
