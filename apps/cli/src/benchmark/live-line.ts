import type { Clock, Terminal } from "../terminal.ts";
import type { Measurements } from "./measurements.ts";

const CLEAR_LINE = "\r\u001b[2K";

/** Time between two lines, in milliseconds: on a screen, where the line is rewritten, and in a log. */
const LIVE_PERIOD_MS = { screen: 1_000, log: 5_000 } as const;

/** Shows on stderr how a load goes, until the returned function is called. */
export function showLive(
  name: string,
  measured: Measurements,
  { stderr, clock }: Pick<Terminal, "stderr"> & { readonly clock: Clock },
  { inPlace }: { readonly inPlace: boolean },
): () => void {
  const startedAtMs = clock.now();
  const line = (): string => {
    const { latency, finished, failed, requestsPerS } = measured;
    const summary = latency.summary();
    const times =
      summary === null ? "" : `, p50 ${summary.p50.toFixed(1)} ms, p99 ${summary.p99.toFixed(1)} ms`;
    const seconds = ((clock.now() - startedAtMs) / 1000).toFixed(0);
    return `${name} ${seconds} s: ${finished} done, ${failed} failed, ${requestsPerS.toFixed(1)}/s${times}`;
  };
  const periodMs = inPlace ? LIVE_PERIOD_MS.screen : LIVE_PERIOD_MS.log;
  const stop = clock.every(
    periodMs,
    () => void stderr.write(inPlace ? `${CLEAR_LINE}${line()}` : `${line()}\n`),
  );
  return () => {
    stop();
    if (inPlace) stderr.write(CLEAR_LINE);
  };
}
