import { configurationFromPython, type InferenceHTTPClient } from "@inference-ts/sdk/node";
import { CORE_MODEL_METHODS } from "./core-model-methods.ts";
import { isRecord } from "./json.ts";
import type { Arguments, MethodSpec } from "./method-spec.ts";
import { PIPELINE_METHODS } from "./pipeline-methods.ts";
import { STREAM_METHODS } from "./stream-methods.ts";
import { WORKFLOW_METHODS } from "./workflow-methods.ts";

/** Python methods that our client has. */
export const METHODS: Readonly<Record<string, MethodSpec>> = {
  infer: inferLike("infer"),
  infer_from_api_v0: inferLike("inferFromApiV0"),
  infer_from_api_v1: inferLike("inferFromApiV1"),
  infer_on_video: clipMethod("inferOnVideo"),
  infer_on_video_from_api_v0: clipMethod("inferOnVideoFromApiV0"),
  infer_on_video_from_api_v1: clipMethod("inferOnVideoFromApiV1"),
  ...CORE_MODEL_METHODS,
  ...PIPELINE_METHODS,
  ...STREAM_METHODS,
  ...WORKFLOW_METHODS,
  get_server_info: { parameters: [], run: (client) => client.getServerInfo() },
  get_model_description: {
    parameters: ["model_id", "allow_loading"],
    run: (client, { model_id: id, allow_loading: loading }) =>
      client.getModelDescription(
        textOrNothing(id),
        typeof loading === "boolean" ? { allowLoading: loading } : {},
      ),
  },
  list_loaded_models: { parameters: [], run: (client) => client.listLoadedModels() },
  load_model: {
    parameters: ["model_id", "set_as_default"],
    run: (client, { model_id: id, set_as_default: asDefault }) =>
      client.loadModel(String(id), asDefault === true ? { setAsDefault: true } : {}),
  },
  unload_model: {
    parameters: ["model_id"],
    run: (client, { model_id: id }) => client.unloadModel(String(id)),
  },
  unload_all_models: { parameters: [], run: (client) => client.unloadAllModels() },
  configure: {
    parameters: ["inference_configuration"],
    run: (client, args) => client.configure(configurationFromPython(configurationOf(args))),
  },
  select_model: {
    parameters: ["model_id"],
    run: (client, { model_id: id }) => client.selectModel(String(id)),
  },
  select_api_v0: { parameters: [], run: (client) => client.selectApiV0() },
  select_api_v1: { parameters: [], run: (client) => client.selectApiV1() },
  $client_mode: { parameters: [], run: (client) => client.clientMode },
  $selected_model: { parameters: [], run: (client) => client.selectedModel },
};

/** A client derived for a Python `with` block. */
export const CONTEXTS: Readonly<
  Record<string, (client: InferenceHTTPClient, args: Arguments) => InferenceHTTPClient>
> = {
  use_api_v0: (client) => client.with({ apiMode: "v0" }),
  use_api_v1: (client) => client.with({ apiMode: "v1" }),
  use_model: (client, { model_id: id }) => client.with({ modelId: String(id) }),
  use_configuration: (client, args) =>
    client.with({}).configure(configurationFromPython(configurationOf(args))),
};

type Work = (client: InferenceHTTPClient) => Promise<void>;

/** The callback form of the same blocks. */
export const SCOPES: Readonly<
  Record<string, (client: InferenceHTTPClient, args: Arguments, work: Work) => Promise<void>>
> = {
  use_api_v0: (client, _args, work) => client.useApiV0(work),
  use_api_v1: (client, _args, work) => client.useApiV1(work),
  use_model: (client, { model_id: id }, work) => client.useModel(String(id), work),
  use_configuration: (client, args, work) =>
    client.useConfiguration(configurationFromPython(configurationOf(args)), work),
};

const CONTEXT_PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  use_model: ["model_id"],
  use_configuration: ["inference_configuration"],
};

/** Arguments by name, whether they were recorded by name, by position or both. */
export function namedArguments(args: unknown, parameters: readonly string[]): Arguments {
  const positional = Array.isArray(args)
    ? args
    : isRecord(args) && Array.isArray(args.$args)
      ? args.$args
      : [];
  const named = isRecord(args) ? args : {};
  const byPosition = positional.map((value: unknown, index: number): [string, unknown] => [
    parameters[index] ?? `$${index}`,
    value,
  ]);
  return { ...Object.fromEntries(byPosition), ...named };
}

/** The parameters of a context by name of the context. */
export function contextParameters(context: string): readonly string[] {
  return CONTEXT_PARAMETERS[context] ?? [];
}

function inferLike(method: "infer" | "inferFromApiV0" | "inferFromApiV1"): MethodSpec {
  return {
    parameters: ["inference_input", "model_id"],
    run: (client, { inference_input: input, model_id: id }, context) => {
      const options = typeof id === "string" ? { ...context, modelId: id } : context;
      // Recorded inputs are of every type on purpose, also of types that the signature does not allow.
      return Reflect.apply(client[method], client, [input, options]);
    },
  };
}

function clipMethod(method: "inferOnVideo" | "inferOnVideoFromApiV0" | "inferOnVideoFromApiV1"): MethodSpec {
  return {
    parameters: ["video_reference", "model_id"],
    run: (client, { video_reference: video, model_id: id }, context) => {
      const options = typeof id === "string" ? { ...context, modelId: id } : context;
      // Recorded references are of every type on purpose.
      return Reflect.apply(client[method], client, [video, options]);
    },
  };
}

function configurationOf(args: Arguments): Record<string, unknown> {
  const inner = args.inference_configuration;
  return isRecord(inner) ? inner : { ...args };
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
