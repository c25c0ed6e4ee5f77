import type { Schema, SchemaName } from "@inference-ts/schema";
import type { Answer } from "@inference-ts/transport";
import {
  type EndpointAnswer,
  type EndpointClient,
  parseJsonAnswer,
  type SendRequest,
} from "./endpoint-client.ts";

/** The query of every core-model route: a key that travels in the URL, and billing. Other names are marks of usage. */
export interface CoreModelQuery {
  readonly api_key?: string;
  readonly countinference?: boolean;
  readonly service_secret?: string;
}

/** One route of a core model; `Name` is the schema of its request. */
export type CoreModelEndpoint<Name extends SchemaName> = (
  client: EndpointClient,
  body: Schema<Name>,
  query: CoreModelQuery,
  send: SendRequest,
) => Promise<EndpointAnswer<unknown>>;

/** One route of a core model that names the model in its path. */
export type CoreModelPathEndpoint<Name extends SchemaName> = (
  client: EndpointClient,
  modelId: string,
  body: Schema<Name>,
  query: CoreModelQuery,
  send: SendRequest,
) => Promise<EndpointAnswer<unknown>>;

/** The body of an answer that is JSON, or bytes (an npz archive) where the request asked for `format: "binary"`. */
export async function jsonOrBytes(answer: Answer): Promise<EndpointAnswer<unknown>> {
  const type = (answer.header("content-type") ?? "").toLowerCase();
  const isBinary = type.startsWith("application/octet-stream");
  return { data: isBinary ? answer.body : await parseJsonAnswer(answer), answer };
}

/** Puts a model id into a path whose last part may hold slashes; each part is escaped by itself. */
export function withModelId(modelId: string): (path: string) => string {
  const escaped = modelId.split("/").map(encodeURIComponent).join("/");
  return (path) => path.replace("{model_id}", () => escaped);
}
