import { InvalidParameterError } from "@inference-ts/errors";
import {
  byText,
  canonical,
  childAt,
  isArray,
  isObject,
  type Json,
  type JsonObject,
  pointerSteps,
} from "./json.ts";
import { isSpec, type Spec } from "./normalise.ts";

/** What a correction does with the value under its target. */
const ACTIONS = ["add", "append", "removeItem", "removeKey"] as const;
type Action = (typeof ACTIONS)[number];

/**
 * One correction of the server's document.
 *
 * `add` puts `value` where nothing is yet; `append` puts it at the end of an array; `removeItem` takes it out of an
 * array; `removeKey` takes the key that `value` names out of an object. A step of the target may hold `*`, which stands for any text in a name: at least one place must match.
 */
export interface Correction {
  readonly reason: string;
  readonly target: string;
  readonly action: Action;
  readonly value: Json;
}

function isCorrection(value: Json): value is Json & Correction {
  return (
    isObject(value) &&
    typeof value.reason === "string" &&
    value.reason !== "" &&
    typeof value.target === "string" &&
    ACTIONS.some((action) => action === value.action) &&
    value.value !== undefined
  );
}

/**
 * Reads the corrections of `openapi/overlay.json`.
 *
 * @throws InvalidParameterError when an entry has not the fields of a {@link Correction}.
 */
export function readOverlay(document: Json): readonly Correction[] {
  const entries = isObject(document) ? document.corrections : undefined;
  if (!isArray(entries)) throw new InvalidParameterError('The overlay has no array "corrections".');
  return entries.map((entry, index) => {
    if (isCorrection(entry)) return entry;
    throw new InvalidParameterError(
      `corrections[${index}] of the overlay needs "reason", "target", "value" and an "action" of ${ACTIONS.join(", ")}.`,
    );
  });
}

function matches(pattern: string, name: string): boolean {
  const [head = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === name;
  const tail = rest.at(-1) ?? "";
  if (!name.startsWith(head) || name.length < head.length + tail.length || !name.endsWith(tail)) return false;
  let from = head.length;
  for (const part of rest.slice(0, -1)) {
    const at = name.indexOf(part, from);
    if (at < 0 || at + part.length > name.length - tail.length) return false;
    from = at + part.length;
  }
  return true;
}

/** Every place in the document that a pattern stands for, as steps. The last step need not exist. */
function placesOf(document: Json, pattern: readonly string[]): readonly (readonly string[])[] {
  let places: { readonly value: Json; readonly steps: readonly string[] }[] = [
    { value: document, steps: [] },
  ];
  for (const step of pattern.slice(0, -1)) {
    places = places.flatMap(({ value, steps }) => {
      const keys =
        isObject(value) && step.includes("*")
          ? Object.keys(value).filter((key) => matches(step, key))
          : [step];
      return keys.flatMap((key) => {
        const child = childAt(value, key);
        return child === undefined ? [] : [{ value: child, steps: [...steps, key] }];
      });
    });
  }
  return places.map(({ steps }) => [...steps, ...pattern.slice(-1)]);
}

type Change = (before: Json | undefined) => Json | undefined;

/** A copy with the value at the end of the steps replaced. Undefined when the change does not apply there. */
function changed(value: Json, steps: readonly string[], change: Change): Json | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return change(value);
  const before = childAt(value, step);
  const after =
    before === undefined
      ? rest.length === 0
        ? change(undefined)
        : undefined
      : changed(before, rest, change);
  if (after === undefined) return undefined;
  if (isArray(value)) return value.map((item, index) => (String(index) === step ? after : item));
  if (!isObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries({ ...value, [step]: after } satisfies JsonObject).sort(([a], [b]) => byText(a, b)),
  );
}

const sameAs = (value: Json) => (item: Json) => canonical(item) === canonical(value);

/** What each action does; undefined where it does not apply. */
const CHANGES: Readonly<Record<Action, (value: Json) => Change>> = {
  add: (value) => (before) => (before === undefined ? value : undefined),
  append: (value) => (before) =>
    isArray(before) && !before.some(sameAs(value)) ? [...before, value] : undefined,
  removeItem: (value) => (before) =>
    isArray(before) && before.some(sameAs(value)) ? before.filter((item) => !sameAs(value)(item)) : undefined,
  removeKey: (value) => (before) => {
    if (!isObject(before) || typeof value !== "string" || !Object.hasOwn(before, value)) return undefined;
    return Object.fromEntries(Object.entries(before).filter(([key]) => key !== value));
  },
};

/** Why an action does not apply, in words. */
const MISSES: Readonly<Record<Action, string>> = {
  add: "its parent is gone, or the server now declares the value itself",
  append: "there is no array any more, or the server now declares the value itself",
  removeItem: "there is no array any more, or the server no longer lists the value",
  removeKey: "there is no object any more, or it has no such key",
};

/**
 * Applies the corrections, in order, to a normalised document.
 *
 * @param file - Where the corrections are written; named in the error.
 * @returns A new document; the given one is not changed.
 * @throws InvalidParameterError when a correction no longer applies: the server changed, so the entry must go or follow.
 */
export function applyOverlay(
  spec: Spec,
  corrections: readonly Correction[],
  file = "openapi/overlay.json",
): Spec {
  let document: Json = spec;
  for (const { target, action, value, reason } of corrections) {
    const change = CHANGES[action](value);
    let applied = 0;
    for (const steps of placesOf(document, pointerSteps(target))) {
      const next = changed(document, steps, change);
      if (next === undefined) continue;
      document = next;
      applied += 1;
    }
    if (applied === 0) {
      throw new InvalidParameterError(
        `The overlay's ${action} at "${target}" no longer applies to server ${spec.info.version}: ${MISSES[action]}. ` +
          `Remove or change that entry of ${file} (its reason: ${reason})`,
      );
    }
  }
  if (!isSpec(document))
    throw new InvalidParameterError("The overlay turns the document into something that is not OpenAPI 3.");
  return document;
}
