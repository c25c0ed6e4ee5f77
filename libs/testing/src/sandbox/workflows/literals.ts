import { type FieldKind, problemsOf } from "../validation.ts";
import { operationProblems } from "./operations.ts";

/** Values that a property of a block may hold in a specification. */
export type LiteralKind =
  | "fraction"
  | "number"
  | "integer"
  | "positive integer"
  | "boolean"
  | "text"
  | "texts"
  | "colour"
  | "operations";

/** One problem of a value, as the server's validation words it. */
export interface LiteralProblem {
  /** Place below the property, such as `constrained-float` or an index. */
  readonly place: readonly string[];
  readonly type: string;
  readonly message: string;
}

interface Literal {
  /** How the place of a problem is called where a selector is allowed too. */
  readonly label: string;
  /** JSON Schema of the value. */
  readonly schema: object;
  readonly check: (value: unknown) => readonly Omit<LiteralProblem, "place">[];
}

const ofField =
  (kind: FieldKind): Literal["check"] =>
  (value) =>
    problemsOf({ value: kind }, () => value, "body", new Set()).map(({ type, msg }) => ({
      type,
      message: msg,
    }));

const number = ofField("number");
const integer = ofField("integer");

const fraction: Literal["check"] = (value) => {
  const problems = number(value);
  if (problems.length > 0) return problems;
  if (Number(value) > 1)
    return [{ type: "less_than_equal", message: "Input should be less than or equal to 1" }];
  if (Number(value) < 0)
    return [{ type: "greater_than_equal", message: "Input should be greater than or equal to 0" }];
  return [];
};

const positive: Literal["check"] = (value) => {
  const problems = integer(value);
  if (problems.length > 0) return problems;
  return Number(value) > 0 ? [] : [{ type: "greater_than", message: "Input should be greater than 0" }];
};

const integerType = { type: "integer" };

/** Every kind of value. Operations are checked one by one, by their own table. */
export const LITERALS: Readonly<Record<LiteralKind, Literal>> = {
  fraction: {
    label: "constrained-float",
    schema: { maximum: 1, minimum: 0, type: "number" },
    check: fraction,
  },
  number: { label: "float", schema: { type: "number" }, check: number },
  integer: { label: "int", schema: integerType, check: integer },
  "positive integer": {
    label: "constrained-int",
    schema: { exclusiveMinimum: 0, type: "integer" },
    check: positive,
  },
  boolean: { label: "bool", schema: { type: "boolean" }, check: ofField("boolean") },
  text: { label: "str", schema: { type: "string" }, check: ofField("text") },
  texts: {
    label: "list[str]",
    schema: { items: { type: "string" }, type: "array" },
    check: ofField("texts"),
  },
  colour: {
    label: "str",
    schema: { type: "string" },
    check: (value) => (Array.isArray(value) && value.length === 3 ? [] : ofField("text")(value)),
  },
  operations: {
    label: "list",
    schema: { items: { type: "object" }, type: "array" },
    check: operationProblems,
  },
};

/** Pattern of selectors, as the server's messages show it. */
export const SELECTOR_PATTERN =
  "(^\\$steps\\.[A-Za-z_\\-0-9]+\\.[A-Za-z_*0-9\\-]+$)|(^\\$inputs.[A-Za-z_0-9\\-]+$)";

const SELECTOR = new RegExp(SELECTOR_PATTERN);

/** Does the value point to an input or to the output of a step. */
export const isSelector = (value: unknown): value is string =>
  typeof value === "string" && SELECTOR.test(value);

/** What is wrong with a value that should be a selector. */
export function selectorProblems(value: unknown): readonly Omit<LiteralProblem, "place">[] {
  if (typeof value !== "string") return [{ type: "string_type", message: "Input should be a valid string" }];
  if (isSelector(value)) return [];
  return [{ type: "string_pattern_mismatch", message: `String should match pattern '${SELECTOR_PATTERN}'` }];
}
