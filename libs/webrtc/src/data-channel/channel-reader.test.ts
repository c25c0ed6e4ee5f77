import { gzipSync } from "node:zlib";
import { InvalidResponseError } from "@inference-ts/errors";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RECORDED_CHANNEL_CASES, RECORDED_TRANSCRIPTS, receivedFrom } from "../testing/recorded.ts";
import { type ChannelEvent, ChannelReader } from "./channel-reader.ts";
import { chunkMessage } from "./chunk.ts";
import { takeDataFrame } from "./data-frame.ts";
import { inflateGzip } from "./inflate.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const framed = (value: unknown, frameId = 1): Uint8Array =>
  chunkMessage(frameId, bytesOf(JSON.stringify(value)))[0] ?? new Uint8Array();

const readAll = async (reader: ChannelReader, arriving: readonly (string | Uint8Array)[]) =>
  Promise.all(arriving.map((bytes) => reader.receive(bytes, 0)));

const messagesOf = (events: readonly ChannelEvent[]) =>
  events.flatMap((event) => (event.kind === "message" ? [event.message] : []));

const fullMetadata = {
  frame_id: 1,
  received_at: "2026-01-02T03:04:05.000006",
  pts: 3000,
  time_base: 1 / 90_000,
  declared_fps: 30,
  measured_fps: null,
  width: 64,
  height: 48,
};

describe("recorded messages", () => {
  const withData = RECORDED_CHANNEL_CASES.filter(
    ({ delivered, deviation }) =>
      deviation === null && delivered.some((entry) => entry.handler === "on_data" && "value" in entry),
  );

  test("are there", () => {
    expect(withData.length).toBeGreaterThan(9);
  });

  test.each(withData)("$id", async ({ messages, delivered, picture }) => {
    const read = messagesOf(await readAll(new ChannelReader(), messages.map(receivedFrom)));
    expect(
      read
        .filter((message) => message.data !== null)
        .map(({ data, metadata }) => ({
          value: takeDataFrame(data, picture === null ? [] : [picture]).data,
          frame: metadata?.frameId ?? null,
        })),
    ).toEqual(
      delivered
        .filter((entry) => entry.handler === "on_data")
        .map((entry) => ({ value: entry.value, frame: entry.metadata?.frame_id ?? null })),
    );
  });

  const events = async (id: string): Promise<readonly ChannelEvent[]> => {
    const found = RECORDED_CHANNEL_CASES.find((entry) => entry.id === `webrtc-channel-${id}`);
    if (found === undefined) throw new Error(`no recorded case ${id}`);
    return readAll(new ChannelReader(), found.messages.map(receivedFrom));
  };

  test("JSON without a header is a message, not a chunk", async () => {
    expect(messagesOf(await events("unframed-binary-is-swallowed"))).toMatchObject([
      { frameId: undefined, data: { predictions: { n: 1 }, count: 2 } },
    ]);
  });

  test("an index beyond the total is counted, not thrown", async () => {
    expect(await events("chunk-index-beyond-total")).toEqual([{ kind: "ignored", reason: "bad-header" }]);
  });

  test("text that is not JSON is reported", async () => {
    const [event] = await events("text-not-json");
    expect(event).toMatchObject({ kind: "invalid", error: { code: "INVALID_RESPONSE" } });
  });

  test("data that come with the end are kept, and so is the reason of the end", async () => {
    expect(messagesOf(await events("processing-complete-with-data-drops-the-data"))).toMatchObject([
      { processingComplete: true, data: { count: 2 } },
    ]);
    expect(messagesOf(await events("termination-reason-is-not-visible"))).toMatchObject([
      { processingComplete: true, terminationReason: "timeout_reached" },
    ]);
  });
});

