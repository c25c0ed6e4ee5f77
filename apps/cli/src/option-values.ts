import { InvalidArgumentError } from "commander";

/** A whole number of `least` or more. */
export function wholeNumber(least: number) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`It must be a whole number of ${least} or more.`);
    }
    return value;
  };
}

/** A number above 0. */
export function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError("It must be a number above 0.");
  }
  return value;
}

/** A number from 0 to 1. */
export function fraction(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError("It must be a number from 0 to 1.");
  }
  return value;
}

/** A number from 0 to 1, or the model's own threshold by name. */
export function confidence(text: string): number | "best" | "default" {
  if (text === "best" || text === "default") return text;
  try {
    return fraction(text);
  } catch {
    throw new InvalidArgumentError('It must be a number from 0 to 1, "best" or "default".');
  }
}

/** Seconds above 0 as milliseconds; `none` = `Infinity`, since commander takes `null` for a value that is missing. */
export function secondsAsMs(text: string): number {
  if (text === "none") return Number.POSITIVE_INFINITY;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('It must be a number of seconds above 0, or "none".');
  }
  return value * 1000;
}

/** A limit of {@link secondsAsMs} as the client takes it: `null` = none. */
export function limitOf(ms: number | undefined): number | null | undefined {
  return ms === Number.POSITIVE_INFINITY ? null : ms;
}

/** Names separated by commas, added to those of earlier uses of the option. */
export function names(text: string, earlier: readonly string[] | undefined): readonly string[] {
  const found = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (found.length === 0)
    throw new InvalidArgumentError("It must be one name or several, separated by commas.");
  return [...(earlier ?? []), ...found];
}
