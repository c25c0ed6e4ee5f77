import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { isRecord, recordAt } from "../golden/json.ts";
import type { Recording } from "./recording.ts";

const OPENAPI = join(import.meta.dirname, "../../../../openapi");

/** What a result lacks of what the server's document declares; empty when all is there. */
export type FieldCheck = (recording: Recording, result: unknown) => readonly string[];

/** Checks results against the document of the server version that answered; of an unknown version against the newest. */
export function createFieldCheck(): FieldCheck {
  const documents = new Map<string, { ajv: Ajv2020; paths: Record<string, unknown> }>();
  const documentOf = (version: string) => {
    const known = documents.get(version);
    if (known !== undefined) return known;
    const json = readDocument(version);
    const ajv = new Ajv2020({ strict: false, formats: { "date-time": true } });
    ajv.addSchema(isRecord(json) ? json : {}, "document");
    const document = { ajv, paths: recordAt(json, "paths") };
    documents.set(version, document);
    return document;
  };
  return (recording, result) => {
    const { ajv, paths } = documentOf(recording.version);
    const path = pathOf(recording.path, paths);
    if (path === undefined) return [];
    const pointer = [path, recording.method.toLowerCase()].map(escaped).join("/");
    const reference = `document#/paths/${pointer}/responses/200/content/application~1json/schema`;
    const validate = ajv.compile({ $ref: reference });
    // A list of images is answered with a list, which the document declares for some routes alone.
    const answers: readonly unknown[] = Array.isArray(result) && !validate(result) ? result : [result];
    return answers.flatMap((answer) =>
      validate(answer)
        ? []
        : (validate.errors ?? []).map((error) => `${error.instancePath || "result"} ${error.message}`),
    );
  };
}

function readDocument(version: string): unknown {
  try {
    return JSON.parse(readFileSync(join(OPENAPI, "versions", `${version}.json`), "utf8"));
  } catch {
    return JSON.parse(readFileSync(join(OPENAPI, "inference.json"), "utf8"));
  }
}

function pathOf(path: string, paths: Record<string, unknown>): string | undefined {
  if (paths[path] !== undefined) return path;
  const pipeline = path.replace(/^(\/inference_pipelines\/)[^/]+\//, "$1{pipeline_id}/");
  if (paths[pipeline] !== undefined) return pipeline;
  return path.slice(1).split("/").length === 2 ? "/{dataset_id}/{version_id}" : undefined;
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}