describe("messages of real workers", () => {
  test.each(["manual", "file"] as const)("%s", async (name) => {
    const arriving = RECORDED_TRANSCRIPTS[name].map((base64) => receivedFrom({ base64 }));
    const events = await readAll(new ChannelReader(), arriving);
    const read = messagesOf(events);
    expect(read).toHaveLength(arriving.length);
    const frames = read.filter((message) => !message.processingComplete);
    expect(frames.length).toBeGreaterThan(7);
    for (const { frameId, metadata, data, errors } of frames) {
      expect(metadata?.frameId).toBe(frameId);
      expect(metadata?.timeBase).toBeGreaterThan(0);
      expect(data).toHaveProperty("predictions.predictions");
      expect(errors).toEqual([]);
      if (name === "file")
        expect(takeDataFrame(data, ["picture"]).picture?.base64).toMatch(/^[A-Za-z0-9+/]+=*$/);
    }
    const ids = frames.map((message) => message.frameId ?? 0);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(read.slice(0, -1).some((message) => message.processingComplete)).toBe(false);
    if (name === "file")
      expect(read.at(-1)).toMatchObject({ processingComplete: true, terminationReason: null });
  });
});

describe("takeDataFrame", () => {
  const picture = { type: "base64", value: "QUJD" };

  test("takes the picture out and leaves the rest", () => {
    const frame = { name: "vis", base64: "QUJD" };
    expect(takeDataFrame({ vis: picture, count: 1 }, ["vis"])).toEqual({
      picture: frame,
      data: { count: 1 },
    });
  });

  test("the first name that has a picture is the frame; the other pictures are no data either", () => {
    const data = { second: picture, first: { type: "base64", value: "AAAA" }, third: 3 };
    expect(takeDataFrame(data, ["none", "third", "first", "second"])).toEqual({
      picture: { name: "first", base64: "AAAA" },
      data: { third: 3 },
    });
  });

  test.each([
    [{ count: 1 }, "vis"],
    [{ vis: { type: "url", value: "x" } }, "vis"],
    [{ vis: "QUJD" }, "vis"],
    [{ vis: picture }, undefined],
    [{}, "__proto__"],
    [[picture], "0"],
    [null, "vis"],
  ])("leaves %j as it is", (data, name) => {
    expect(takeDataFrame(data, name === undefined ? [] : [name])).toEqual({ picture: null, data });
  });
});

