import { InvalidParameterError } from "@inference-ts/errors";
import type { SessionParts } from "./session-parts.ts";
import { DEFAULT_SESSION_LIMITS, type SessionLimits } from "./session-state.ts";

/**
 * Refuses settings that would make a session lose everything or wait for ever.
 *
 * @throws InvalidParameterError that names the setting.
 */
export function checkSettings({
  queueCapacity,
  dataQueueCapacity,
  limits = {},
}: Pick<SessionParts, "queueCapacity" | "dataQueueCapacity" | "limits">): void {
  for (const [name, value] of Object.entries({ queueCapacity, dataQueueCapacity })) {
    if (value === undefined || (Number.isSafeInteger(value) && value > 0)) continue;
    throw new InvalidParameterError(`${name} (${String(value)}) must be a whole number above 0.`);
  }
  for (const [name, value] of Object.entries(limits)) {
    if (!Object.hasOwn(DEFAULT_SESSION_LIMITS, name)) {
      throw new InvalidParameterError(
        `limits has no "${name}"; there are ${Object.keys(DEFAULT_SESSION_LIMITS).join(", ")}.`,
      );
    }
    if (value === undefined || (typeof value === "number" && value >= 0)) continue;
    throw new InvalidParameterError(
      `limits.${name} (${String(value)}) must be a number of milliseconds, 0 or more; Infinity for no limit.`,
    );
  }
}

/** All limits: what is not given, or undefined, is the default. */
export function limitsFrom(limits: Partial<SessionLimits> = {}): SessionLimits {
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_SESSION_LIMITS, ...Object.fromEntries(given) };
}
