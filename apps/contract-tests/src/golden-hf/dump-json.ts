import { isRecord } from "../golden/json.ts";

/** JSON text with the blanks and escapes of Python's `json.dumps`, as the recorded server wrote it. */
export function dumpJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(dumpJson).join(", ")}]`;
  if (isRecord(value)) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${dumpJson(key)}: ${dumpJson(item)}`)
      .join(", ")}}`;
  }
  const text = JSON.stringify(value ?? null);
  return text.replace(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
