import { InvalidParameterError } from "@inference-ts/errors";
import type { InferenceConfiguration, InferenceConfigurationInput } from "./configuration.ts";
import { CONFIGURATION_FIELDS, type FieldKind, isFieldName } from "./fields.ts";

interface FieldRule {
  readonly allows: (value: unknown) => boolean;
  /** Completes "must be ...". */
  readonly expected: string;
}

const isWhole = (value: unknown, least: number): boolean =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= least;
const isText = (value: unknown): boolean => typeof value === "string";
const oneOf = (...texts: readonly string[]): FieldRule => ({
  allows: (value) => typeof value === "string" && texts.includes(value),
  expected: `one of ${texts.map((text) => `"${text}"`).join(", ")}`,
});
const numberWithin = (least: number, most: number) => (value: unknown) =>
  typeof value === "number" && value >= least && value <= most;

/** One rule per kind of field. Per cent values (1..100) are legal on the v0 route, so thresholds go up to 100. */
const RULES: Readonly<Record<FieldKind, FieldRule>> = {
  confidence: {
    allows: (value) => value === "best" || value === "default" || numberWithin(0, 100)(value),
    expected: `a number from 0 to 1 (or per cent up to 100), "best" or "default"`,
  },
  fraction: { allows: numberWithin(0, 100), expected: "a number from 0 to 1 (or per cent up to 100)" },
  count: { allows: (value) => isWhole(value, 0), expected: "a whole number, 0 or more" },
  size: { allows: (value) => isWhole(value, 1), expected: "a whole number, 1 or more" },
  boolean: { allows: (value) => typeof value === "boolean", expected: "true or false" },
  text: { allows: isText, expected: "a string" },
  texts: { allows: (value) => Array.isArray(value) && value.every(isText), expected: "a list of strings" },
  "mask-format": oneOf("polygon", "rle"),
  "key-transport": oneOf("auto", "header", "legacy", "both"),
  "visualisation-format": oneOf("base64", "bytes"),
};

/** Fields whose value must never be shown, also not in an error about it. */
const SECRET_FIELDS: ReadonlySet<string> = new Set(["serviceSecret"]);

/** See `createConfiguration`. */
export function createConfigurationFrom(
  input: InferenceConfigurationInput,
  base: InferenceConfiguration,
): InferenceConfiguration {
  const accepted: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    if (!isFieldName(name)) {
      throw new InvalidParameterError(`There is no configuration field "${name}".`, {
        hint: `Fields: ${Object.keys(CONFIGURATION_FIELDS).join(", ")}.`,
      });
    }
    if (value === undefined) continue;
    checkField(name, value);
    accepted[name] = Array.isArray(value) ? Object.freeze([...value]) : value;
  }
  return Object.freeze({ ...base, ...accepted });
}

function checkField(name: keyof InferenceConfiguration, value: unknown): void {
  const rule = RULES[CONFIGURATION_FIELDS[name].kind];
  if (rule.allows(value)) return;
  const shown = SECRET_FIELDS.has(name) ? "" : ` ${describe(value)}`;
  throw new InvalidParameterError(`Configuration field ${name}${shown} must be ${rule.expected}.`);
}

function describe(value: unknown): string {
  if (typeof value === "string") return `"${value.slice(0, 80)}"`;
  if (typeof value === "number" || typeof value === "boolean" || value === null) return `(${String(value)})`;
  return `(${Array.isArray(value) ? "list" : typeof value})`;
}
