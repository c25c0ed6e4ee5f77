import type { GoldenCase } from "./read-case.ts";

const NUMBERS = /^\d+$/;
const LISTS = /_DESTINATIONS_FOR_URL_INPUT$/;

/**
 * The settings of the Python package that a case changed, by name: those of its environment, of its configuration module and of
 * single modules. Texts of the environment are read as Python reads them.
 */
export function recordedSettings({
  environ,
  sdkSettings,
  constants,
}: Pick<GoldenCase, "environ" | "sdkSettings" | "constants">): ReadonlyMap<string, unknown> {
  const ofEnvironment = Object.entries(environ).map(([name, value]): [string, unknown] => [
    name,
    typeof value === "string" ? read(name, value) : value,
  ]);
  return new Map([...ofEnvironment, ...Object.entries(sdkSettings), ...constants]);
}

function read(name: string, text: string): unknown {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  if (LISTS.test(name)) return text.split(",");
  return name.startsWith("MAX_") && NUMBERS.test(text) ? Number(text) : text;
}
