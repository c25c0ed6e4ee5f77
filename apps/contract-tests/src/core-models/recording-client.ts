import {
  type InferenceEvent,
  InferenceHTTPClient,
  type InferenceHTTPClientOptions,
  type Transport,
} from "@inference-ts/sdk/node";
import { isRecord } from "../golden/json.ts";

/** One request, read. */
export interface Recorded {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a request is answered with: JSON of status 200, or everything. */
export type Reply =
  | { readonly json: unknown; readonly status?: number; readonly headers?: Record<string, string> }
  | { readonly bytes: Uint8Array; readonly type: string };

/** A client whose server is one function; nothing leaves the process. */
export interface RecordingClient extends AsyncDisposable {
  readonly client: InferenceHTTPClient;
  readonly requests: readonly Recorded[];
  readonly events: readonly InferenceEvent[];
}

/** Makes a client that gets `reply` for every request. */
export function recordingClient(
  reply: (request: Recorded) => Reply | Promise<Reply>,
  options: Partial<InferenceHTTPClientOptions> = {},
): RecordingClient {
  const requests: Recorded[] = [];
  const events: InferenceEvent[] = [];
  const transport: Transport = {
    name: "in memory",
    send: async (wire) => {
      const url = new URL(wire.url);
      const text = wire.body instanceof Uint8Array ? new TextDecoder().decode(wire.body) : "{}";
      const body: unknown = JSON.parse(text);
      const request: Recorded = {
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: wire.headers,
        body: isRecord(body) ? body : {},
      };
      requests.push(request);
      const answer = await reply(request);
      const isBytes = "bytes" in answer;
      const headers: Record<string, string> = {
        "content-type": isBytes ? answer.type : "application/json",
        ...(isBytes ? {} : answer.headers),
      };
      const bytes = isBytes ? answer.bytes : new TextEncoder().encode(JSON.stringify(answer.json));
      return {
        status: isBytes ? 200 : (answer.status ?? 200),
        header: (name) => headers[name.toLowerCase()] ?? null,
        bytes: async () => bytes,
        stream: async function* () {
          yield bytes;
        },
        discard: () => undefined,
      };
    },
    close: async () => undefined,
  };
  const client = new InferenceHTTPClient({
    apiUrl: "http://server.test",
    apiKey: "key-of-no-account",
    transport,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { client, requests, events, [Symbol.asyncDispose]: () => client.close() };
}
