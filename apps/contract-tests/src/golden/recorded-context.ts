import type { CallOptions, InferenceHTTPClientOptions } from "@inference-ts/sdk/node";
import { isRecord, textAt } from "./json.ts";
import type { GoldenCase } from "./read-case.ts";
import { recordedSettings } from "./recorded-settings.ts";
import { isUrlSetting } from "./url-policy-settings.ts";

/** The call options that stand for the context variables of a case. */
export function callContext({ context }: GoldenCase): CallOptions {
  const tags = context.usage_source_tags;
  return given({
    // Python sends none for an empty one.
    executionId: textAt(context, "execution_id") || undefined,
    outboundServiceSecret: textAt(context, "outbound_service_secret"),
    usageTags: isRecord(tags)
      ? Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, String(value)]))
      : undefined,
  });
}

/** The client options that stand for renamed headers and the environment of a case. */
export function clientContext(golden: GoldenCase): Partial<InferenceHTTPClientOptions> {
  const settings = recordedSettings(golden);
  const internal = settings.get("ENABLE_INTERNAL_REMOTE_EXEC_HEADER") === true;
  const retries = settings.get("WORKFLOW_RUN_RETRIES_ENABLED");
  return given({
    executionIdHeader: text(settings.get("EXECUTION_ID_HEADER")),
    processingTimeHeader: text(settings.get("PROCESSING_TIME_HEADER")),
    internalServiceSecret: internal ? text(settings.get("ROBOFLOW_INTERNAL_SERVICE_SECRET")) : undefined,
    configuration: typeof retries === "boolean" ? { workflowRunRetriesEnabled: retries } : undefined,
  });
}

/** What of a case has no counterpart here; empty = everything has. */
export function unknownContext(golden: GoldenCase): readonly string[] {
  return [
    ...Object.keys(golden.context).filter((name) => !CONTEXT.has(name)),
    ...[...recordedSettings(golden).keys()].filter((name) => !SETTINGS.has(name) && !isUrlSetting(name)),
  ];
}

const CONTEXT = new Set([
  "execution_id",
  "usage_source_tags",
  "outbound_service_secret",
  // What is collected there, ours gives with `withMeta()`.
  "remote_processing_times",
]);
const SETTINGS = new Set([
  "ROBOFLOW_INTERNAL_SERVICE_SECRET",
  "WORKFLOW_RUN_RETRIES_ENABLED",
  "EXECUTION_ID_HEADER",
  "PROCESSING_TIME_HEADER",
  "ENABLE_INTERNAL_REMOTE_EXEC_HEADER",
]);

const text = (value: unknown) => (typeof value === "string" ? value : undefined);

function given<T extends object>(fields: T): Partial<T>;
function given(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
