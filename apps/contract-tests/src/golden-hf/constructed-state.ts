import { InferenceClient, type WireRequest } from "@inference-ts/sdk/huggingface/node";
import type { JsonRecord } from "../golden/json.ts";

/** What can be seen of a client that was made with Python's options: its settings, and the headers of a request. */
export async function constructedState({ $args: _position, ...options }: JsonRecord): Promise<JsonRecord> {
  let sent: WireRequest | null = null;
  const client = Reflect.construct(InferenceClient, [
    {
      ...options,
      transport: {
        name: "probe",
        send: async (request: WireRequest) => {
          sent = request;
          return {
            status: 200,
            header: () => null,
            bytes: async () => new Uint8Array(),
            stream: empty,
            discard: () => undefined,
          };
        },
        close: async () => undefined,
      },
    },
  ]);
  await client.post({ json: {}, model: "probe/probe" });
  await client.close();
  return { model: client.model, timeout: client.timeout, headers: headersOf(sent) };
}

async function* empty(): AsyncGenerator<Uint8Array, void, undefined> {}

function headersOf(request: WireRequest | null): Readonly<Record<string, string>> {
  return request?.headers ?? {};
}
