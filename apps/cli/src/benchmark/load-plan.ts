import type { LoadContext, LoadLimits } from "./load-loops.ts";
import { closedLoop, type Fire, openLoop } from "./load-loops.ts";

/** What a benchmark sends. */
export interface LoadPlan extends LoadLimits {
  /** Closed loop: clients. Open loop: most requests at once. */
  readonly clients: number;
  /** Open loop: requests per second; `null` = closed loop. */
  readonly ratePerS: number | null;
  /** Pictures in a request. */
  readonly batch: number;
}

/** Runs the loop that a plan asks for. */
export function runLoad(plan: LoadPlan, context: LoadContext, fire: Fire): Promise<void> {
  const { ratePerS } = plan;
  return ratePerS === null ? closedLoop(plan, context, fire) : openLoop({ ...plan, ratePerS }, context, fire);
}
