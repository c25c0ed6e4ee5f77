const SECONDS = /^\s*(\d+(?:\.\d+)?)\s*$/;

/**
 * Reads a `Retry-After` header.
 *
 * @param value - Seconds (`7`) or an HTTP date; `null` when the header is absent.
 * @param now - Milliseconds since 1970 on the clock that wrote the date: the answer's own `Date` header where there is one,
 *   since the clocks of cameras and edge boxes are often wrong.
 * @returns Milliseconds to wait, 0 for a date that has passed, `undefined` when absent or unreadable.
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const seconds = SECONDS.exec(value)?.[1];
  if (seconds !== undefined) return Math.ceil(Number(seconds) * 1000);
  // Only dates that name the day and month: Date.parse would also take a bare number such as "-5" as a year.
  const date = /[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** `Retry-After` of an answer in milliseconds, measured against the answer's own `Date`. */
export function retryAfterOf(
  answer: { header(name: string): string | null },
  clientNow: number,
): number | undefined {
  const value = answer.header("retry-after");
  if (value === null) return undefined;
  const sent = Date.parse(answer.header("date") ?? "");
  return parseRetryAfter(value, Number.isNaN(sent) ? clientNow : sent);
}
