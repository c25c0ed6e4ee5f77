import { spawn } from "node:child_process";
import { once } from "node:events";
import { figure } from "../figure.ts";
import { pairwise } from "../statistics.ts";
import { interleave } from "./interleave.ts";
import { type BenchContext, type Scenario, scaled } from "./scenario.ts";

const RUNS_PER_ROUND = 6;

/** Programs that do nothing but start. */
const PROGRAMS = {
  empty: "",
  sdk: 'import "@inference-ts/sdk";',
  "sdk/node": 'import "@inference-ts/sdk/node";',
} as const;
const NAMES = ["empty", "sdk", "sdk/node"] as const;

export const startUp: Scenario = {
  name: "start-up",
  about: "what importing the package adds to a program's run time, from start to exit",
  run: async (context) => {
    for (const name of NAMES) await runOnce(PROGRAMS[name], context);
    const runs = scaled(context.rounds * RUNS_PER_ROUND, context);
    const times = await interleave(NAMES, runs, (name) => runOnce(PROGRAMS[name], context));
    const added = (name: "sdk" | "sdk/node") => pairwise(times(name), times("empty"), (a, b) => a - b);
    return [
      figure("start-up.empty", "ms", times("empty")),
      figure("start-up.sdk", "ms", added("sdk")),
      figure("start-up.sdk/node", "ms", added("sdk/node")),
    ];
  },
};

/** Wall-clock time of a whole process, in milliseconds. */
async function runOnce(program: string, { nodeOptions }: BenchContext): Promise<number> {
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, "--input-type=module", "--eval", program], {
    // Package names are resolved from here.
    cwd: import.meta.dirname,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [exitCode] = await once(child, "exit");
  if (exitCode !== 0) throw new Error(`A program of one line ended with exit code ${exitCode}: ${program}`);
  return performance.now() - startedAt;
}
