import type { InferenceHTTPClient } from "@inference-ts/sdk/node";
import { expect, test } from "vitest";
import { DECODERS } from "./decoders.ts";
import { fuzzChannel } from "./fuzz-channel.ts";
import { fuzzDecoder } from "./fuzz-decoder.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";
import { recordedMessages, recordedSeeds } from "./seeds.ts";

const recorded = recordedSeeds();
const COUNT = 250;

test.each(DECODERS)(`${COUNT} mutated answers of $name give results or typed errors`, async (decoder) => {
  const seeds = [...(recorded.get(decoder.route) ?? []), ...(decoder.seeds ?? [])];
  expect(seeds.length).toBeGreaterThan(0);
  const { results, errors, faults } = await fuzzDecoder(decoder, seeds, COUNT, 7);
  expect(faults).toEqual([]);
  expect(results).toBeGreaterThan(0);
  expect(results + errors).toBe(COUNT);
});

test("mutated messages of a live video worker are delivered, told as typed errors, or counted", async () => {
  const messages = recordedMessages();
  expect(messages.length).toBeGreaterThan(10);
  const { faults, delivered, errors, ignored } = await fuzzChannel(messages, 2000, new Random(7));
  expect(faults).toEqual([]);
  expect(Math.min(delivered, errors, ignored)).toBeGreaterThan(50);
});

test("the same seed gives the same answers, another seed others", () => {
  const run = (seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: 50 }, () => mutate({ a: [1, { b: 2 }] }, random));
  };
  expect(run(3)).toEqual(run(3));
  expect(run(3)).not.toEqual(run(4));
});

test("what is no error of ours is found", async () => {
  const broken = {
    name: "broken",
    route: "/info",
    run: (_client: InferenceHTTPClient) => Promise.reject(new TypeError("not ours")),
  };
  expect((await fuzzDecoder(broken, [{}], 10, 1)).faults[0]).toContain("not ours");
});
