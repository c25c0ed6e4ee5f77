import {
  type InferenceConfigurationInput,
  type InferenceEvent,
  InferenceHTTPClient,
  type Transport,
} from "@inference-ts/sdk/node";

type WireRequest = Parameters<Transport["send"]>[0];

/** A client whose server is one function, with what passed between them. */
export interface AnsweringClient extends AsyncDisposable {
  readonly client: InferenceHTTPClient;
  readonly requests: readonly WireRequest[];
  readonly events: readonly InferenceEvent[];
}

/** A client that gets the JSON of `answer` for every request; nothing leaves the process. */
export function answeringClient(
  apiMode: "v0" | "v1",
  configuration: InferenceConfigurationInput,
  answer: (path: string) => unknown,
): AnsweringClient {
  const requests: WireRequest[] = [];
  const events: InferenceEvent[] = [];
  const transport: Transport = {
    name: "in memory",
    send: async (request) => {
      requests.push(request);
      const body = new TextEncoder().encode(JSON.stringify(answer(new URL(request.url).pathname)));
      return {
        status: 200,
        header: (name) => (name.toLowerCase() === "content-type" ? "application/json" : null),
        bytes: async () => body,
        stream: async function* () {
          yield body;
        },
        discard: () => undefined,
      };
    },
    close: async () => undefined,
  };
  const client = new InferenceHTTPClient({
    apiUrl: "http://server.test",
    apiKey: "key-of-no-account",
    apiMode,
    configuration,
    transport,
    modelId: "project/1",
    // Long timers are skipped during a replay, deadlines with them.
    timeoutMs: null,
    onEvent: (event) => events.push(event),
  });
  return { client, requests, events, [Symbol.asyncDispose]: () => client.close() };
}
