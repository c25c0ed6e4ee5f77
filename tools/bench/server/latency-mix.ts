/** Requests after which the mix repeats; as many as the latency scenario sends in one run. */
export const MIX_LENGTH = 3_000;

const QUICK_MS = 30;
const SLOW_MS = 300;
/** Part of the answers that are slow. */
const SLOW_PART = 0.1;

/** Mean of the mix, in milliseconds. */
export const MEAN_LATENCY_MS = QUICK_MS * (1 - SLOW_PART) + SLOW_MS * SLOW_PART;

/**
 * Latencies in milliseconds in an order that is irregular but always the same. Any `MIX_LENGTH` requests in a row, wherever they begin,
 * meet exactly the same share of slow answers.
 */
export function latencyMix(): readonly number[] {
  const slow = Math.round(MIX_LENGTH * SLOW_PART);
  const mix: number[] = Array.from({ length: MIX_LENGTH }, (_, index) => (index < slow ? SLOW_MS : QUICK_MS));
  let state = 7;
  for (let at = mix.length - 1; at > 0; at--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (at + 1));
    [mix[at], mix[other]] = [mix[other] ?? QUICK_MS, mix[at] ?? QUICK_MS];
  }
  return mix;
}
