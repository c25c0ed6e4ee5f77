import type { EndpointInput, EndpointMethod, EndpointOutput, PathsWith } from "@inference-ts/endpoints";
import type { CallScope } from "../call/call-scope.ts";
import type { InferenceCall } from "../call/inference-call.ts";
import type { CallOptions } from "../client-options.ts";
import type { EndpointOptions, RawEndpointInput } from "./endpoint-options.ts";

type Arguments<Input> = object extends Input
  ? [input?: Input & EndpointOptions]
  : [input: Input & EndpointOptions];

/** Calls operations of one HTTP method. */
export type EndpointCall<M extends EndpointMethod> = <P extends PathsWith<M>>(
  path: P,
  ...input: Arguments<EndpointInput<P, M>>
) => InferenceCall<EndpointOutput<P, M>>;

/**
 * Every operation of the server's OpenAPI document, by method and path, typed by that document. Key, deadline, attempts, errors, events
 * and metadata are those of every other method. Answers are typed, not checked: only that JSON is JSON.
 *
 * Path parameters keep their braces in `path` and are given in `params.path`. A stored answer of type `image/*` is a `Uint8Array`,
 * text of another kind than JSON a string.
 */
export interface Endpoints {
  readonly GET: EndpointCall<"get">;
  readonly POST: EndpointCall<"post">;
  readonly DELETE: EndpointCall<"delete">;
  readonly HEAD: EndpointCall<"head">;
}

type Start = (
  method: string,
  options: CallOptions,
  run: (scope: CallScope) => Promise<unknown>,
) => InferenceCall<unknown>;

// The overload says what the document guarantees; at run time all operations are called in one way.
/** The accessor of a client whose calls `start` starts. */
export function createEndpoints(start: Start): Endpoints;
export function createEndpoints(start: Start): object {
  const method =
    (name: EndpointMethod) =>
    (path: string, input: RawEndpointInput = {}) =>
      start(`endpoints.${name.toUpperCase()}`, input, async (scope) => {
        const { callEndpoint } = await import("./call-endpoint.ts");
        return callEndpoint(scope, name, path, input);
      });
  return { GET: method("get"), POST: method("post"), DELETE: method("delete"), HEAD: method("head") };
}
