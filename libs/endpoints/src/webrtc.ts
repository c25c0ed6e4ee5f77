import {
  type EndpointAnswer,
  type EndpointClient,
  parseJsonAnswer,
  type SendRequest,
} from "./endpoint-client.ts";
import { requestRaw } from "./raw-endpoint.ts";

/**
 * `POST /initialise_webrtc_worker`: starts a worker for live video and answers the offer. The body is not the document's: the Python
 * client adds fields that the server ignores, and so do we.
 */
export async function startWebrtcWorker(
  client: EndpointClient,
  body: object,
  send: SendRequest,
): Promise<unknown> {
  return requestRaw(client, "post", "/initialise_webrtc_worker", { params: { query: {} }, body }, send);
}

/** `GET /webrtc_turn_config` of the platform, which is no part of the server: the TURN servers of a key. */
export async function platformTurnServers(
  platformUrl: string,
  query: Readonly<Record<string, string>>,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return getFromPlatform(`${platformUrl}/webrtc_turn_config`, query, send);
}

/** `GET /models/v1/external/stat` of the platform, which is no part of the server: what it knows of a model. */
export async function platformModelStat(
  platformUrl: string,
  modelId: string,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return getFromPlatform(`${platformUrl}/models/v1/external/stat`, { modelId }, send);
}

async function getFromPlatform(
  url: string,
  query: Readonly<Record<string, string>>,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  const text = new URLSearchParams(query).toString();
  const answer = await send({
    url: text === "" ? url : `${url}?${text}`,
    method: "GET",
    headers: {},
    body: null,
  });
  return { data: await parseJsonAnswer(answer), answer };
}
