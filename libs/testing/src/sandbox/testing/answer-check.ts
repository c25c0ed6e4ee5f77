import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const DOCUMENT = new URL("../../../../../openapi/inference.json", import.meta.url);

/** Finds what is wrong with an answer according to a schema of the server's OpenAPI document; empty when it fits. */
export type AnswerCheck = (schema: string, answer: unknown) => readonly string[];

/** Reads the document once and compiles a schema when it is first asked for. */
export function createAnswerCheck(): AnswerCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema(JSON.parse(readFileSync(DOCUMENT, "utf8")), "document");
  return (schema, answer) => {
    const validate = ajv.compile({
      $ref: `document#/components/schemas/${schema}`,
      unevaluatedProperties: false,
    });
    if (validate(answer)) return [];
    return (validate.errors ?? []).map((error) => {
      const field = "unevaluatedProperty" in error.params ? ` ${error.params.unevaluatedProperty}` : "";
      return `${error.instancePath || "answer"} ${error.message ?? error.keyword}${field}`;
    });
  };
}
