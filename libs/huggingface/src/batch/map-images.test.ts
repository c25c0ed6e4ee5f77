import { InvalidParameterError } from "@inference-ts/errors";
import { expect, test } from "vitest";
import { PNG, scriptedClient } from "../testing/scripted-client.ts";
import { mapImages } from "./map-images.ts";

test("many pictures, in order, one that fails among them", async () => {
  const { client } = scriptedClient([{ json: [] }], { model: "http://127.0.0.1:1" });
  const found: [number, boolean][] = [];
  for await (const { index, ok } of mapImages([PNG, "no picture", PNG], (image, signal) =>
    client.objectDetection(image, { signal }),
  )) {
    found.push([index, ok]);
  }
  expect(found).toEqual([
    [0, true],
    [1, false],
    [2, true],
  ]);
});

test("no more at once than wanted, and those under way are ended with the loop", async () => {
  let running = 0;
  let most = 0;
  const ended: number[] = [];
  const work = (image: number, signal: AbortSignal): Promise<number> =>
    new Promise((resolve, reject) => {
      running += 1;
      most = Math.max(most, running);
      const leave = (): void => {
        running -= 1;
      };
      if (image === 0) setImmediate(() => [leave(), resolve(image)]);
      else signal.addEventListener("abort", () => [leave(), ended.push(image), reject(signal.reason)]);
    });
  for await (const { index } of mapImages([0, 1, 2, 3, 4], work, { concurrency: 2 })) {
    expect(index).toBe(0);
    break;
  }
  expect(most).toBe(2);
  expect(ended.length).toBeGreaterThan(0);
  expect(running).toBe(0);
});

test("a bad number is refused", () => {
  expect(() => mapImages([], async () => 1, { concurrency: 0 })).toThrow(InvalidParameterError);
});
