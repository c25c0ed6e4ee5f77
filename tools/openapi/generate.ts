import { InvalidParameterError } from "@inference-ts/errors";
import openapiTS, { astToString } from "openapi-typescript";
import type { Spec } from "./normalise.ts";

const HEADER = [
  "// Generated from openapi/inference.json and openapi/overlay.json. Do not edit.",
  "// To correct a type, change openapi/overlay.json and run: npm run openapi -- generate",
  "",
  "",
].join("\n");

/**
 * TypeScript types of an OpenAPI document: `paths`, `components`, `operations`. The same document always gives the
 * same text.
 *
 * @throws InvalidParameterError when the generator refuses the document: a reference to nothing, an id used twice.
 */
export async function generateTypes(spec: Spec): Promise<string> {
  try {
    const nodes = await openapiTS(JSON.stringify(spec), {
      defaultNonNullable: false,
      emptyObjectsUnknown: true,
      silent: true,
    });
    return `${HEADER}${astToString(nodes).trimEnd()}\n`;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidParameterError(
      `No types can be generated from the document of server ${spec.info.version}: ${reason}`,
      { cause },
    );
  }
}
