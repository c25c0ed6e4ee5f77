import type { Schema } from "@inference-ts/schema";
import {
  type EndpointAnswer,
  type EndpointClient,
  endpointAnswer,
  fetchWith,
  type SendRequest,
} from "./endpoint-client.ts";
import { requestRaw } from "./raw-endpoint.ts";

/** `POST /inference_pipelines/initialise`: starts a pipeline that runs a workflow on a video source. */
export async function startPipeline(
  client: EndpointClient,
  body: Schema<"InitialisePipelinePayload">,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(
    await client.POST("/inference_pipelines/initialise", { body, fetch: fetchWith(send) }),
  );
}

/** `GET /inference_pipelines/list`: ids of the pipelines. `query` is for a key that has to travel in the URL. */
export async function listPipelines(
  client: EndpointClient,
  query: Readonly<Record<string, string>>,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(
    await client.GET("/inference_pipelines/list", {
      querySerializer: () => new URLSearchParams(query).toString(),
      fetch: fetchWith(send),
    }),
  );
}

/** `GET /inference_pipelines/{pipeline_id}/status`: what the pipeline reports of itself. */
export async function pipelineStatus(
  client: EndpointClient,
  pipeline_id: string,
  query: Readonly<Record<string, string>>,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(
    await client.GET("/inference_pipelines/{pipeline_id}/status", {
      params: { path: { pipeline_id } },
      querySerializer: () => new URLSearchParams(query).toString(),
      fetch: fetchWith(send),
    }),
  );
}

/** `GET /inference_pipelines/{pipeline_id}/consume`: takes the oldest result. A body with a GET is the only way to leave fields out. */
export async function consumePipelineResult(
  client: EndpointClient,
  pipeline_id: string,
  query: Readonly<Record<string, string>>,
  body: (Schema<"ConsumeResultsPayload"> & { readonly api_key?: string }) | undefined,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(
    await client.GET("/inference_pipelines/{pipeline_id}/consume", {
      params: { path: { pipeline_id } },
      querySerializer: () => new URLSearchParams(query).toString(),
      ...(body === undefined ? {} : { body }),
      fetch: fetchWith(send),
    }),
  );
}

/** The commands that a running pipeline takes. */
export type PipelineCommand = "pause" | "resume" | "terminate";

/**
 * `POST /inference_pipelines/{pipeline_id}/pause`, `resume` or `terminate`. The document knows no body; the key in it is for the
 * sign-in check in front of hosted servers.
 */
export async function commandPipeline(
  client: EndpointClient,
  command: PipelineCommand,
  pipeline_id: string,
  body: { readonly api_key?: string },
  send: SendRequest,
): Promise<unknown> {
  const input = { params: { path: { pipeline_id }, query: {} }, body };
  return requestRaw(client, "post", `/inference_pipelines/{pipeline_id}/${command}`, input, send);
}
