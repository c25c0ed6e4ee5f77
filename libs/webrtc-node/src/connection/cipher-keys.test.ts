import { KeyObject } from "node:crypto";
import { expect, test } from "vitest";
import { paintFrame } from "../testing/painted-frame.ts";
import { connectPair } from "../testing/peer-pair.ts";

test("both sides keep their keys as key objects, and messages and frames get through", async () => {
  const { offering, answeringConnection, channels, answerSeen, offerSeen, frames, close } = await connectPair(
    {
      release: "marker",
    },
  );
  for (const { peer } of [offering.connection, answeringConnection]) {
    const [transport] = peer.dtlsTransports;
    const records = transport?.dtls?.cipher.cipher;
    expect(records?.clientWriteKey).toBeInstanceOf(KeyObject);
    expect(records?.serverWriteKey).toBeInstanceOf(KeyObject);
    for (const session of [transport?.srtp, transport?.srtcp]) {
      expect(session?.localContext.cipher.srtpSessionKey).toBeInstanceOf(KeyObject);
      expect(session?.remoteContext.cipher.srtcpSessionKey).toBeInstanceOf(KeyObject);
    }
  }
  channels[0]?.send("hello");
  await frames?.send(paintFrame(5));
  await answerSeen.until(() => answerSeen.messages.length === 1);
  await offerSeen.until(() => offerSeen.pictures.length === 1);
  expect(answerSeen.messages).toEqual(["hello"]);
  expect(offerSeen.pictures.map(({ number }) => number)).toEqual([5]);
  await close();
});

test("a connection without media has no keys for it", async () => {
  const { channels, answerSeen, close } = await connectPair({ video: "none" });
  channels[0]?.send("hello");
  await answerSeen.until(() => answerSeen.messages.length === 1);
  await close();
});
