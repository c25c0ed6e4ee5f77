import { median } from "./statistics.ts";

/** What a value counts. `x` is a ratio of two contenders. */
export type Unit = "x" | "req/s" | "MB" | "kB" | "ms" | "%";

/** One measured quantity of a scenario. */
export interface Figure {
  /** Unique among all scenarios, such as `sequential.times-fetch`; gates refer to it. */
  readonly name: string;
  readonly unit: Unit;
  /** The median of the samples. */
  readonly value: number;
  /** In the order in which they were measured. */
  readonly samples: readonly number[];
  /** What explains the value; printed beside it. */
  readonly note?: string;
}

export function figure(name: string, unit: Unit, samples: readonly number[]): Figure {
  return { name, unit, value: median(samples), samples };
}

/** Bytes as the megabytes of the figures (1 MB = 1,000,000 bytes). */
export function megabytes(bytes: number): number {
  return bytes / 1e6;
}
