import { InferenceHTTPClient, isInferenceError, type Transport } from "@inference-ts/sdk/node";
import type { Decoder } from "./decoders.ts";
import { type MutatedAnswer, mutate } from "./mutate.ts";
import { Random } from "./random.ts";

/** What came of many mutated answers. */
export interface FuzzReport {
  readonly results: number;
  readonly errors: number;
  /** Anything else: what was thrown, with the answer that made it. */
  readonly faults: readonly string[];
  /** Growth of the heap from the first tenth to the end, after collection; `undefined` where it cannot be collected. */
  readonly heapGrowthBytes: number | undefined;
}

const MAX_FAULTS = 5;

/** Feeds mutated answers through the client. The same seed gives the same answers. */
export async function fuzzDecoder(
  decoder: Decoder,
  seeds: readonly unknown[],
  count: number,
  seed: number,
  collect?: () => void,
): Promise<FuzzReport> {
  const random = new Random(seed);
  let answer: MutatedAnswer = { status: 200, headers: {}, bytes: Buffer.from("{}") };
  const client = new InferenceHTTPClient({
    apiUrl: "http://fuzzed.test",
    apiKey: "key-of-fuzzing-0123456789",
    apiMode: decoder.apiMode ?? "v1",
    retry: { maxAttempts: 1 },
    timeoutMs: null,
    transport: answering(decoder, () => answer),
  });
  let [results, errors] = [0, 0];
  const faults: string[] = [];
  let heapAtStart: number | undefined;
  const warmUp = Math.ceil(count / 10);
  for (let round = 0; round < count && faults.length < MAX_FAULTS; round += 1) {
    answer = mutate(random.pick(seeds), random);
    try {
      await decoder.run(client);
      results += 1;
    } catch (error) {
      if (isInferenceError(error)) errors += 1;
      else faults.push(faultOf(error, answer));
    }
    if (round + 1 === warmUp) heapAtStart = heapAfter(collect);
  }
  const heapAtEnd = heapAfter(collect);
  await client.close();
  const heapGrowthBytes =
    heapAtStart === undefined || heapAtEnd === undefined ? undefined : heapAtEnd - heapAtStart;
  return { results, errors, faults, heapGrowthBytes };
}

function heapAfter(collect: (() => void) | undefined): number | undefined {
  if (collect === undefined) return undefined;
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function faultOf(error: unknown, { status, headers, bytes }: MutatedAnswer): string {
  const text =
    error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 4).join(" ") : String(error);
  return `${text} for ${status} ${JSON.stringify(headers)} ${Buffer.from(bytes).toString("utf8").slice(0, 600)}`;
}

/** Gives the mutated answer; the question about the model before it is answered rightly. */
function answering({ route, task }: Decoder, current: () => MutatedAnswer): Transport {
  const registry = Buffer.from(JSON.stringify({ models: [{ model_id: "colours/1", task_type: task }] }));
  const info = Buffer.from('{"name":"x","version":"1.8.3","uuid":"u"}');
  return {
    name: "fuzzed",
    send: async (request) => {
      const path = new URL(request.url).pathname;
      const isQuestion = path === "/model/registry" && route !== "/model/registry";
      const isInfo = path === "/info" && route !== "/info";
      const { status, headers, bytes } =
        isQuestion || isInfo ? { status: 200, headers: {}, bytes: isInfo ? info : registry } : current();
      const given: Readonly<Record<string, string>> = headers;
      return {
        status,
        header: (name) => given[name.toLowerCase()] ?? null,
        bytes: async () => bytes,
        stream: async function* () {
          yield bytes;
        },
        discard: () => {},
      };
    },
    close: async () => {},
  };
}
