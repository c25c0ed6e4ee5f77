import { KeyObject } from "node:crypto";
import { expect, test } from "vitest";
import { connectPair } from "../testing/peer-pair.ts";

test("both sides keep the keys of their records as key objects, and messages get through", async () => {
  const { offering, answeringConnection, channels, answerSeen, close } = await connectPair({ video: "none" });
  for (const { peer } of [offering.connection, answeringConnection]) {
    const [transport] = peer.dtlsTransports;
    const cipher = transport?.dtls?.cipher.cipher;
    expect(cipher?.clientWriteKey).toBeInstanceOf(KeyObject);
    expect(cipher?.serverWriteKey).toBeInstanceOf(KeyObject);
  }
  channels[0]?.send("hello");
  await answerSeen.until(() => answerSeen.messages.length === 1);
  expect(answerSeen.messages).toEqual(["hello"]);
  await close();
});
