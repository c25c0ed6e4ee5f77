import * as fc from "fast-check";
import { expect, test } from "vitest";
import { RtcpPacketConverter, RtcpTransportLayerFeedback } from "werift";
import { writeNack } from "./nack.ts";

test("werift reads the same numbers out of it, over the end of 16 bits", () => {
  const steps = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 64 });
  fc.assert(
    fc.property(fc.integer({ min: 60_000, max: 65_535 }), steps, (start, gaps) => {
      let number = start;
      const sequences = gaps.map((gap) => {
        number += gap;
        return number & 0xffff;
      });
      const [packet, ...others] = RtcpPacketConverter.deSerialize(
        Buffer.from(writeNack(7, 2 ** 32 - 1, sequences)),
      );
      expect(others).toEqual([]);
      if (!(packet instanceof RtcpTransportLayerFeedback)) throw new Error("no feedback");
      expect(packet.feedback).toMatchObject({ senderSsrc: 7, mediaSourceSsrc: 2 ** 32 - 1 });
      expect("lost" in packet.feedback && packet.feedback.lost).toEqual(sequences);
    }),
  );
});
