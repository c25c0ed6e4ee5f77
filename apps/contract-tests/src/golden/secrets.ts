import { inspect } from "node:util";

/** Shorter keys are parts of ordinary words. */
const MIN_SECRET_LENGTH = 6;

/** Everything that can be read off a value: fields, causes, stacks, hidden ones too. */
function everythingIn(value: unknown): string {
  const parts = [
    inspect(value, {
      depth: 12,
      showHidden: true,
      maxStringLength: null,
      maxArrayLength: null,
      getters: true,
    }),
  ];
  try {
    parts.push(JSON.stringify(value) ?? "");
  } catch {
    // Circular: inspect has shown it.
  }
  let current: unknown = value;
  while (current instanceof Error) {
    parts.push(current.message, current.stack ?? "");
    current = current.cause;
  }
  return parts.join("\n");
}

/** Where a key is visible, as it is or escaped; `undefined` when it is not. */
export function leakedKey(value: unknown, key: string | null | undefined): string | undefined {
  if (typeof key !== "string" || key.length < MIN_SECRET_LENGTH) return undefined;
  const text = everythingIn(value);
  const form = [key, encodeURIComponent(key), Buffer.from(key).toString("base64")].find((spelling) =>
    text.includes(spelling),
  );
  if (form === undefined) return undefined;
  const at = text.indexOf(form);
  return text.slice(Math.max(0, at - 60), at).replaceAll(form, "KEY");
}

/** True when a long run of base64 (a picture) is visible. */
export function showsPicture(value: unknown): boolean {
  return /[A-Za-z0-9+/]{200}/.test(everythingIn(value));
}
