import {
  type EndpointAnswer,
  type EndpointClient,
  endpointAnswer,
  fetchWith,
  type SendRequest,
} from "./endpoint-client.ts";

/** `GET /info`: name, version and instance id of the server. Needs no key. */
export async function serverInfo(
  client: EndpointClient,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(await client.GET("/info", { fetch: fetchWith(send) }));
}
