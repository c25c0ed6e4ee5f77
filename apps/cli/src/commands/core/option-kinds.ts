import { InvalidParameterError } from "@inference-ts/sdk/node";
import { InvalidArgumentError, Option } from "commander";
import { fraction, names, wholeNumber } from "../../option-values.ts";

/** A box as it is typed: `x,y,width,height`. */
export interface BoxValue {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A point as it is typed: `x,y`. */
export interface PointValue {
  readonly x: number;
  readonly y: number;
}

/** What an option of a kind gives. */
interface KindValues {
  readonly text: string;
  /** One text for each use of the option; commas stay. */
  readonly texts: readonly string[];
  /** Names separated by commas, or from several uses. */
  readonly names: readonly string[];
  readonly fraction: number;
  readonly count: number;
  readonly switch: boolean;
  readonly boxes: readonly BoxValue[];
  readonly points: readonly PointValue[];
}

type Kind = keyof KindValues;

/** One option of a task. */
export interface OptionRow {
  readonly kind: Kind;
  /** One letter with its dash. */
  readonly short?: string;
  /** What stands for the value in the help. Switches have none. */
  readonly value?: string;
  readonly help: string;
  readonly required?: true;
  /** Makes sense for a single input alone. */
  readonly oneInput?: true;
  /** Texts that are allowed, with the kind `text`. */
  readonly choices?: readonly string[];
}

/** Options by their name in code: `boxThreshold` is `--box-threshold`. */
export type OptionRows = Readonly<Record<string, OptionRow>>;

type ValueOf<Row extends OptionRow> = Row extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : KindValues[Row["kind"]];

/** What the options of a task give, typed by its rows. */
export type ValuesOf<Rows extends OptionRows> = {
  readonly [Name in keyof Rows]:
    | ValueOf<Rows[Name]>
    | (Rows[Name] extends { readonly required: true } ? never : undefined);
};

interface KindRule<Value> {
  /** Whether the option is followed by a value. */
  readonly takesValue: boolean;
  /** Lets commander parse the value, and gather it over several uses of the option. */
  readonly addParser: (option: Option) => void;
  readonly is: (value: unknown) => value is Value;
}

const KINDS: { readonly [Name in Kind]: KindRule<KindValues[Name]> } = {
  text: rule(nonEmpty, isText),
  texts: rule((text, earlier) => [...(earlier ?? []), nonEmpty(text)], listOf(isText)),
  names: rule(names, listOf(isText)),
  fraction: rule(fraction, isNumber),
  count: rule(wholeNumber(1), isNumber),
  switch: {
    takesValue: false,
    addParser: () => undefined,
    is: (value): value is boolean => typeof value === "boolean",
  },
  boxes: rule((text, earlier) => {
    const [x = 0, y = 0, width = 0, height = 0] = numbers(text, 4, "x,y,width,height");
    return [...(earlier ?? []), { x, y, width, height }];
  }, listOf(isBox)),
  points: rule((text, earlier) => {
    const [x = 0, y = 0] = numbers(text, 2, "x,y");
    return [...(earlier ?? []), { x, y }];
  }, listOf(isPoint)),
};

function rule<Value>(
  parse: (text: string, earlier: Value | undefined) => Value,
  is: (value: unknown) => value is Value,
): KindRule<Value> {
  return {
    takesValue: true,
    addParser: (option) => void option.argParser<Value | undefined>((text, earlier) => parse(text, earlier)),
    is,
  };
}

/** How an option is written on the command line. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** A row as commander wants it. */
export function commanderOption(name: string, row: OptionRow): Option {
  const long = flagOf(name);
  const flag = row.short === undefined ? long : `${row.short}, ${long}`;
  const { takesValue, addParser } = KINDS[row.kind];
  const option = new Option(takesValue ? `${flag} <${row.value ?? row.kind}>` : flag, row.help);
  if (row.choices === undefined) addParser(option);
  else option.choices(row.choices);
  return option.makeOptionMandatory(row.required === true);
}

/**
 * Commander's values of a task's options, as its rows type them.
 *
 * @throws InvalidParameterError never from a command line, which commander has checked by the same rows.
 */
export function readValues<Rows extends OptionRows>(
  rows: Rows,
  given: Readonly<Record<string, unknown>>,
): ValuesOf<Rows> {
  const values = Object.fromEntries(Object.keys(rows).map((name) => [name, given[name]]));
  if (hasValues(rows, values)) return values;
  throw new InvalidParameterError("An option has a value of another kind than its task takes.");
}

function hasValues<Rows extends OptionRows>(
  rows: Rows,
  values: Readonly<Record<string, unknown>>,
): values is ValuesOf<Rows> & Readonly<Record<string, unknown>> {
  return Object.entries(rows).every(([name, { kind, required, choices }]) => {
    const value = values[name];
    if (value === undefined) return required !== true;
    return choices === undefined ? KINDS[kind].is(value) : isText(value) && choices.includes(value);
  });
}

function nonEmpty(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("It must not be empty.");
  return text;
}

function numbers(text: string, count: number, form: string): number[] {
  const parts = text.split(",");
  const values = parts.map(Number);
  const areNumbers = parts.every((part) => part.trim() !== "") && values.every(Number.isFinite);
  if (!areNumbers || values.length !== count) {
    throw new InvalidArgumentError(`It must be ${form}: ${count} numbers, in pixels.`);
  }
  return values;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isPoint(value: unknown): value is PointValue {
  return typeof value === "object" && value !== null && "x" in value && "y" in value;
}

function isBox(value: unknown): value is BoxValue {
  return isPoint(value) && "width" in value && "height" in value;
}

function listOf<Item>(isItem: (value: unknown) => value is Item) {
  return (value: unknown): value is readonly Item[] => Array.isArray(value) && value.every(isItem);
}
