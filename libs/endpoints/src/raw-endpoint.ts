import type { paths } from "@inference-ts/schema";
import type { FetchResponse, ParamsOption, RequestBodyOption } from "openapi-fetch";
import {
  type EndpointClient,
  fetchWith,
  parseJsonAnswer,
  rawAnswer,
  type SendRequest,
} from "./endpoint-client.ts";

/** The HTTP methods of the server's operations. */
export type EndpointMethod = "get" | "post" | "delete" | "head";

/** The paths that have an operation of this method. */
export type PathsWith<M extends EndpointMethod> = {
  [P in keyof paths]: paths[P] extends { readonly [K in M]: infer O }
    ? O extends undefined
      ? never
      : P
    : never;
}[keyof paths];

/** One operation of the server's document. */
export type OperationAt<P extends keyof paths, M extends EndpointMethod> = paths[P] extends {
  readonly [K in M]: infer O extends Record<string | number, unknown>;
}
  ? O
  : never;

/** What an operation takes: `params` (path and query) and `body`, as far as it has them. */
export type EndpointInput<P extends keyof paths, M extends EndpointMethod> = ParamsOption<OperationAt<P, M>> &
  RequestBodyOption<OperationAt<P, M>>;

/** What an operation answers with, as the server's document types it. */
export type EndpointOutput<P extends keyof paths, M extends EndpointMethod> = NonNullable<
  FetchResponse<OperationAt<P, M>, object, "application/json">["data"]
>;

/** What any operation is given. */
export interface RawInput {
  readonly params: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query: Readonly<Record<string, unknown>>;
  };
  readonly body: unknown;
}

/**
 * Calls any operation. JSON is parsed; pictures and other bytes are a `Uint8Array`, text of another kind is a string, an empty
 * body `null`.
 */
export async function requestRaw(
  client: EndpointClient,
  method: EndpointMethod,
  path: string,
  { params, body }: RawInput,
  send: SendRequest,
): Promise<unknown> {
  const answer = rawAnswer(
    await untyped(client)(method, path, {
      params,
      ...(body === undefined ? {} : { body }),
      parseAs: "stream",
      fetch: fetchWith(send),
    }),
  );
  if (answer.body.length === 0) return null;
  const type = (answer.header("content-type") ?? "application/json").toLowerCase();
  if (/^(image|audio|video)\/|^application\/(octet-stream|zip|pdf)/.test(type)) return answer.body;
  return type.startsWith("text/") ? new TextDecoder().decode(answer.body) : parseJsonAnswer(answer);
}

type UntypedRequest = (
  method: EndpointMethod,
  path: string,
  init: Readonly<Record<string, unknown>>,
) => Promise<{ readonly response: Response }>;

/** The path is any here; who calls `requestRaw` is typed. */
function untyped(client: EndpointClient): UntypedRequest {
  return client.request as unknown as UntypedRequest;
}
