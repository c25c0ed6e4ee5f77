import { startContender } from "../contenders/contender-process.ts";
import { type Figure, figure, megabytes } from "../figure.ts";
import { pairwise } from "../statistics.ts";
import { interleave } from "./interleave.ts";
import { type BenchContext, contenderSettings, type Scenario, scaled } from "./scenario.ts";

const WINDOW = 16;
const FEW = 1_000;
const MANY = 10_000;

/**
 * V8 lets its young generation grow with all that was ever allocated, up to 3 x 32 MB, whatever a program keeps; bare `node:http`
 * grows like that too. Held at a fixed size, what is left is what the package keeps: that is gated. Without the limit the growth of the
 * process is shown beside it.
 */
const FIXED_YOUNG_GENERATION = ["--min-semi-space-size=8", "--max-semi-space-size=8"];

export const memory: Scenario = {
  name: "memory",
  about: `peak memory of inferEach over ${MANY} pictures against ${FEW}, window ${WINDOW}, a fresh process each`,
  run: async (context) => [
    ...(await measure("memory", FIXED_YOUNG_GENERATION, context)),
    ...(await measure("memory.default-heap", [], context)),
  ],
};

async function measure(
  prefix: string,
  heapOptions: readonly string[],
  context: BenchContext,
): Promise<readonly Figure[]> {
  const settings = contenderSettings(context, context.instantUrl, ...heapOptions);
  const peaks = await interleave(["few", "many"], context.rounds, async (amount) => {
    await using contender = await startContender("sdk", settings);
    const requests = scaled(amount === "few" ? FEW : MANY, context);
    const { peakBytes } = await contender.perform({ pace: "list", requests, window: WINDOW });
    return megabytes(peakBytes);
  });
  return [
    figure(`${prefix}.peak-${FEW}`, "MB", peaks("few")),
    figure(`${prefix}.peak-${MANY}`, "MB", peaks("many")),
    figure(
      `${prefix}.growth`,
      "MB",
      pairwise(peaks("many"), peaks("few"), (many, few) => many - few),
    ),
  ];
}
