import { type Exchange, jsonAnswer, Refusal } from "./exchange.ts";

/** One entry of a 422 body. `input` echoes what was sent, as the real server does. */
export interface Problem {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
  readonly ctx?: object;
}

/** Ends the request with 422. */
export function refuseInvalid(problems: readonly Problem[]): never {
  throw new Refusal(jsonAnswer({ detail: problems }, 422));
}

/** What a field may hold. `confidence` is a number or one of two words. */
export type FieldKind = "number" | "integer" | "boolean" | "text" | "texts" | "confidence";

type Check = (value: unknown, loc: readonly (string | number)[]) => readonly Problem[];

const NUMBER_TEXT = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const BOOLEAN_TEXT = /^(0|1|off|on|f|t|false|true|n|y|no|yes)$/i;

const number: Check = (value, loc) => {
  if (typeof value === "number" || typeof value === "boolean") return [];
  if (typeof value !== "string") {
    return [{ type: "float_type", loc, msg: "Input should be a valid number", input: value }];
  }
  if (NUMBER_TEXT.test(value)) return [];
  const msg = "Input should be a valid number, unable to parse string as a number";
  return [{ type: "float_parsing", loc, msg, input: value }];
};

const integer: Check = (value, loc) => {
  if (typeof value === "boolean") return [];
  if (typeof value === "number") {
    if (Number.isInteger(value)) return [];
    const msg = "Input should be a valid integer, got a number with a fractional part";
    return [{ type: "int_from_float", loc, msg, input: value }];
  }
  if (typeof value !== "string") {
    return [{ type: "int_type", loc, msg: "Input should be a valid integer", input: value }];
  }
  if (/^\s*[+-]?\d+(\.0*)?\s*$/.test(value)) return [];
  const msg = "Input should be a valid integer, unable to parse string as an integer";
  return [{ type: "int_parsing", loc, msg, input: value }];
};

const boolean: Check = (value, loc) => {
  if (typeof value === "boolean" || value === 0 || value === 1) return [];
  if (typeof value === "string" && BOOLEAN_TEXT.test(value)) return [];
  if (typeof value === "string" || typeof value === "number") {
    const msg = "Input should be a valid boolean, unable to interpret input";
    return [{ type: "bool_parsing", loc, msg, input: value }];
  }
  return [{ type: "bool_type", loc, msg: "Input should be a valid boolean", input: value }];
};

const text: Check = (value, loc) =>
  typeof value === "string"
    ? []
    : [{ type: "string_type", loc, msg: "Input should be a valid string", input: value }];

const texts: Check = (value, loc) =>
  Array.isArray(value)
    ? value.flatMap((item: unknown, index) => text(item, [...loc, index]))
    : [{ type: "list_type", loc, msg: "Input should be a valid list", input: value }];

const CONFIDENCE_WORDS = ["best", "default"];

const confidence: Check = (value, loc) => {
  if (typeof value === "string" && CONFIDENCE_WORDS.includes(value)) return [];
  const problems = number(value, [...loc, "float"]);
  if (problems.length === 0) return [];
  const msg = "Input should be 'best' or 'default'";
  const ctx = { expected: "'best' or 'default'" };
  return [
    ...problems,
    { type: "literal_error", loc: [...loc, "literal['best','default']"], msg, input: value, ctx },
  ];
};

const CHECKS: Readonly<Record<FieldKind, Check>> = { number, integer, boolean, text, texts, confidence };

/** Problems of the fields that are present; an absent field is never one. */
export function problemsOf(
  fields: Readonly<Record<string, FieldKind>>,
  valueAt: (name: string) => unknown,
  place: "body" | "query",
  nullable: ReadonlySet<string>,
): Problem[] {
  return Object.entries(fields).flatMap(([name, kind]) => {
    const value = valueAt(name);
    if (value === undefined || (value === null && nullable.has(name))) return [];
    return CHECKS[kind](value, [place, name]);
  });
}

/** A field that must be there and is not; the echo is the whole object. */
export function missingField(name: string, input: unknown): Problem {
  return { type: "missing", loc: ["body", name], msg: "Field required", input };
}

/** The JSON of a request body, or 422 as the real server answers it; text where it is not declared as JSON. */
export function jsonBody(exchange: Exchange): unknown {
  const raw = Buffer.from(exchange.body).toString();
  if (raw === "") {
    refuseInvalid([{ type: "missing", loc: ["body"], msg: "Field required", input: null }]);
  }
  const type = (exchange.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const declared = type === "application/json" || /^application\/.*\+json$/.test(type);
  return declared ? parse(raw) : raw;
}

/** The JSON object of a request body, or 422 as the real server answers it. */
export function jsonObject(exchange: Exchange): Readonly<Record<string, unknown>> {
  const value = jsonBody(exchange);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const msg = "Input should be a valid dictionary or object to extract fields from";
    refuseInvalid([{ type: "model_attributes_type", loc: ["body"], msg, input: value }]);
  }
  return Object.fromEntries(Object.entries(value));
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    const ctx = { error: "Expecting value" };
    return refuseInvalid([
      { type: "json_invalid", loc: ["body", 0], msg: "JSON decode error", input: {}, ctx },
    ]);
  }
}

/** A checked number, also where it came as text. */
export function numberOf(value: unknown, fallback: number): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "string" && NUMBER_TEXT.test(value) ? Number(value) : fallback;
}

/** A checked boolean, also where it came as text. */
export function booleanOf(value: unknown, fallback: boolean): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value === 1;
  return typeof value === "string" ? /^(1|on|t|true|y|yes)$/i.test(value) : fallback;
}
