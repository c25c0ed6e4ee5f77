/** How many values are kept one by one; 0.8 MB. */
const EXACT_LIMIT = 100_000;

/** Values below this many microseconds have a bucket each; above, buckets grow with the value. */
const LINEAR_BUCKETS = 2_048;
const BUCKETS_PER_OCTAVE = LINEAR_BUCKETS / 2;
const LINEAR_BITS = Math.log2(LINEAR_BUCKETS);
/** Twelve days; what takes longer counts as that long in percentiles. */
const LARGEST_BITS = 40;

/** The percentiles of a summary. */
export const PERCENTILES = [50, 75, 90, 95, 99] as const;

/** What is told about a set of times, in milliseconds. */
export interface TimeSummary {
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * Collects times in bounded memory. Up to 100,000 values every percentile is one of them, exactly; beyond that, values fall into
 * buckets and a percentile is at most 0.1 % (and one microsecond) too large, never too small. Count, mean, least and largest value are always exact.
 */
export class LatencyRecorder {
  readonly #exactLimit: number;
  #values: Float64Array<ArrayBuffer> | null = new Float64Array(64);
  #isSorted = true;
  #buckets: Float64Array<ArrayBuffer> | null = null;
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;

  constructor({ exactLimit = EXACT_LIMIT }: { readonly exactLimit?: number } = {}) {
    this.#exactLimit = exactLimit;
  }

  get count(): number {
    return this.#count;
  }

  /** Whether percentiles are exact. */
  get isExact(): boolean {
    return this.#values !== null;
  }

  /** Adds a time in milliseconds; a negative one, as a clock that was set back gives, counts as 0. */
  add(valueMs: number): void {
    const value = Math.max(0, valueMs);
    this.#keep(value);
    this.#count += 1;
    this.#sum += value;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  /** The smallest value that at least `percent` % of all values do not exceed; `null` without values. */
  percentile(percent: number): number | null {
    if (this.#count === 0) return null;
    const rank = Math.min(this.#count, Math.max(1, Math.ceil((percent * this.#count) / 100)));
    return this.#values === null ? this.#rankInBuckets(rank) : this.#rankInValues(this.#values, rank);
  }

  /** All numbers at once; `null` without values. */
  summary(): TimeSummary | null {
    if (this.#count === 0) return null;
    const [p50 = 0, p75 = 0, p90 = 0, p95 = 0, p99 = 0] = PERCENTILES.map(
      (percent) => this.percentile(percent) ?? 0,
    );
    return { min: this.#min, mean: this.#sum / this.#count, p50, p75, p90, p95, p99, max: this.#max };
  }

  #keep(value: number): void {
    if (this.#values !== null && this.#count >= this.#exactLimit) this.#foldIntoBuckets(this.#values);
    if (this.#values === null) {
      this.#addToBucket(value);
      return;
    }
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(Math.min(this.#exactLimit, this.#values.length * 2));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count] = value;
    this.#isSorted = false;
  }

  #foldIntoBuckets(values: Float64Array): void {
    this.#values = null;
    this.#buckets = new Float64Array(LINEAR_BUCKETS + (LARGEST_BITS - LINEAR_BITS) * BUCKETS_PER_OCTAVE);
    for (const value of values.subarray(0, this.#count)) this.#addToBucket(value);
  }

  #addToBucket(value: number): void {
    const index = bucketOf(value);
    if (this.#buckets !== null) this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
  }

  #rankInValues(values: Float64Array, rank: number): number {
    const used = values.subarray(0, this.#count);
    if (!this.#isSorted) used.sort();
    this.#isSorted = true;
    return used[rank - 1] ?? 0;
  }

  #rankInBuckets(rank: number): number {
    let before = 0;
    for (const [index, count] of (this.#buckets ?? []).entries()) {
      before += count;
      if (before >= rank) return Math.max(this.#min, Math.min(this.#max, upperEndOf(index)));
    }
    return this.#max;
  }
}

/** Whole microseconds, rounded up, so that no bucket understates. */
function bucketOf(valueMs: number): number {
  const micros = Math.min(2 ** LARGEST_BITS - 1, Math.ceil(valueMs * 1000));
  if (micros < LINEAR_BUCKETS) return micros;
  const octave = Math.floor(Math.log2(micros)) - LINEAR_BITS;
  const step = 2 ** (octave + 1);
  return LINEAR_BUCKETS + octave * BUCKETS_PER_OCTAVE + Math.floor(micros / step) - BUCKETS_PER_OCTAVE;
}

/** The largest value of a bucket, in milliseconds. */
function upperEndOf(index: number): number {
  if (index < LINEAR_BUCKETS) return index / 1000;
  const octave = Math.floor((index - LINEAR_BUCKETS) / BUCKETS_PER_OCTAVE);
  const place = (index - LINEAR_BUCKETS) % BUCKETS_PER_OCTAVE;
  return ((place + BUCKETS_PER_OCTAVE + 1) * 2 ** (octave + 1) - 1) / 1000;
}
