import fc from "fast-check";
import type { Json } from "../json.ts";

/** Words that mean something in OpenAPI next to words that do not, so that names and keywords collide. */
const WORDS = [
  "a",
  "b",
  "count",
  "default",
  "description",
  "enum",
  "examples",
  "id",
  "parameters",
  "properties",
  "required",
  "responses",
  "summary",
  "title",
];

const word = fc.constantFrom(...WORDS);

const leaf: fc.Arbitrary<Json> = fc.oneof(
  word,
  fc.string({ maxLength: 4 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);

/** Any JSON whose keys are often OpenAPI keywords. */
const anyJson: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(word, fc.string({ maxLength: 3 })), tie("value"), { maxKeys: 4 }),
  ),
})).value;

const schema: fc.Arbitrary<Json> = fc.record(
  {
    type: fc.constantFrom("string", "number", "object"),
    title: fc.string({ maxLength: 5 }),
    description: fc.string({ maxLength: 5 }),
    default: leaf,
    enum: fc.array(leaf, { maxLength: 3 }),
    required: fc.uniqueArray(word, { maxLength: 3 }),
    properties: fc.dictionary(word, anyJson, { maxKeys: 3 }),
    anyOf: fc.array(anyJson, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const operation: fc.Arbitrary<Json> = fc.record({
  operationId: word,
  summary: fc.string({ maxLength: 5 }),
  parameters: fc.uniqueArray(fc.record({ in: fc.constantFrom("query", "path"), name: word, schema }), {
    maxLength: 3,
    selector: ({ in: place, name }) => `${place} ${name}`,
  }),
  responses: fc.dictionary(
    fc.constantFrom("200", "422", "default"),
    fc.record({ description: fc.string({ maxLength: 5 }) }),
  ),
});

/** A small OpenAPI document as a server would send it. */
export const anyDocument: fc.Arbitrary<Json> = fc.record({
  openapi: fc.constant("3.1.0"),
  info: fc.record({ title: word, version: fc.constantFrom("1.0.0", "1.2.0"), description: word }),
  paths: fc.dictionary(
    word.map((name) => `/${name}`),
    fc.dictionary(fc.constantFrom("get", "post"), operation, { maxKeys: 2 }),
    { maxKeys: 3 },
  ),
  components: fc.record({ schemas: fc.dictionary(word, schema, { maxKeys: 4 }) }),
});
