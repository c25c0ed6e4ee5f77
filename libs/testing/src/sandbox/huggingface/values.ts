/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The object in a body, or null where there is none. */
export function objectIn(body: Uint8Array): JsonObject | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString());
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The field's object, or an empty one. */
export function objectAt(value: JsonObject, field: string): JsonObject {
  const found = value[field];
  return isObject(found) ? found : {};
}

/** The field's number, or the fallback when it is absent or null. */
export function numberAt(value: JsonObject, field: string, fallback: number): number {
  const found = value[field];
  return typeof found === "number" ? found : fallback;
}
