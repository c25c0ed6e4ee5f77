import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { FakePicture } from "../testing/fake-peer.ts";
import { Delivery } from "./delivery.ts";
import { SessionHandlers } from "./session-handlers.ts";
import { SharedPicture } from "./shared-picture.ts";

const make = (frames = 3, data = 3) => {
  const handlers = new SessionHandlers();
  const onFree = vi.fn();
  return { handlers, onFree, delivery: new Delivery(handlers, { frames, data }, onFree) };
};
const entry = (picture: FakePicture) => ({
  picture: new SharedPicture(picture),
  data: null,
  metadata: null,
  errors: [],
  timestampMs: null,
});
const item = (n: number) => ({ data: { n }, metadata: null, errors: [] });
const pictures = (count: number): FakePicture[] =>
  Array.from({ length: count }, (_, tag) => new FakePicture(tag * 3000, tag));

describe("pictures", () => {
  test("every picture is taken or dropped, exactly once, whoever reads how many", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(12),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(3),
        fc.boolean(),
        fc.array(fc.nat(6), { maxLength: 3 }),
        async (count, capacity, readers, hasHandler, reads) => {
          const { delivery, handlers } = make(capacity);
          const handled: number[] = [];
          if (hasHandler) handlers.onFrame((_image, _data, _metadata, { index }) => handled.push(index));
          const queues = Array.from({ length: readers }, () => delivery.openFrames());
          const all = pictures(count);
          for (const picture of all) delivery.frame(entry(picture));
          for (const [at, queue] of queues.entries()) {
            for (let read = 0; read < Math.min(reads[at] ?? 0, count, capacity); read += 1) {
              await delivery.nextFrame(queue);
            }
          }
          await delivery.settled();
          delivery.discard();
          delivery.end(undefined);
          for (const queue of queues) delivery.closeFrames(queue);
          for (const { taken, dropped } of all) expect(taken + dropped).toBe(1);
          expect(handled).toEqual([...handled].sort((a, b) => a - b));
          if (hasHandler) expect(handled.length).toBeLessThanOrEqual(count);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("several readers share one picture, and one that leaves takes it from nobody", async () => {
    const { delivery } = make();
    const [one, two] = [delivery.openFrames(), delivery.openFrames()];
    const picture = new FakePicture(0, 7);
    delivery.frame(entry(picture));
    delivery.closeFrames(one);
    const frame = await delivery.nextFrame(two);
    expect(frame).toMatchObject({ index: 0, image: { data: new Uint8Array(3).fill(7) } });
    expect([picture.taken, picture.dropped]).toEqual([1, 0]);
  });

  test("the newest wait for the first reader, and are let go once somebody takes only data", async () => {
    const { delivery, handlers } = make(2);
    const early = pictures(3);
    for (const picture of early) delivery.frame(entry(picture));
    expect(delivery.isBehind).toBe(true);
    const queue = delivery.openFrames();
    expect((await delivery.nextFrame(queue))?.index).toBe(1);
    expect((await delivery.nextFrame(queue))?.index).toBe(2);
    expect(delivery.isBehind).toBe(false);
    expect(delivery.counts().frames).toEqual({ received: 3, dropped: 1 });
    const other = make(2);
    const lost = new FakePicture(0);
    other.delivery.frame(entry(lost));
    other.handlers.onData(undefined, () => undefined);
    expect(other.delivery.isBehind).toBe(false);
    other.delivery.data(item(1));
    expect([lost.taken, lost.dropped]).toEqual([0, 1]);
    expect(handlers.takesItems).toBe(false);
  });

  test("one that cannot be read is reported and left out", async () => {
    const { delivery, handlers } = make();
    const problems: unknown[] = [];
    handlers.onProblem((problem) => problems.push(problem));
    const queue = delivery.openFrames();
    const broken = new FakePicture(0);
    broken.take = () => Promise.reject(new Error("no picture"));
    delivery.frame(entry(broken));
    delivery.frame(entry(new FakePicture(1)));
    expect((await delivery.nextFrame(queue))?.index).toBe(1);
    expect(problems).toMatchObject([{ kind: "message", error: { code: "INVALID_RESPONSE" } }]);
  });

  test("what waits at the end can be had when the connection is gone", async () => {
    const { delivery } = make();
    const queue = delivery.openFrames();
    const all = pictures(3);
    for (const picture of all) delivery.frame(entry(picture));
    await delivery.keepPictures();
    expect(all.map(({ taken }) => taken)).toEqual([1, 1, 1]);
    delivery.end(undefined);
    const indexes: (number | undefined)[] = [];
    for (let read = 0; read < 4; read += 1) indexes.push((await delivery.nextFrame(queue))?.index);
    expect(indexes).toEqual([0, 1, 2, undefined]);
    expect(all.map(({ taken }) => taken)).toEqual([1, 1, 1]);
  });
});

test("a picture of a browser that was kept and that nobody took is closed; one that was handed over is not", async () => {
  const { delivery } = make();
  const queue = delivery.openFrames();
  const closes = [0, 0];
  for (const at of [0, 1]) {
    const picture = new FakePicture(at);
    const image = {
      close: () => {
        closes[at] = (closes[at] ?? 0) + 1;
      },
    };
    picture.take = async () => ({ kind: "native", image, width: 1, height: 1 });
    delivery.frame(entry(picture));
  }
  await delivery.keepPictures();
  expect((await delivery.nextFrame(queue))?.index).toBe(0);
  delivery.closeFrames(queue);
  await Promise.resolve();
  expect(closes).toEqual([0, 1]);
});

describe("data", () => {
  test("readers that are opened late get what came before, then the end; later ones the end", async () => {
    const { delivery } = make();
    delivery.data(item(1));
    delivery.data(item(2));
    const queue = delivery.openData();
    delivery.end(undefined);
    expect([await delivery.nextData(queue), await delivery.nextData(queue)]).toEqual([item(1), item(2)]);
    expect(await delivery.nextData(queue)).toBeUndefined();
    expect(await delivery.nextData(delivery.openData())).toBeUndefined();
  });

  test("every reader gets the error once, after what waits", async () => {
    const { delivery } = make();
    const [one, two] = [delivery.openData(), delivery.openData()];
    delivery.data(item(1));
    const error = new Error("lost");
    delivery.end(error);
    for (const queue of [one, two]) {
      expect(await delivery.nextData(queue)).toEqual(item(1));
      await expect(delivery.nextData(queue)).rejects.toBe(error);
      expect(await delivery.nextData(queue)).toBeUndefined();
    }
  });

  test("slow handlers hold the worker back, and catching up is told", async () => {
    const { delivery, handlers, onFree } = make();
    const gate = Promise.withResolvers<void>();
    handlers.onData(undefined, () => gate.promise);
    delivery.data(item(1));
    expect(delivery.isBehind).toBe(true);
    onFree.mockClear();
    gate.resolve();
    await delivery.settled();
    expect(delivery.isBehind).toBe(false);
    expect(onFree).toHaveBeenCalled();
  });

  test("handlers of one output get the frames that have it, in the order of the outputs; the others get all", () => {
    const { delivery, handlers } = make();
    const got: unknown[] = [];
    const stop = handlers.onData(undefined, (data) => got.push(data));
    handlers.onData("n", (n, _metadata, { errors }) => got.push([n, errors]));
    delivery.data(item(1));
    delivery.data({ ...item(0), data: null });
    delivery.data({ ...item(0), data: [1, 2] });
    stop();
    delivery.data(item(2));
    expect(got).toEqual([{ n: 1 }, [1, []], null, [1, 2], [2, []]]);
    handlers.onData("a", (a) => got.push(a));
    got.length = 0;
    delivery.data(item(3), { n: 3, a: "picture" });
    delivery.data(item(4), { a: "picture", n: 4 });
    expect(got).toEqual([[3, []], "picture", "picture", [4, []]]);
  });
});