describe("messages", () => {
  test("all metadata are read, nulls included", async () => {
    const reader = new ChannelReader();
    const nulls = {
      frame_id: 2,
      received_at: "2026-01-02T03:04:05",
      pts: null,
      time_base: null,
      width: null,
    };
    const read = messagesOf(
      await readAll(reader, [
        framed({ video_metadata: fullMetadata, errors: ["a", { b: 1 }], processing_complete: false }),
        framed({ video_metadata: nulls, errors: null, termination_reason: null }),
      ]),
    );
    expect(read).toEqual([
      {
        frameId: 1,
        data: null,
        metadata: {
          frameId: 1,
          receivedAt: "2026-01-02T03:04:05.000006",
          pts: 3000,
          timeBase: 1 / 90_000,
          declaredFps: 30,
          measuredFps: null,
          width: 64,
          height: 48,
        },
        errors: ["a", '{"b":1}'],
        processingComplete: false,
        terminationReason: null,
      },
      {
        frameId: 1,
        data: null,
        metadata: {
          frameId: 2,
          receivedAt: "2026-01-02T03:04:05",
          pts: null,
          timeBase: null,
          declaredFps: null,
          measuredFps: null,
          width: null,
          height: null,
        },
        errors: [],
        processingComplete: false,
        terminationReason: null,
      },
    ]);
  });

  test.each([
    ["", [1]],
    ["", 5],
    ["", null],
    ["errors", { errors: "no list" }],
    ["processing_complete", { processing_complete: "yes" }],
    ["termination_reason", { processing_complete: true, termination_reason: 3 }],
  ])("says where a message is broken: %j", async (path, value) => {
    const [event] = await readAll(new ChannelReader(), [framed(value)]);
    expect(event).toMatchObject({ kind: "invalid", error: { code: "INVALID_RESPONSE", path } });
  });

  test("compressed and plain messages keep their order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 12 }), async (compressed) => {
        const reader = new ChannelReader();
        const arriving = compressed.flatMap((zip, at) => {
          const json = bytesOf(JSON.stringify({ serialized_output_data: { at } }));
          return chunkMessage(at + 1, zip ? gzipSync(json) : json, 20);
        });
        const read = messagesOf(await readAll(reader, arriving));
        expect(read.map(({ frameId, data }) => ({ frameId, data }))).toEqual(
          compressed.map((_, at) => ({ frameId: at + 1, data: { at } })),
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe("inflateGzip", () => {
  test("inflates what is exactly at the limit, and refuses one byte more", async () => {
    const zipped = gzipSync(new Uint8Array(300_000));
    expect(await inflateGzip(zipped, 300_000)).toEqual(new Uint8Array(300_000));
    await expect(inflateGzip(zipped, 299_999)).rejects.toThrow(InvalidResponseError);
  });

  test("a small message that inflates to a large one is stopped and reported", async () => {
    const bomb = gzipSync(new Uint8Array(20_000_000));
    const reader = new ChannelReader({ maxInflatedBytes: 100_000 });
    const [event, next] = await readAll(reader, [
      ...chunkMessage(1, bomb),
      framed({ serialized_output_data: { ok: true } }, 2),
    ]);
    expect(event).toMatchObject({ kind: "invalid", error: { message: expect.stringContaining("100000") } });
    expect(next).toMatchObject({ kind: "message" });
  });

  test("refuses gzip that is cut off or damaged", async () => {
    const zipped = gzipSync(bytesOf("{}".repeat(1000)));
    for (const bytes of [
      zipped.subarray(0, zipped.length - 5),
      Uint8Array.from([0x1f, 0x8b]),
      Uint8Array.from([0x1f, 0x8b, 9, 9]),
    ]) {
      await expect(inflateGzip(bytes, 1e6)).rejects.toThrow(InvalidResponseError);
    }
  });
});

describe("anything at all on the channel", () => {
  test("ends as message, typed error, or a counted loss", async () => {
    const valid = fc
      .record({
        value: fc.jsonValue(),
        zip: fc.boolean(),
        frameId: fc.nat(6),
        size: fc.integer({ min: 5, max: 80 }),
      })
      .map(({ value, zip, frameId, size }) => {
        const json = bytesOf(JSON.stringify({ serialized_output_data: value, video_metadata: fullMetadata }));
        return chunkMessage(frameId, zip ? gzipSync(json) : json, size);
      });
    const damaged = fc.tuple(valid, fc.nat(), fc.nat(255)).map(([chunks, at, byte]) =>
      chunks.map((chunk) => {
        const copy = chunk.slice();
        copy[at % copy.length] = byte;
        return copy;
      }),
    );
    const shape = fc.record(
      {
        serialized_output_data: fc.jsonValue(),
        video_metadata: fc.oneof(
          fc.jsonValue(),
          fc.record({ frame_id: fc.jsonValue(), received_at: fc.jsonValue() }),
        ),
        errors: fc.jsonValue(),
        processing_complete: fc.jsonValue(),
        termination_reason: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const arriving = fc.oneof(
      valid,
      damaged,
      fc.uint8Array({ maxLength: 60 }).map((bytes) => [bytes]),
      fc.string().map((text) => [text]),
      fc.jsonValue().map((value) => [framed(value)]),
      shape.map((value) => [framed(value)]),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(arriving, { maxLength: 12 }), async (groups) => {
        const reader = new ChannelReader({ maxMessageBytes: 2000, maxInflatedBytes: 5000, maxOpenFrames: 3 });
        const events = await readAll(reader, groups.flat());
        const counts = reader.counts();
        const of = (kind: ChannelEvent["kind"]) => events.filter((event) => event.kind === kind).length;
        expect(of("message")).toBe(counts.messages);
        expect(of("invalid")).toBe(counts.invalid);
        expect(counts.openFrames).toBeLessThanOrEqual(3);
        for (const event of events) {
          if (event.kind === "invalid") expect(event.error).toBeInstanceOf(InvalidResponseError);
        }
      }),
      { numRuns: 400 },
    );
  });
});
