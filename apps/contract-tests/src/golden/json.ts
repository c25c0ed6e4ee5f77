/** Any value that JSON can hold, as `JSON.parse` returns it. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** True for a plain JSON object (not a list, not null). */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object under `key`, or an empty one. */
export function recordAt(value: unknown, key: string): Record<string, unknown> {
  const found = isRecord(value) ? value[key] : undefined;
  return isRecord(found) ? found : {};
}

/** The list under `key`, or an empty one. */
export function listAt(value: unknown, key: string): readonly unknown[] {
  const found = isRecord(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}

/** The string under `key`, or `undefined`. */
export function textAt(value: unknown, key: string): string | undefined {
  const found = isRecord(value) ? value[key] : undefined;
  return typeof found === "string" ? found : undefined;
}

/** The number under `key`, or `undefined`. */
export function numberAt(value: unknown, key: string): number | undefined {
  const found = isRecord(value) ? value[key] : undefined;
  return typeof found === "number" ? found : undefined;
}

/** The argument of a placeholder such as `{"$image": ...}`; `undefined` when `value` is not that placeholder. */
export function placeholder(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Replaces every string of a JSON value. */
export function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
  }
  return value;
}

/** A short rendering for messages. */
export function shown(value: unknown, length = 300): string {
  const text =
    typeof value === "string"
      ? value
      : (JSON.stringify(value, (_key, item: unknown) =>
          item instanceof Uint8Array
            ? `<${item.byteLength} bytes>`
            : typeof item === "bigint"
              ? `${item}n`
              : item,
        ) ?? String(value));
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
