import {
  resolveModelAlias,
  type Transport,
  type WireRequest,
  type WireResponse,
} from "@inference-ts/sdk/node";
import type { Recording } from "./recording.ts";

/** A transport that gives one recorded answer. */
export interface RecordedTransport extends Transport {
  /** Whether the recorded request was made, and which others. */
  readonly made: { recorded: boolean; others: string[] };
}

/** What the registry says, for calls that ask it about a model first. */
export interface RegistryEntry {
  readonly modelId: string;
  readonly task: string;
}

/** Answers the recorded request, and the question about the model before it. `anyPath`: every request gets the answer. */
export function recordedTransport(
  recording: Recording,
  registry: RegistryEntry | null,
  anyPath: boolean,
): RecordedTransport {
  const made = { recorded: false, others: [] as string[] };
  return {
    name: "recorded",
    made,
    send: async (request) => {
      const path = decodeURIComponent(new URL(request.url).pathname);
      if (anyPath || (request.method === recording.method && path === recording.path)) {
        made.recorded = true;
        return response(recording.status, recording.headers, recording.bytes);
      }
      made.others.push(`${request.method} ${path}`);
      return registryAnswer(request, path, registry);
    },
    close: async () => {},
  };
}

function registryAnswer(request: WireRequest, path: string, registry: RegistryEntry | null): WireResponse {
  if (request.method !== "GET" || path !== "/model/registry" || registry === null) {
    return response(500, {}, Buffer.from(`{"message":"nothing is recorded for ${path}"}`));
  }
  const models = [registry.modelId, resolveModelAlias(registry.modelId)].map((id) => ({
    model_id: id,
    task_type: registry.task,
  }));
  return response(200, { "content-type": "application/json" }, Buffer.from(JSON.stringify({ models })));
}

function response(
  status: number,
  headers: Readonly<Record<string, string>>,
  bytes: Uint8Array,
): WireResponse {
  return {
    status,
    header: (name) => headers[name.toLowerCase()] ?? null,
    bytes: async () => bytes,
    stream: async function* () {
      yield bytes;
    },
    discard: () => {},
  };
}
