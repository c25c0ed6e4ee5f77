import {
  type EndpointAnswer,
  type EndpointClient,
  endpointAnswer,
  fetchWith,
  type SendRequest,
} from "./endpoint-client.ts";

/** `GET /model/registry`: the loaded models. `query` is for a key that has to travel in the URL; the document has none. */
export async function listModels(
  client: EndpointClient,
  query: Readonly<Record<string, string>>,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(
    await client.GET("/model/registry", {
      querySerializer: () => new URLSearchParams(query).toString(),
      fetch: fetchWith(send),
    }),
  );
}

/** `POST /model/add`: loads a model. */
export async function addModel(
  client: EndpointClient,
  body: { readonly model_id: string; readonly api_key?: string },
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(await client.POST("/model/add", { body, fetch: fetchWith(send) }));
}

/** `POST /model/remove`: unloads a model. */
export async function removeModel(
  client: EndpointClient,
  body: { readonly model_id: string },
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(await client.POST("/model/remove", { body, fetch: fetchWith(send) }));
}

/** `POST /model/clear`: unloads every model. */
export async function clearModels(
  client: EndpointClient,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(await client.POST("/model/clear", { fetch: fetchWith(send) }));
}
