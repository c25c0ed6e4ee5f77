import {
  CONTENDER_NAMES,
  type ContenderName,
  type ContenderProcess,
  startContender,
} from "../contenders/contender-process.ts";
import { figure } from "../figure.ts";
import { pairwise } from "../statistics.ts";
import { interleave } from "./interleave.ts";
import { contenderSettings, type Scenario, scaled } from "./scenario.ts";

const WARM_UP_REQUESTS = 1_000;
const REQUESTS = 300;
/** Short turns: a disturbance that is longer than a turn then hits all contenders. */
const TURNS_PER_ROUND = 4;

export const sequential: Scenario = {
  name: "sequential",
  about: "one picture after the other, the server answers at once",
  run: async (context) => {
    const settings = contenderSettings(context, context.instantUrl);
    await using processes = new AsyncDisposableStack();
    const contenders = new Map<ContenderName, ContenderProcess>();
    // One after the other: where one cannot start, all that run are in the stack and end with it.
    for (const name of CONTENDER_NAMES) {
      contenders.set(name, processes.use(await startContender(name, settings)));
    }
    const perform = async (name: ContenderName, requests: number): Promise<number> => {
      const work = { pace: "one-by-one", requests, window: 1 } as const;
      const report = await contenders.get(name)?.perform(work);
      return (requests / (report?.durationMs ?? Number.NaN)) * 1000;
    };
    for (const name of CONTENDER_NAMES) await perform(name, scaled(WARM_UP_REQUESTS, context));
    const rates = await interleave(CONTENDER_NAMES, context.rounds * TURNS_PER_ROUND, (name) =>
      perform(name, scaled(REQUESTS, context)),
    );
    return [
      ...CONTENDER_NAMES.map((name) => figure(`sequential.${name}`, "req/s", rates(name))),
      figure("sequential.times-fetch", "x", pairwise(rates("sdk"), rates("fetch"))),
      figure("sequential.times-node:http", "x", pairwise(rates("sdk"), rates("node:http"))),
    ];
  },
};
