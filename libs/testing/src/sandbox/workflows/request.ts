import { type Exchange, refuse } from "../exchange.ts";
import { bodyKey, checkModelKey, headerKey, refuseUnknownModel } from "../keys.ts";
import {
  type FieldKind,
  jsonObject,
  missingField,
  type Problem,
  problemsOf,
  refuseInvalid,
} from "../validation.ts";
import { isRecord, type JsonRecord } from "./definition.ts";
import { savedWorkflow } from "./saved.ts";

/** Where a route takes the specification from: the body, or what was saved under the path's workspace and id. */
export type Source = { readonly workspace: string; readonly id: string } | null;

const FIELDS: Readonly<Record<string, FieldKind>> = {
  api_key: "text",
  excluded_fields: "texts",
  enable_profiling: "boolean",
  debug: "boolean",
  disable_sinks: "boolean",
  is_preview: "boolean",
  use_cache: "boolean",
  workflow_id: "text",
  workflow_version_id: "text",
};

const NULLABLE: ReadonlySet<string> = new Set([
  "api_key",
  "excluded_fields",
  "workflow_id",
  "workflow_version_id",
]);

function objectProblems(body: JsonRecord, name: string): Problem[] {
  if (!(name in body)) return [missingField(name, body)];
  if (isRecord(body[name])) return [];
  const msg = "Input should be a valid dictionary";
  return [{ type: "dict_type", loc: ["body", name], msg, input: body[name] }];
}

/** A request about a workflow after its form was checked. */
export interface WorkflowRequest {
  readonly body: JsonRecord;
  readonly specification: JsonRecord;
  /** The key of the header or of the body. */
  readonly key: string | null;
}

const MISSING_KEY =
  "Required Roboflow API key is missing. Visit https://docs.roboflow.com/api-reference/authentication" +
  "#retrieve-an-api-key to learn how to retrieve one.";

/** Answers as the server does where it needs a key to ask the platform and has none. */
export const refuseMissingKey = (): never => refuse(400, MISSING_KEY);

/** The specification saved under a workspace and an id; needs a key that may see it. */
function saved(source: { workspace: string; id: string }, key: string | null, requiredKey: string | null) {
  checkModelKey(key, requiredKey);
  return savedWorkflow(source.workspace, source.id) ?? refuseUnknownModel();
}

/** Reads a request: `inputs` for a run, and a key where a description is asked for. */
export function readWorkflowRequest(
  exchange: Exchange,
  source: Source,
  purpose: "run" | "describe",
  requiredKey: string | null,
): WorkflowRequest {
  const body = jsonObject(exchange);
  const problems = [
    ...(purpose === "run" ? objectProblems(body, "inputs") : []),
    ...problemsOf(FIELDS, (name) => body[name], "body", NULLABLE),
    ...(source === null ? objectProblems(body, "specification") : []),
  ];
  if (problems.length > 0) refuseInvalid(problems);
  const key = headerKey(exchange) ?? bodyKey(body);
  if (purpose === "describe" && key === null) refuseMissingKey();
  if (source !== null) return { body, key, specification: saved(source, key, requiredKey) };
  return { body, key, specification: isRecord(body.specification) ? body.specification : {} };
}
