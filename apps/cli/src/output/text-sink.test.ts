import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { createWorkplace, type Workplace } from "../testing/workplace.ts";
import { fileSink, streamSink } from "./text-sink.ts";

let place: Workplace | undefined;
afterEach(() => place?.remove());

/** A stream whose reader takes a piece only when it is told to. */
function slowStream() {
  const waiting: (() => void)[] = [];
  let text = "";
  const stream = new Writable({
    highWaterMark: 4,
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      text += chunk;
      waiting.push(done);
    },
  });
  return { stream, read: () => waiting.shift()?.(), text: () => text };
}

test("writing waits for a slow reader", async () => {
  const { stream, read, text } = slowStream();
  const sink = streamSink(stream, { endsStream: false });
  let isWritten = false;
  const written = sink.write("hello").then(() => {
    isWritten = true;
  });
  await Promise.resolve();
  expect(isWritten).toBe(false);
  read();
  await written;
  const closed = sink.close();
  read();
  await closed;
  expect([text(), stream.writableEnded]).toEqual(["hello", false]);
});

test("a reader that goes away is reported once, and later writes do nothing", async () => {
  const stream = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" })),
  });
  let times = 0;
  const sink = streamSink(stream, { endsStream: false, onReaderGone: () => void times++ });
  const gone = new Promise((resolve) => stream.once("close", resolve));
  await sink.write("a");
  await gone;
  await sink.write("b");
  await sink.close();
  expect(times).toBe(1);
});

test("any other failure is thrown", async () => {
  const stream = new Writable({
    highWaterMark: 1,
    write: (_chunk, _encoding, done) => done(Object.assign(new Error("disk full"), { code: "ENOSPC" })),
  });
  const sink = streamSink(stream, { endsStream: true });
  await expect(sink.write("abc")).rejects.toThrow("disk full");
  await expect(sink.close()).rejects.toThrow("disk full");
});

test("a file is written whole, in a folder that did not exist", async () => {
  place = createWorkplace();
  const file = join(place.path, "new/results.json");
  const sink = await fileSink(file);
  await sink.write("one ");
  await sink.write("two");
  await sink.close();
  expect(readFileSync(file, "utf8")).toBe("one two");
});

test("a file that cannot be opened is refused by name", async () => {
  place = createWorkplace();
  await expect(fileSink(place.path)).rejects.toThrow(expect.objectContaining({ code: "INVALID_PARAMETER" }));
});
