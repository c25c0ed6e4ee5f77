import { type EndpointMethod, requestRaw } from "@inference-ts/endpoints";
import { InvalidParameterError } from "@inference-ts/errors";
import { endpointsOf } from "../call/belongings.ts";
import type { CallScope } from "../call/call-scope.ts";
import { ROUTE_HISTORY } from "../capabilities/generated/route-history.ts";
import { isPathPart } from "../models/model-id.ts";
import type { RawEndpointInput } from "./endpoint-options.ts";

/** Calls one operation of the server's document. */
export async function callEndpoint(
  scope: CallScope,
  method: EndpointMethod,
  path: string,
  input: RawEndpointInput,
): Promise<unknown> {
  const operation = `${method.toUpperCase()} ${path}`;
  const facts = ROUTE_HISTORY[operation];
  if (facts === undefined) {
    throw new InvalidParameterError(
      `There is no operation "${operation.slice(0, 200)}" in the server's document.`,
      {
        hint: "Paths are those of the document, with parameters in braces: /{dataset_id}/{version_id}.",
      },
    );
  }
  const { params = {}, body, repeatable = method === "get" || method === "head" } = input;
  checkPathParameters(path, params.path ?? {});
  const place = keyPlace(scope, facts.key, isPlainObject(body));
  return requestRaw(
    endpointsOf(scope.core),
    method,
    path,
    {
      params: { ...params, query: { ...scope.keyField(place === "query"), ...params.query } },
      body: isPlainObject(body) ? { ...scope.keyField(place === "body"), ...body } : body,
    },
    scope.send({
      operation,
      signal: scope.signal,
      timeoutMs: scope.timeoutMs(),
      replay: repeatable ? "always" : "before-sent",
      key: { ...scope.keyPlacement(true), query: false, body: false },
    }),
  );
}

/** Where the key stands beside the header: only where the operation says that it reads one. */
function keyPlace(
  scope: CallScope,
  declared: readonly ("query" | "body")[],
  hasBody: boolean,
): "query" | "body" | null {
  const wanted = scope.keyPlacement(hasBody);
  if (!wanted.query && !wanted.body) return null;
  const usable = declared.filter((place) => place === "query" || hasBody);
  const first = wanted.body ? "body" : "query";
  return usable.includes(first) ? first : (usable[0] ?? null);
}

/** A missing parameter would leave its braces in the address. */
function checkPathParameters(path: string, given: Readonly<Record<string, unknown>>): void {
  for (const [, name = ""] of path.matchAll(/\{([^}]+)\}/g)) {
    const value = given[name];
    const text = value === undefined || value === null ? "" : String(value);
    if (isPathPart(text)) continue;
    throw new InvalidParameterError(
      `The path parameter "${name}" of ${path} is ${text === "" ? "missing" : `"${text}"`}.`,
      {
        hint: `Pass { params: { path: { ${name}: ... } } }.`,
      },
    );
  }
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
