import { writeJsonBody } from "@inference-ts/transport";
import { type EndpointAnswer, parseJsonAnswer, type SendRequest } from "./endpoint-client.ts";

/** Body of {@link promptCogvlm}. `history` holds pairs of a prompt and what the model said to it. */
export interface CogvlmRequest {
  readonly api_key?: string;
  readonly model_id: "cogvlm";
  readonly image: unknown;
  readonly prompt: string;
  readonly history?: readonly (readonly [prompt: string, answer: string])[];
}

/** `POST /llm/cogvlm` of older servers; no known document of a server (1.5 and later) has it. */
export async function promptCogvlm(
  baseUrl: string,
  body: CogvlmRequest,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  const answer = await send({
    method: "POST",
    url: `${baseUrl}/llm/cogvlm`,
    headers: { "content-type": "application/json" },
    body: writeJsonBody(body),
  });
  return { data: await parseJsonAnswer(answer), answer };
}
