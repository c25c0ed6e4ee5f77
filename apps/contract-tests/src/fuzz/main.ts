/** Mutated answers for every decoder: `node --expose-gc --conditions=source apps/contract-tests/src/fuzz/main.ts [--count 100000]`. */
import { parseArgs } from "node:util";
import { DECODERS } from "./decoders.ts";
import { fuzzChannel } from "./fuzz-channel.ts";
import { fuzzDecoder } from "./fuzz-decoder.ts";
import { Random } from "./random.ts";
import { recordedMessages, recordedSeeds } from "./seeds.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
  },
});
const MB = 1024 * 1024;
/** What the client may hold on to after any number of answers. */
const MAX_HEAP_GROWTH_BYTES = 20 * MB;
/** What decoding may take in all: an answer that claims gigabytes must not get them. */
const MAX_PEAK_BYTES = 700 * MB;

/** Messages on the data channel of live video. */
const CHANNEL = "live video messages";

const count = Number(values.count);
const recorded = recordedSeeds();
let failed = 0;
let passed = 0;
for (const decoder of DECODERS) {
  if (values.only !== undefined && !decoder.name.includes(values.only)) continue;
  const startedAt = performance.now();
  const seeds = [...(recorded.get(decoder.route) ?? []), ...(decoder.seeds ?? [])];
  const {
    results,
    errors,
    faults,
    heapGrowthBytes = 0,
  } = await fuzzDecoder(decoder, seeds, count, Number(values.seed), globalThis.gc);
  const isGood = faults.length === 0 && results > 0 && heapGrowthBytes < MAX_HEAP_GROWTH_BYTES;
  if (isGood) passed += 1;
  else failed += 1;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(
    `${isGood ? "ok" : "FAILED"} ${decoder.name}: ${results} results, ${errors} errors, ` +
      `heap ${(heapGrowthBytes / MB).toFixed(1)} MB, ${seconds} s`,
  );
  for (const fault of faults) console.log(`   ${fault}`);
}
if (values.only === undefined || CHANNEL.includes(values.only)) {
  const startedAt = performance.now();
  const report = await fuzzChannel(recordedMessages(), count, new Random(Number(values.seed)), globalThis.gc);
  const { delivered, errors, ignored, sessions, mostHeldBytes, faults, heapGrowthBytes = 0 } = report;
  const isGood = faults.length === 0 && delivered > 0 && heapGrowthBytes < MAX_HEAP_GROWTH_BYTES;
  if (isGood) passed += 1;
  else failed += 1;
  console.log(
    `${isGood ? "ok" : "FAILED"} ${CHANNEL}: ${delivered} delivered, ${errors} errors, ${ignored} ignored, ` +
      `${sessions} sessions, held ${(mostHeldBytes / MB).toFixed(1)} MB, heap ${(heapGrowthBytes / MB).toFixed(1)} MB, ` +
      `${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  );
  for (const fault of faults) console.log(`   ${fault}`);
}
const peak = process.resourceUsage().maxRSS * 1024;
const isSmall = peak < MAX_PEAK_BYTES;
console.log(`${isSmall ? "ok" : "FAILED"} peak memory ${(peak / MB).toFixed(0)} MB`);
console.log(`${passed + (isSmall ? 1 : 0)} passed, ${failed + (isSmall ? 0 : 1)} failed`);
process.exitCode = failed === 0 && isSmall && passed > 0 ? 0 : 1;
