import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "../golden/json.ts";

/** One case made by running the Python packages. */
export interface Vector {
  /** Name of its file. */
  readonly group: string;
  readonly id: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expected: unknown;
  /** What the package answers when OpenCV is missing, where that differs: as good. */
  readonly expectedWithoutOpencv: unknown;
  /** Why the package is not to be copied. */
  readonly deviation: string | undefined;
  /** The case as it stands in the file. */
  readonly source: unknown;
  /** Folder of the file. */
  readonly folder: string;
}

/** All vectors of a folder, file by file. */
export function readVectors(folder: string): Vector[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files.sort().flatMap((file) => {
    const content: unknown = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const cases: unknown = isRecord(content) ? content.cases : undefined;
    if (!Array.isArray(cases)) return [];
    return cases.map((item: unknown) => readVector(file.slice(0, -".json".length), item, folder));
  });
}

function readVector(group: string, source: unknown, folder: string): Vector {
  const item = revived(source);
  if (!isRecord(item) || typeof item.id !== "string" || !isRecord(item.input)) {
    throw new Error(`A case of ${group} has no id or no input.`);
  }
  return {
    group,
    id: item.id,
    input: item.input,
    expected: item.expected,
    expectedWithoutOpencv: item.expected_without_opencv,
    deviation: typeof item.deviation === "string" ? item.deviation : undefined,
    source,
    folder,
  };
}

/** `{"$number": "NaN"}` stands for a number that JSON cannot hold. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (!isRecord(value)) return value;
  if (typeof value.$number === "string") return Number(value.$number);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revived(item)]));
}
