import { fc, test as property } from "@fast-check/vitest";
import { InvalidResponseError } from "@inference-ts/errors";
import { describe, expect, test } from "vitest";
import { EventParser } from "./event-parser.ts";
import { LineSplitter } from "./line-splitter.ts";

const encoder = new TextEncoder();

function parse(bytes: Uint8Array, cuts: readonly number[] = []): string[] {
  const parser = new EventParser();
  const ends = [...cuts, bytes.length];
  let from = 0;
  const events: string[] = [];
  for (const end of ends) {
    events.push(...parser.push(bytes.subarray(from, end)));
    from = end;
  }
  return [...events, ...parser.end()];
}

const STREAM = encoder.encode(
  '\ufeff: hello\r\n\r\ndata: {"a": "Grüße 世界 🎈"}\r\n\r\nevent: x\nid: 1\ndata:{"b":\ndata: 2}\n\ndata:\n\ndata\n\rdata: [DONE]\r\rdata: last',
);
const EVENTS = ['{"a": "Grüße 世界 🎈"}', '{"b":\n2}', "[DONE]", "last"];

describe("events", () => {
  test("of every kind", () => expect(parse(STREAM)).toEqual(EVENTS));

  test("cut at every byte", () => {
    for (let at = 0; at <= STREAM.length; at += 1) expect(parse(STREAM, [at])).toEqual(EVENTS);
  });

  test("byte by byte", () => {
    expect(
      parse(
        STREAM,
        Array.from({ length: STREAM.length }, (_, index) => index),
      ),
    ).toEqual(EVENTS);
  });

  property.prop([
    fc.array(
      fc
        .string({ minLength: 1, unit: "binary" })
        .filter((text) => text.trim() !== "" && !/[\r\n]/.test(text)),
    ),
    fc.constantFrom("\n", "\r\n", "\r"),
    fc.constantFrom("", " "),
    fc.array(fc.nat(2000)),
  ])("are the same however they are written and cut", (events, lineEnd, blank, cuts) => {
    const text = events.map((event) => `data:${blank}${event}${lineEnd}${lineEnd}`).join("");
    const bytes = encoder.encode(text);
    // A blank at the begin belongs to the field where none was written.
    const expected = events
      .map((event) => new TextDecoder().decode(encoder.encode(event)))
      .map((event) => (blank === "" && event.startsWith(" ") ? event.slice(1) : event))
      .filter((event) => event.trim() !== "");
    const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort(
      (one, other) => one - other,
    );
    expect(parse(bytes, places)).toEqual(expected);
  });

  test("what is no stream is kept for the message", () => {
    const parser = new EventParser();
    parser.push(encoder.encode('{"id": 1}'));
    parser.end();
    expect(parser.strayText).toBe('{"id": 1}');
  });

  test("that never end are refused", () => {
    const parser = new EventParser();
    const piece = encoder.encode("x".repeat(1024 * 1024));
    expect(() => {
      for (let count = 0; count < 20; count += 1) parser.push(piece);
    }).toThrow(InvalidResponseError);
  });
});

describe("lines", () => {
  const split = (bytes: Uint8Array, cuts: readonly number[]): string[] => {
    const splitter = new LineSplitter();
    let from = 0;
    const lines: Uint8Array[] = [];
    for (const end of [...cuts, bytes.length]) {
      lines.push(...splitter.push(bytes.subarray(from, end)));
      from = end;
    }
    return [...lines, ...splitter.end()].map((line) => new TextDecoder().decode(line));
  };

  test("of all three ends, cut at every byte", () => {
    const bytes = encoder.encode("one\ntwo\r\n\r\nthree\rfour");
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(split(bytes, [at])).toEqual(["one", "two", "", "three", "four"]);
    }
  });
});
