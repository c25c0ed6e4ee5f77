import * as fc from "fast-check";
import { expect, test } from "vitest";
import { RtcpRrPacket } from "werift";
import { holdsGoodbye, writeGoodbye } from "./goodbye.ts";
import { writeNack } from "./nack.ts";

test("a goodbye is found alone and behind other packets", () => {
  const goodbye = writeGoodbye(0xfedcba98);
  expect([...goodbye]).toEqual([0x81, 203, 0, 1, 0xfe, 0xdc, 0xba, 0x98]);
  const report = new RtcpRrPacket({ ssrc: 1 }).serialize();
  expect(holdsGoodbye(goodbye)).toBe(true);
  expect(holdsGoodbye(Buffer.concat([report, writeNack(1, 2, [3]), goodbye]))).toBe(true);
  expect(holdsGoodbye(Buffer.concat([report, writeNack(203, 203, [203])]))).toBe(false);
});

test("noise is read to its end", () => {
  fc.assert(fc.property(fc.uint8Array(), (noise) => typeof holdsGoodbye(noise) === "boolean"));
});
