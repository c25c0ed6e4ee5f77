import { type ColorBy, POSITIONS, type Position } from "@inference-ts/sdk/annotators";
import { type Color, formatColor, PALETTES, parseColor } from "@inference-ts/sdk/drawing";
import { InvalidParameterError } from "@inference-ts/sdk/node";
import type { Plain } from "./yaml-subset.ts";

/** Reads the parameters of one annotator; names in Python's spelling, ours (`textColor`) are brought to it. */
export class Params {
  readonly #type: string;
  readonly #values: ReadonlyMap<string, Plain>;
  readonly #asked = new Set<string>();

  constructor(type: string, values: Readonly<Record<string, Plain>>) {
    this.#type = type;
    this.#values = new Map(Object.entries(values).map(([name, value]) => [pythonName(name), value]));
  }

  /** @throws InvalidParameterError for a parameter that nobody asked for. */
  finish(): void {
    const unknown = [...this.#values.keys()].find((name) => !this.#asked.has(name));
    if (unknown === undefined) return;
    throw new InvalidParameterError(
      `The annotator "${this.#type}" has no parameter "${unknown}"; it has ${[...this.#asked].sort().join(", ")}.`,
    );
  }

  /** Accepted and without effect. */
  ignore(name: string): void {
    this.#asked.add(name);
  }

  number(name: string, least = 0, most = Number.POSITIVE_INFINITY): number | undefined {
    return this.#read(name, `a number from ${least}${most < 1e9 ? ` to ${most}` : ""}`, (value) =>
      typeof value === "number" && value >= least && value <= most ? value : undefined,
    );
  }

  whole(name: string, least: number): number | undefined {
    return this.#read(name, `a whole number from ${least}`, (value) =>
      typeof value === "number" && Number.isInteger(value) && value >= least ? value : undefined,
    );
  }

  boolean(name: string): boolean | undefined {
    return this.#read(name, "true or false", (value) => (typeof value === "boolean" ? value : undefined));
  }

  position(name: string): Position | undefined {
    return this.#read(name, `one of ${POSITIONS.join(", ")}`, (value) =>
      POSITIONS.find((known) => known === String(value).toLowerCase().replaceAll("_", "-")),
    );
  }

  color(name: string): Color | undefined {
    return this.#read(name, "a colour such as #ff7633 or white", colorOf);
  }

  /** One colour, a list of colours or the name of a palette. */
  palette(name: string): Color | readonly Color[] | undefined {
    const palettes = new Map<string, readonly Color[]>(Object.entries(PALETTES));
    return this.#read(
      name,
      `a colour, a list of colours or one of ${[...palettes.keys()].join(", ")}`,
      (value) => {
        if (typeof value === "string" && palettes.has(value.toLowerCase())) {
          // `roboflow` is a colour too; Python's files mean that one.
          return value.toLowerCase() === "roboflow" ? colorOf(value) : palettes.get(value.toLowerCase());
        }
        if (!isList(value)) return colorOf(value);
        const colors = value.map(colorOf).filter((color) => color !== undefined);
        return colors.length === value.length && colors.length > 0 ? colors : undefined;
      },
    );
  }

  colorBy(name: string): ColorBy | undefined {
    return this.#read(name, "class, index or track", (value) => {
      const known: readonly ColorBy[] = ["class", "index", "track"];
      return known.find((by) => by === String(value).toLowerCase());
    });
  }

  /** Pairs of points, counted from 1 in files as in Python. */
  edges(name: string): readonly (readonly [number, number])[] | undefined {
    return this.#read(name, "a list of pairs such as [[1, 2], [2, 3]]", (value) => {
      if (!isList(value)) return undefined;
      const pairs = value.flatMap((pair) => {
        const [from, to] = isList(pair) ? pair : [];
        return typeof from === "number" && typeof to === "number" ? [[from - 1, to - 1] as const] : [];
      });
      return pairs.length === value.length ? pairs : undefined;
    });
  }

  #read<T>(name: string, rule: string, check: (value: Plain) => T | undefined): T | undefined {
    this.#asked.add(name);
    const value = this.#values.get(name);
    if (value === undefined || value === null) return undefined;
    const checked = check(value);
    if (checked !== undefined) return checked;
    throw new InvalidParameterError(
      `"${name}" of the annotator "${this.#type}" must be ${rule}, got ${JSON.stringify(value)}.`,
    );
  }
}

function isList(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}

function colorOf(value: Plain): Color | undefined {
  if (typeof value !== "string") return undefined;
  try {
    return formatColor(parseColor(value));
  } catch {
    return undefined;
  }
}

function pythonName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
