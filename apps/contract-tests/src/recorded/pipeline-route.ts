import type { InferenceHTTPClient } from "@inference-ts/sdk/node";
import { isRecord } from "../golden/json.ts";
import type { Route } from "./route.ts";

const COMMANDS: Readonly<Record<string, (client: InferenceHTTPClient, id: string) => Promise<unknown>>> = {
  "GET status": (client, id) => client.getInferencePipelineStatus(id),
  "POST pause": (client, id) => client.pauseInferencePipeline(id),
  "POST resume": (client, id) => client.resumeInferencePipeline(id),
  "POST terminate": (client, id) => client.terminateInferencePipeline(id),
};

/** How a request about pipelines is made again; `undefined` for every other request. */
export function pipelineRoute(method: string, path: string): Route | undefined {
  const [, root, id = "", verb] = path.split("/");
  if (root !== "inference_pipelines") return undefined;
  if (verb === undefined) {
    return id === "list" ? { call: (client) => client.listInferencePipelines() } : { call: startedAnswer };
  }
  if (verb === "consume") {
    return {
      call: (client, { requestBody: body }) =>
        client.consumeInferencePipelineResult(id, { excludedFields: excludedIn(body) }),
    };
  }
  const command = COMMANDS[`${method} ${verb}`];
  return command === undefined ? undefined : { call: (client) => command(client, id) };
}

function excludedIn(body: unknown): readonly string[] | undefined {
  const excluded = isRecord(body) ? body.excluded_fields : undefined;
  return Array.isArray(excluded) ? excluded.map(String) : undefined;
}

/** A start gives a handle; the server's answer is in it. What is refused on the server would be refused here, so the request is another. */
function startedAnswer(client: InferenceHTTPClient): Promise<unknown> {
  const call = client.startInferencePipelineWithWorkflow({ videoReference: 0, specification: {} });
  const answer = call.then((pipeline) => pipeline.answer);
  return Object.assign(answer, {
    withMeta: async () => {
      // Its failure is taken from the call itself.
      answer.catch(() => {});
      const { data, meta } = await call.withMeta();
      return { data: data.answer, meta };
    },
  });
}
