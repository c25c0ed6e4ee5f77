import { InvalidParameterError } from "@inference-ts/errors";
import type { InferenceConfiguration } from "./configuration.ts";
import { createConfiguration } from "./create-configuration.ts";
import { CONFIGURATION_FIELD_NAMES, pythonName } from "./fields.ts";

/** Forms of drawn pictures by their Python names, which are written in capitals, too. */
const FORMS_FROM_PYTHON: Readonly<Record<string, string>> = {
  // numpy and Pillow pictures have no counterpart in JavaScript: bytes are what every library here reads.
  numpy: "bytes",
  pillow: "bytes",
  base64: "base64",
};

const NAME_BY_PYTHON = /* @__PURE__ */ new Map(
  CONFIGURATION_FIELD_NAMES.map((name) => [pythonName(name), name]),
);

/**
 * Reads a configuration written for the Python client (snake_case names; `null` = not set).
 *
 * @param python - An object such as the parsed YAML or JSON of a Python project.
 * @throws InvalidParameterError for an unknown name or a value that is not allowed.
 * @example
 * ```ts
 * import { configurationFromPython } from "@inference-ts/sdk";
 * const configuration = configurationFromPython({ confidence_threshold: 0.5, max_concurrent_requests: 8 });
 * console.log(configuration.confidenceThreshold); // 0.5
 * ```
 */
export function configurationFromPython(python: Readonly<Record<string, unknown>>): InferenceConfiguration {
  const input: Record<string, unknown> = {};
  for (const [pythonName, value] of Object.entries(python)) {
    const name = NAME_BY_PYTHON.get(pythonName);
    if (name === undefined) {
      throw new InvalidParameterError(`The Python configuration has no field "${pythonName}".`, {
        hint: `Fields: ${[...NAME_BY_PYTHON.keys()].join(", ")}.`,
      });
    }
    if (value === null || value === undefined) continue;
    input[name] =
      (name === "outputVisualisationFormat" && FORMS_FROM_PYTHON[String(value).toLowerCase()]) || value;
  }
  return createConfiguration(input);
}

/** The configuration with the Python client's field names; `null` where nothing is set and for `auto` key transport. */
export function configurationToPython(configuration: InferenceConfiguration): Record<string, unknown> {
  const python: Record<string, unknown> = {};
  for (const name of CONFIGURATION_FIELD_NAMES) {
    const value = configuration[name];
    python[pythonName(name)] = toPythonValue(name, value);
  }
  return python;
}

function toPythonValue(name: keyof InferenceConfiguration, value: unknown): unknown {
  if (value === undefined || (name === "apiKeyTransport" && value === "auto")) return null;
  if (name === "outputVisualisationFormat" && value === "bytes") return "numpy";
  return Array.isArray(value) ? [...value] : value;
}
