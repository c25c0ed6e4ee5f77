import { HTTPCallError, InvalidParameterError, ModelNotSelectedError } from "@inference-ts/errors";
import { isAddress, modelPath, withPath } from "../address/model-address.ts";
import { badShape, oneObject, readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import { isObject } from "../call/json-object.ts";
import { sendRequest } from "../call/send-request.ts";

/** How a model stands in the serverless API (`ModelStatus`). */
export interface ModelStatus {
  /** Whether the model is loaded now. */
  readonly loaded: boolean;
  /** `Loaded`, `Loadable` (the first request loads it), `TooBig`, or another. */
  readonly state: string;
  /** The hardware: a name such as `gpu`, or an object that describes it. */
  readonly compute_type: string | Readonly<Record<string, unknown>>;
  /** What the model was built with, such as `transformers`. */
  readonly framework: string;
}

function modelOf(scope: CallScope): string {
  const { settings } = scope.core;
  const model = scope.model ?? settings.model ?? settings.baseUrl;
  if (model !== null) return model;
  throw new ModelNotSelectedError(`${scope.operation} needs a model.`, {
    hint: "Pass model to the client or the call.",
  });
}

/** Asks the serverless API how a model stands. Nothing is waited for. */
export async function getModelStatus(scope: CallScope): Promise<ModelStatus> {
  const model = modelOf(scope);
  const { operation } = scope;
  if (isAddress(model)) {
    throw new InvalidParameterError("Only models of the serverless API have a status, not addresses.", {
      hint: "Use healthCheck or getEndpointInfo for an endpoint.",
    });
  }
  const url = `${scope.core.settings.endpoints.inference}/status/${modelPath(model)}`;
  const answer = await sendRequest(scope, { method: "GET", url, body: null, waits: false });
  const { loaded, state, compute_type, framework } = oneObject(await readJson(answer, operation), operation);
  if (typeof loaded !== "boolean") return badShape(operation, "loaded", "true or false", loaded);
  if (typeof state !== "string") return badShape(operation, "state", "text", state);
  if (typeof framework !== "string") return badShape(operation, "framework", "text", framework);
  if (typeof compute_type !== "string" && !isObject(compute_type)) {
    return badShape(operation, "compute_type", "text or an object", compute_type);
  }
  return { loaded, state, compute_type, framework };
}

/** Asks an endpoint whether it is well: true for status 200, false for every other answer. */
export async function healthCheck(scope: CallScope): Promise<boolean> {
  const model = modelOf(scope);
  if (!isAddress(model)) {
    throw new InvalidParameterError("Only an endpoint has a health check, not a model id.", {
      hint: "Pass the address of the endpoint; for the serverless API use getModelStatus.",
    });
  }
  try {
    const url = withPath(model, "/health");
    // A page behind a redirect, such as a log-in, says nothing about the endpoint.
    const request = { method: "GET", url, body: null, waits: false, redirects: false } as const;
    const answer = await sendRequest(scope, request);
    return answer.status === 200;
  } catch (error) {
    if (error instanceof HTTPCallError) return false;
    throw error;
  }
}

/** What an endpoint tells about itself; TGI and TEI have this, the default container has not. */
export async function getEndpointInfo(scope: CallScope): Promise<Record<string, unknown>> {
  const model = modelOf(scope);
  const url = isAddress(model)
    ? withPath(model, "/info")
    : `${scope.core.settings.endpoints.inference}/models/${modelPath(model)}/info`;
  const answer = await sendRequest(scope, { method: "GET", url, body: null, waits: false });
  return { ...oneObject(await readJson(answer, scope.operation), scope.operation) };
}
