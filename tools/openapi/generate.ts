import { InvalidParameterError } from "@inference-ts/errors";
import openapiTS, { astToString } from "openapi-typescript";
import type { Spec } from "./normalise.ts";

/** The files that types are made from, named at the top of what is generated. */
export interface TypeSources {
  readonly spec: string;
  readonly overlay: string;
}

const INFERENCE: TypeSources = { spec: "openapi/inference.json", overlay: "openapi/overlay.json" };

const headerOf = ({ spec, overlay }: TypeSources) =>
  [
    `// Generated from ${spec} and ${overlay}. Do not edit.`,
    `// To correct a type, change ${overlay} and run: npm run openapi -- generate`,
    "",
    "",
  ].join("\n");

/**
 * TypeScript types of an OpenAPI document: `paths`, `components`, `operations`. The same document always gives the
 * same text.
 *
 * @throws InvalidParameterError when the generator refuses the document: a reference to nothing, an id used twice.
 */
export async function generateTypes(spec: Spec, sources = INFERENCE): Promise<string> {
  try {
    const nodes = await openapiTS(JSON.stringify(spec), {
      defaultNonNullable: false,
      emptyObjectsUnknown: true,
      silent: true,
    });
    return `${headerOf(sources)}${astToString(nodes).trimEnd()}\n`;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidParameterError(
      `No types can be generated from the document of server ${spec.info.version}: ${reason}`,
      { cause },
    );
  }
}
