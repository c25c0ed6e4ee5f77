import { InvalidParameterError } from "@inference-ts/errors";
import type { InferenceConfiguration, InferenceConfigurationInput } from "./configuration.ts";
import { CONFIGURATION_FIELDS, type FieldKind, isFieldName, unsetFields } from "./fields.ts";

/** The defaults: those of the Python client, with `apiKeyTransport: "auto"` for its undecided default. */
export const DEFAULT_CONFIGURATION: InferenceConfiguration = Object.freeze({
  ...unsetFields(),
  visualizePredictions: false,
  outputVisualisationFormat: "base64",
  imageExtensionsForDirectoryScan: Object.freeze(["jpg", "jpeg", "JPG", "JPEG", "png", "PNG"]),
  clientDownsizingDisabled: true,
  defaultMaxInputSize: 1024,
  disableActiveLearning: false,
  maxConcurrentRequests: 1,
  maxBatchSize: 1,
  profilingDirectory: "./inference_profiling",
  workflowRunRetriesEnabled: true,
  apiKeyTransport: "auto",
  allowReducedMaskResolution: false,
});

/** What a value must be, which completes "must be ...", and the check. */
type FieldRule = readonly [expected: string, isAllowed: (value: unknown) => boolean];

const FRACTION = "a number from 0 to 1 (or per cent up to 100)";
const isFraction = (value: unknown): boolean => typeof value === "number" && value >= 0 && value <= 100;
const isText = (value: unknown): boolean => typeof value === "string";
const wholeFrom = (least: number): FieldRule => [
  `a whole number, ${least} or more`,
  (value) => Number.isSafeInteger(value) && Number(value) >= least,
];
const oneOf = (...texts: readonly unknown[]): FieldRule => [
  `one of "${texts.join('", "')}"`,
  (value) => texts.includes(value),
];

/** One rule per kind of field. Per cent values (1..100) are legal on the v0 route, so thresholds go up to 100. */
const RULES: Readonly<Record<FieldKind, FieldRule>> = {
  confidence: [
    `${FRACTION}, "best" or "default"`,
    (value) => value === "best" || value === "default" || isFraction(value),
  ],
  fraction: [FRACTION, isFraction],
  count: wholeFrom(0),
  size: wholeFrom(1),
  boolean: ["true or false", (value) => typeof value === "boolean"],
  text: ["a string", isText],
  secret: ["a string", isText],
  texts: ["a list of strings", (value) => Array.isArray(value) && value.every(isText)],
  "mask-format": oneOf("polygon", "rle"),
  "key-transport": oneOf("auto", "header", "legacy", "both"),
  "visualisation-format": oneOf("base64", "bytes"),
};

/**
 * A checked, frozen configuration: `input` over `base` (default: the defaults).
 *
 * @throws InvalidParameterError for an unknown field or a value that is not allowed.
 */
export function createConfiguration(
  input: InferenceConfigurationInput = {},
  base: InferenceConfiguration = DEFAULT_CONFIGURATION,
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
  const { kind } = CONFIGURATION_FIELDS[name];
  const [expected, isAllowed] = RULES[kind];
  if (isAllowed(value)) return;
  // A secret is never shown, also not in an error about it.
  const shown = kind === "secret" ? "" : ` ${describe(value)}`;
  throw new InvalidParameterError(`Configuration field ${name}${shown} must be ${expected}.`);
}

function describe(value: unknown): string {
  if (typeof value === "string") return `"${value.slice(0, 80)}"`;
  if (typeof value === "number" || typeof value === "boolean" || value === null) return `(${value})`;
  return `(${Array.isArray(value) ? "list" : typeof value})`;
}
