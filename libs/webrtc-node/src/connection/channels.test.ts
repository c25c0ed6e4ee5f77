import { ClosedError, InvalidParameterError } from "@inference-ts/errors";
import { afterEach, expect, test } from "vitest";
import { connectPair, type PairOptions, type PeerPair } from "../testing/peer-pair.ts";
import { QUIET_CHANNEL } from "../testing/quiet-events.ts";

const pairs: PeerPair[] = [];
async function connected(options: PairOptions = {}): Promise<PeerPair> {
  const pair = await connectPair({ video: "none", ...options });
  pairs.push(pair);
  return pair;
}
afterEach(async () => {
  await Promise.all(pairs.splice(0).map((pair) => pair.close()));
});

const bytes = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, at) => (at * 31 + seed) & 255);

test("messages go both ways, whole and in order, up to 200 kB", async () => {
  const { channels, opened, offerSeen, answerSeen } = await connected();
  const messages = ["text ü", bytes(1, 1), bytes(49_160, 2), bytes(200_000, 3), "end"];
  for (const message of messages) {
    channels[0]?.send(message);
    opened[0]?.send(message);
  }
  for (const seen of [offerSeen, answerSeen]) {
    await seen.until(() => seen.messages.length === messages.length);
    expect(seen.messages.map((message) => (typeof message === "string" ? message : [...message]))).toEqual(
      messages.map((message) => (typeof message === "string" ? message : [...message])),
    );
  }
  expect(opened[0]?.label).toBe("inference");
});

test("bytes may be used again once they are sent", async () => {
  const { channels, answerSeen } = await connected();
  const reused = bytes(50_000, 1);
  channels[0]?.send(reused);
  reused.fill(0);
  await answerSeen.until(() => answerSeen.messages.length === 1);
  expect(answerSeen.messages[0]).toEqual(Buffer.from(bytes(50_000, 1)));
});

test("several channels keep apart", async () => {
  const { opened, channels, answerSeen } = await connected({ channels: ["inference", "video_upload"] });
  channels[1]?.send("for the upload");
  await answerSeen.until(() => answerSeen.messages.length === 1);
  expect(opened.map(({ label }) => label).sort()).toEqual(["inference", "video_upload"]);
});

test("an empty message is refused, and those after it still come", async () => {
  const { channels, opened, offerSeen, answerSeen } = await connected();
  for (const channel of [channels[0], opened[0]]) {
    expect(() => channel?.send("")).toThrow(InvalidParameterError);
    expect(() => channel?.send(new Uint8Array())).toThrow("is empty");
    channel?.send("after");
  }
  for (const seen of [offerSeen, answerSeen]) {
    await seen.until(() => seen.messages.length === 1);
    expect(seen.messages).toEqual(["after"]);
  }
});

test("a message that is too long for the other side is refused", async () => {
  const { channels, answerSeen } = await connected();
  expect(() => channels[0]?.send(new Uint8Array(262_145))).toThrow("262145 bytes");
  channels[0]?.send(new Uint8Array(262_144));
  await answerSeen.until(() => answerSeen.messages.length === 1);
  expect(answerSeen.messages[0]).toHaveLength(262_144);
});

test("what waits to be sent is counted down to nothing", async () => {
  const { channels, answerSeen } = await connected();
  const [channel] = channels;
  for (let count = 0; count < 5; count++) channel?.send(bytes(49_160, count));
  expect(channel?.bufferedBytes).toBeGreaterThan(49_160);
  await answerSeen.until(() => answerSeen.messages.length === 5);
  await expect.poll(() => channel?.bufferedBytes).toBe(0);
});

test("before it is open and after it is closed nothing can be sent", async () => {
  const { channels, offering } = await connected();
  await offering.close();
  expect(channels[0]?.isOpen).toBe(false);
  expect(() => channels[0]?.send("late")).toThrow(ClosedError);
  expect(() => offering.openChannel("later", QUIET_CHANNEL)).toThrow(ClosedError);
});
