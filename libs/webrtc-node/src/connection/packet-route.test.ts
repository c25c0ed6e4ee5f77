import { afterEach, expect, test } from "vitest";
import { paintFrame } from "../testing/painted-frame.ts";
import { connectPair, type PeerPair } from "../testing/peer-pair.ts";

const pairs: PeerPair[] = [];
afterEach(async () => {
  await Promise.all(pairs.splice(0).map((pair) => pair.close()));
});

interface Arrived {
  readonly sequence: number;
  readonly timestamp: number;
  readonly bytes: number;
}

/** A pair, and the packets of the offering side's track in the order in which they arrive. */
async function watchedPair() {
  const arrived: Arrived[] = [];
  const pair = await connectPair({
    release: "marker",
    onPicture: (picture) => pair.answerSeen.read(picture),
    onConnection: (connection, side) => {
      if (side !== "answer") return;
      const [transceiver] = connection.peer.getTransceivers();
      for (const track of transceiver?.receiver.tracks ?? []) {
        track.onReceiveRtp.subscribe(({ header, payload }) => {
          arrived.push({
            sequence: header.sequenceNumber,
            timestamp: header.timestamp,
            bytes: payload.length,
          });
        });
      }
    },
  });
  pairs.push(pair);
  if (pair.frames === undefined) throw new Error("no frames");
  return { ...pair, frames: pair.frames, arrived };
}

const fillers = (arrived: readonly Arrived[]) => arrived.slice(2).filter(({ bytes }) => bytes === 0);

test("as long as nothing is lost, no packet is empty between the beginning and the end", async () => {
  const { frames, arrived, answerSeen } = await watchedPair();
  for (let number = 0; number < 8; number++) await frames.send(paintFrame(number));
  await answerSeen.until(() => answerSeen.pictures.length === 8);
  expect(arrived.slice(0, 3).map(({ bytes }) => bytes === 0)).toEqual([true, true, false]);
  expect(new Set(arrived.slice(0, 3).map(({ timestamp }) => timestamp)).size).toBe(1);
  expect(fillers(arrived)).toEqual([]);
  await frames.finish();
  await answerSeen.trackEnded.promise;
  const last = fillers(arrived);
  expect(last.length).toBeGreaterThanOrEqual(10);
  // Each pair comes the wrong way round, so that a receiver asks again for all it lacks.
  expect(((last[0]?.sequence ?? 0) - (last[1]?.sequence ?? 0)) & 0xffff).toBe(1);
  expect(answerSeen.pictures.map(({ number }) => number).slice(0, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test("after a loss every frame brings a packet that is missing for a moment, and none is lost for it", async () => {
  const { frames, arrived, answerSeen, offering } = await watchedPair();
  await frames.send(paintFrame(0));
  const ice = offering.connection.peer.dtlsTransports[0]?.iceTransport.connection;
  if (ice === undefined) throw new Error("no transport");
  const { send } = ice;
  let toLose = 1;
  ice.send = (data) => {
    const isMedia = (data[0] ?? 0) >= 128 && (data[1] ?? 0) < 192;
    return isMedia && toLose-- > 0 ? Promise.resolve() : send(data);
  };
  for (let number = 1; number < 20; number++) await frames.send(paintFrame(number));
  await answerSeen.until(() => answerSeen.pictures.length === 20);
  expect(answerSeen.pictures.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, at) => at));
  const firsts = fillers(arrived).filter(
    ({ sequence }, at, all) => all.findIndex((one) => one.sequence === sequence) === at,
  );
  expect(firsts.length).toBeGreaterThan(5);
  for (const filler of firsts) {
    const at = arrived.indexOf(filler);
    const before = arrived[at - 1];
    // Its number is below that of the packet it follows, and its time is that of the frame.
    expect(((before?.sequence ?? 0) - filler.sequence) & 0xffff).toBe(1);
    expect(before?.timestamp).toBe(filler.timestamp);
  }
});
