import type { Programs } from "../compile-programs.ts";
import type { ContenderSettings } from "../contenders/contender-process.ts";
import type { Figure } from "../figure.ts";
import type { PythonSdk } from "../python/python-sdk.ts";

/** What a scenario is run with. */
export interface BenchContext {
  /** Rounds in which every contender has its turn. */
  readonly rounds: number;
  /** Part of the usual number of requests, 1 for a real measurement. */
  readonly scale: number;
  readonly instantUrl: string;
  readonly mixUrl: string;
  readonly pictureFile: string;
  readonly programs: Programs;
  /** Options of Node for the contenders' processes. */
  readonly nodeOptions: readonly string[];
  /** `null` when it is not measured. */
  readonly python: PythonSdk | null;
  /** Where numpy, pycocotools and OpenCV are installed to be measured too; `null` when they are not. */
  readonly packagesDir: string | null;
}

/** One thing that is measured. */
export interface Scenario {
  readonly name: string;
  /** What is measured, in one line. */
  readonly about: string;
  run(context: BenchContext): Promise<readonly Figure[]>;
}

/** Number of requests of a scenario, at least one. */
export function scaled(requests: number, { scale }: BenchContext): number {
  return Math.max(1, Math.round(requests * scale));
}

/**
 * What a contender's process needs from the context.
 *
 * @param nodeOptions - Further options of Node.
 */
export function contenderSettings(
  { pictureFile, programs, nodeOptions }: BenchContext,
  url: string,
  ...more: readonly string[]
): ContenderSettings {
  return { program: programs.contender, url, pictureFile, nodeOptions: [...nodeOptions, ...more] };
}
