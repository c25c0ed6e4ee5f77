import { CONTENDER_NAMES, type ContenderName, startContender } from "../contenders/contender-process.ts";
import { figure } from "../figure.ts";
import { PYTHON_WAYS, type PythonWay } from "../python/python-sdk.ts";
import { MEAN_LATENCY_MS, MIX_LENGTH } from "../server/latency-mix.ts";
import { pairwise } from "../statistics.ts";
import { interleave } from "./interleave.ts";
import { type BenchContext, contenderSettings, type Scenario, scaled } from "./scenario.ts";

const WINDOW = 32;
const WARM_UP_REQUESTS = 500;
/** No client can be quicker with this window: Little's law. */
const LIMIT_PER_SECOND = (WINDOW / MEAN_LATENCY_MS) * 1000;

export const latency: Scenario = {
  name: "latency",
  about: `${MIX_LENGTH} pictures, window ${WINDOW}, 30 ms for 90 % and 300 ms for 10 % of the answers`,
  run: async (context) => {
    const requests = scaled(MIX_LENGTH, context);
    const { python } = context;
    const pythonWays = python === null ? [] : PYTHON_WAYS;
    const tasks = new Map<string, () => Promise<number>>([
      ...CONTENDER_NAMES.map((name) => [name, () => measureContender(name, requests, context)] as const),
      ...pythonWays.map((way) => [`python-${way}`, () => measurePython(way, requests, context)] as const),
    ]);
    const names = [...tasks.keys()];
    const rates = await interleave(names, context.rounds, (name) => tasks.get(name)?.() ?? Promise.reject());
    const ofLimit = rates("sdk").map((rate) => (rate / LIMIT_PER_SECOND) * 100);
    return [
      ...names.map((name) => figure(`latency.${name}`, "req/s", rates(name))),
      figure("latency.of-limit", "%", ofLimit),
      ...pythonWays.map((way) =>
        figure(`latency.times-python-${way}`, "x", pairwise(rates("sdk"), rates(`python-${way}`))),
      ),
    ];
  },
};

async function measurePython(way: PythonWay, requests: number, context: BenchContext): Promise<number> {
  const { python, mixUrl: url, pictureFile } = context;
  if (python === null) throw new Error("The Python SDK is not installed.");
  const durationMs = await python.measureMs({ way, url, pictureFile, requests, window: WINDOW });
  return (requests / durationMs) * 1000;
}

async function measureContender(
  name: ContenderName,
  requests: number,
  context: BenchContext,
): Promise<number> {
  await using contender = await startContender(name, contenderSettings(context, context.mixUrl));
  const work = { pace: "list", window: WINDOW } as const;
  await contender.perform({ ...work, requests: scaled(WARM_UP_REQUESTS, context) });
  const { durationMs } = await contender.perform({ ...work, requests });
  return (requests / durationMs) * 1000;
}
