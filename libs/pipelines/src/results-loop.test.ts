import { fc, test as property } from "@fast-check/vitest";
import { HTTPCallError } from "@inference-ts/errors";
import { describe, expect, test } from "vitest";
import type { ConsumedResult, PipelineStatus } from "./answers.ts";
import {
  type PipelineResult,
  pipelineResults,
  type ResultsPorts,
  type ResultsTiming,
} from "./results-loop.ts";

const EMPTY: ConsumedResult = { status: "success", outputs: [], frames_metadata: [] };
const result = (id: number): ConsumedResult => ({
  status: "success",
  outputs: [{ id }],
  frames_metadata: [{ frame_timestamp: "t", frame_id: id, source_id: 0 }],
});
const httpError = (status: number) =>
  new HTTPCallError("refused", { status, method: "GET", url: "http://server", serverMessage: undefined });

interface World {
  readonly ports: ResultsPorts;
  readonly waits: number[];
  readonly asked: { consume: number; status: number };
}

/** Answers in order; the last one is repeated. */
function world(consumed: readonly (ConsumedResult | Error)[], states: readonly string[]): World {
  const asked = { consume: 0, status: 0 };
  const waits: number[] = [];
  let time = 0;
  return {
    asked,
    waits,
    ports: {
      consume: async () => {
        const answer = consumed[Math.min(asked.consume++, consumed.length - 1)] ?? EMPTY;
        if (answer instanceof Error) throw answer;
        return answer;
      },
      status: async (): Promise<PipelineStatus> => {
        const state = states[Math.min(asked.status++, states.length - 1)] ?? "RUNNING";
        return { status: "success", report: { sources_metadata: [{ state }] } };
      },
      sleep: async (ms) => {
        waits.push(ms);
        time += ms;
      },
      now: () => time,
    },
  };
}

async function collect(ports: ResultsPorts, timing: ResultsTiming = {}): Promise<PipelineResult[]> {
  const found: PipelineResult[] = [];
  for await (const item of pipelineResults(ports, timing)) found.push(item);
  return found;
}

test("asks at once while results come and ends when the sources have ended and nothing is left", async () => {
  const { ports, waits, asked } = world([EMPTY, result(1), result(2), EMPTY], ["ENDED"]);
  const found = await collect(ports);
  expect(found.map(({ index, frames }) => [index, frames[0]?.frame_id])).toEqual([
    [0, 1],
    [1, 2],
  ]);
  // One wait before the first result, and none between the two.
  expect(waits).toEqual([25, 25, 50, 100, 200, 400]);
  expect(asked.status).toBe(1);
});

test("results that arrive after the end are not lost", async () => {
  const { ports } = world([EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, result(9), EMPTY], ["ENDED"]);
  expect((await collect(ports)).map(({ frames }) => frames[0]?.frame_id)).toEqual([9]);
});

test("waits grow up to the longest one", async () => {
  const { ports, waits } = world([EMPTY], ["RUNNING"]);
  await expect(collect(ports, { minPollMs: 10, maxPollMs: 70, idleMs: 400 })).rejects.toMatchObject({
    code: "TIMEOUT",
    timeoutMs: 400,
  });
  expect(waits.slice(0, 5)).toEqual([10, 20, 40, 70, 70]);
});

test("a paused pipeline is not idle", async () => {
  const { ports } = world(
    [...Array.from({ length: 50 }, () => EMPTY), result(1), EMPTY],
    [...Array.from({ length: 48 }, () => "MUTED"), "ENDED"],
  );
  expect(await collect(ports, { idleMs: 1_000 })).toHaveLength(1);
});

describe("a pipeline that is gone", () => {
  test("ends the loop after it was there", async () => {
    const { ports } = world([result(1), httpError(404)], []);
    expect(await collect(ports)).toHaveLength(1);
  });

  test.each([
    ["was never there", [httpError(404)], 404],
    ["answers another error", [result(1), httpError(500)], 500],
  ])("is an error when it %s", async (_name, answers, status) => {
    await expect(collect(world(answers, []).ports)).rejects.toMatchObject({ status });
  });
});

property.prop([fc.array(fc.boolean(), { maxLength: 60 })])(
  "every result comes out once and in order, wherever empty answers stand between them",
  async (pattern) => {
    const answers = pattern.map((isResult, index) => (isResult ? result(index) : EMPTY));
    const gaps = pattern.length + 10;
    const { ports } = world([...answers, EMPTY], [...Array.from({ length: gaps }, () => "RUNNING"), "ENDED"]);
    const found = await collect(ports, { idleMs: null });
    expect(found.map(({ frames }) => frames[0]?.frame_id)).toEqual(
      pattern.flatMap((isResult, index) => (isResult ? [index] : [])),
    );
  },
);

test.each<ResultsTiming>([
  { minPollMs: 0 },
  { maxPollMs: Number.NaN },
  { maxPollMs: -1 },
  { idleMs: Number.NaN },
  { idleMs: 0 },
])(
  "%j is refused before the server is asked: it would be asked without a pause, or for ever",
  async (timing) => {
    const { ports, asked } = world([EMPTY, EMPTY, EMPTY, EMPTY, httpError(500)], ["RUNNING"]);
    await expect(collect(ports, timing)).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
    expect(asked.consume).toBe(0);
  },
);
