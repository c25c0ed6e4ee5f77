import { isRecord, placeholder } from "../json.ts";
import type { GoldenCase, RecordedCall, RecordedRequest } from "../read-case.ts";
import { argument } from "../recorded-facts.ts";
import { target } from "./build-request.ts";
import { fileOf } from "./leaf-kinds.ts";
import { contextHeaders } from "./wire-settings.ts";

/** The request of a run that Python did not send, its pictures as their bytes. */
export function workflowRequest(golden: GoldenCase, call: RecordedCall): RecordedRequest {
  const isOld = call.method === "infer_from_workflow";
  const specification = argument(call, "specification", 2) ?? undefined;
  const names = [
    argument(call, "workspace_name", 0),
    argument(call, isOld ? "workflow_name" : "workflow_id", 1),
  ];
  const images = argument(call, "images", 3);
  const parameters = argument(call, "parameters", 4);
  const version = argument(call, "workflow_version_id", 8) ?? undefined;
  const excluded = argument(call, "excluded_fields", 5) ?? undefined;
  const fields = {
    api_key: golden.apiKey ?? undefined,
    use_cache: argument(call, "use_cache", 6) ?? true,
    enable_profiling: argument(call, "enable_profiling", 7) ?? false,
    disable_sinks: argument(call, "disable_sinks", 9) === true ? true : undefined,
    inputs: {
      ...(isRecord(images)
        ? Object.fromEntries(
            Object.entries(images).map(([name, value]) => [name, wirePictures(value, golden)]),
          )
        : {}),
      ...(isRecord(parameters) ? parameters : {}),
    },
    excluded_fields: excluded,
    specification,
    workflow_version_id: specification === undefined ? version : undefined,
  };
  return {
    ...target(golden, pathOf(isOld, specification !== undefined, names.map(String))),
    method: "POST",
    query: [],
    headers: { "content-type": "application/json", ...contextHeaders(golden) },
    body: {
      kind: "json",
      value: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    },
  };
}

function pathOf(isOld: boolean, isSpecified: boolean, names: readonly string[]): string {
  if (isSpecified) return isOld ? "/infer/workflows" : "/workflows/run";
  return isOld ? `/infer/workflows/${names.join("/")}` : `/${names.join("/workflows/")}`;
}

function wirePictures(value: unknown, golden: GoldenCase): unknown {
  const list = placeholder(value, "$tuple") ?? value;
  if (Array.isArray(list)) return list.map((item) => wirePictures(item, golden));
  const file = fileOf(list, golden);
  const isPixels = file?.kind === "pil" || file?.kind.startsWith("ndarray") === true;
  return {
    type: "base64",
    value: {
      $image: isPixels ? { encoded_anew_from: file?.file, format: "jpeg" } : { same_bytes_as: file?.file },
    },
  };
}
