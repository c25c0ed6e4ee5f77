import { CONTENDER_NAMES, type ContenderName, startContender } from "../contenders/contender-process.ts";
import { type Figure, figure, megabytes } from "../figure.ts";
import { pairwise } from "../statistics.ts";
import { interleave } from "./interleave.ts";
import { contenderSettings, type Scenario, scaled } from "./scenario.ts";

const WINDOW = 16;
const WARM_UP_REQUESTS = 1_000;
const REQUESTS = 3_000;

/**
 * Memory is the peak of the whole process, from its start: what a container must be given. Every measurement has a fresh process. What
 * Node itself takes is in both sides of the gated ratio, to the disadvantage of the smaller one; the part above the idle process is
 * shown beside it.
 */
export const concurrent: Scenario = {
  name: "concurrent",
  about: `${WINDOW} requests in flight, the server answers at once; memory is the peak of the process`,
  run: async (context) => {
    const settings = contenderSettings(context, context.instantUrl);
    const reports = await interleave(CONTENDER_NAMES, context.rounds, async (name) => {
      await using contender = await startContender(name, settings);
      const work = { pace: "side-by-side", window: WINDOW } as const;
      await contender.perform({ ...work, requests: scaled(WARM_UP_REQUESTS, context) });
      const requests = scaled(REQUESTS, context);
      const { durationMs, peakBytes, idleBytes } = await contender.perform({ ...work, requests });
      return {
        rate: (requests / durationMs) * 1000,
        peak: megabytes(peakBytes),
        aboveIdle: megabytes(peakBytes - idleBytes),
      };
    });
    const rates = (name: ContenderName) => reports(name).map((report) => report.rate);
    const peaks = (name: ContenderName) => reports(name).map((report) => report.peak);
    const aboveIdle = (name: ContenderName) => reports(name).map((report) => report.aboveIdle);
    const percent = (part: number, whole: number) => (part / whole) * 100;
    return [
      ...CONTENDER_NAMES.flatMap((name): Figure[] => [
        figure(`concurrent.${name}`, "req/s", rates(name)),
        figure(`concurrent.${name}.peak-memory`, "MB", peaks(name)),
        figure(`concurrent.${name}.peak-memory-above-idle`, "MB", aboveIdle(name)),
      ]),
      figure("concurrent.times-fetch", "x", pairwise(rates("sdk"), rates("fetch"))),
      figure("concurrent.times-node:http", "x", pairwise(rates("sdk"), rates("node:http"))),
      figure("concurrent.memory-of-fetch", "%", pairwise(peaks("sdk"), peaks("fetch"), percent)),
      figure(
        "concurrent.memory-of-fetch-above-idle",
        "%",
        pairwise(aboveIdle("sdk"), aboveIdle("fetch"), percent),
      ),
    ];
  },
};
