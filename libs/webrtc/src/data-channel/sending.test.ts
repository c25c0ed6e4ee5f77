import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AckRule } from "./acks.ts";
import { writeOutputChange } from "./output-change.ts";
import { openUploadChunk, planUpload, UPLOAD_HEADER_BYTES } from "./upload.ts";
import { readWorkerMessage, type WorkerMessage } from "./worker-message.ts";

const message = (frameId: number, kind: "whole" | "bare" | "end" = "whole"): WorkerMessage =>
  readWorkerMessage(
    JSON.stringify({
      video_metadata: kind === "whole" ? { frame_id: frameId, received_at: "2026-01-02T03:04:05" } : null,
      processing_complete: kind === "end",
    }),
    frameId,
  );

describe("AckRule", () => {
  test("a realtime session sends none", () => {
    const rule = new AckRule({ realtime: true });
    expect([1, 2, 3].map((id) => rule.afterDelivery(message(id)))).toEqual([undefined, undefined, undefined]);
  });

  test("every frame is acknowledged from the first on, also one with broken metadata, but not the end", () => {
    const rule = new AckRule({ realtime: false });
    const sent = [message(1), message(2, "bare"), message(3), message(4, "end")].map((m) =>
      rule.afterDelivery(m),
    );
    expect(sent).toEqual(['{"ack":1}', '{"ack":2}', '{"ack":3}', undefined]);
  });

  test("when the first frame cannot be acknowledged, none is", () => {
    const rule = new AckRule({ realtime: false });
    expect([message(1, "bare"), message(2)].map((m) => rule.afterDelivery(m))).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("acks only rise, and are positive integers", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (ids) => {
        const rule = new AckRule({ realtime: false });
        const sent = ids.flatMap((id) => {
          const text = rule.afterDelivery(message(id));
          return text === undefined ? [] : [JSON.parse(text).ack];
        });
        expect(sent).toEqual([...new Set(sent)].sort((a, b) => a - b));
        expect(sent.every((ack) => Number.isInteger(ack) && ack > 0)).toBe(true);
        expect(sent.at(-1) ?? 0).toBe(Math.max(0, ...ids));
      }),
    );
  });
});

describe("writeOutputChange", () => {
  const video = { hasVideo: true };

  test("writes only what changes", () => {
    expect(writeOutputChange({ dataOutput: [] }, { hasVideo: false })).toBe('{"data_output":[]}');
    expect(writeOutputChange({ streamOutput: ["a"], dataOutput: ["*"] }, video)).toBe(
      '{"stream_output":["a"],"data_output":["*"]}',
    );
  });

  test.each([
    [{}, video],
    [{ streamOutput: [] }, video],
    [{ streamOutput: ["", ""] }, video],
    [{ streamOutput: ["a"] }, { hasVideo: false }],
    [JSON.parse('{"dataOutput":[1]}'), video],
    [JSON.parse('{"dataOutput":"a"}'), video],
    [JSON.parse('{"streamOutput":{"0":"a"}}'), video],
  ])("refuses %j", (change, session) => {
    expect(() => writeOutputChange(change, session)).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER" }),
    );
  });
});

describe("upload", () => {
  test("the chunks cover the file once, in order, and none is empty", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 300 }), (bytes, size) => {
        const chunks = [...planUpload(bytes, size)];
        let next = 0;
        for (const [at, chunk] of chunks.entries()) {
          expect(chunk).toMatchObject({ index: at, total: chunks.length, offset: next });
          expect(chunk.length).toBeGreaterThan(0);
          next += chunk.length;
        }
        expect(next).toBe(bytes);
      }),
    );
  });

  test("120,000 bytes go as the Python client sends them", () => {
    expect([...planUpload(120_000)].map((chunk) => chunk.length)).toEqual([49_152, 49_152, 21_696]);
  });

  test("the header stands in front of the payload", () => {
    const { message: sent, payload } = openUploadChunk({ index: 1, total: 258, offset: 7, length: 3 });
    payload.set([7, 8, 9]);
    expect([...sent]).toEqual([1, 0, 0, 0, 2, 1, 0, 0, 7, 8, 9]);
    expect(sent.length).toBe(UPLOAD_HEADER_BYTES + 3);
  });

  test.each([0, -1, 1.5, Number.NaN])("refuses a file of %d bytes", (bytes) => {
    expect(() => [...planUpload(bytes)]).toThrow(expect.objectContaining({ code: "INVALID_PARAMETER" }));
  });
});
