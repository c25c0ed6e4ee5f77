import { browserImageRuntime, encodeBase64Into } from "@inference-ts/images";
import type { Transport, WireRequest, WireResponse } from "@inference-ts/transport";
import type { InferenceClientOptions } from "../client-options.ts";
import { HuggingFaceClient } from "../methods/huggingface-client.ts";
import type { MachineSettings } from "../settings/endpoints.ts";

/** One scripted answer. */
export interface Script {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A value is sent as JSON, text and bytes as they are, a list of `pieces` one by one. */
  readonly json?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array;
  readonly pieces?: readonly (string | Uint8Array)[];
  /** Never ends after its pieces. */
  readonly stalls?: boolean;
}

/** A client over a script, and what it sent. */
export interface ScriptedClient {
  readonly client: HuggingFaceClient;
  readonly requests: readonly WireRequest[];
  /** Answers whose body was begun and neither ended nor released. */
  readonly open: () => number;
}

const encoder = new TextEncoder();

/** Makes a client whose requests are answered in order; the last answer is repeated. */
export function scriptedClient(
  scripts: readonly Script[],
  options: InferenceClientOptions = {},
  machine?: MachineSettings,
): ScriptedClient {
  const requests: WireRequest[] = [];
  let open = 0;
  const transport: Transport = {
    name: "scripted",
    send: async (request, signal) => {
      signal.throwIfAborted();
      requests.push(request);
      const script = scripts[Math.min(requests.length, scripts.length) - 1] ?? {};
      open += 1;
      return answer(script, signal, () => {
        open -= 1;
      });
    },
    close: async () => undefined,
  };
  const client = new HuggingFaceClient(
    { transport, token: false, ...options },
    {
      createTransport: () => transport,
      createImageRuntime: () => browserImageRuntime({ anyContent: true }),
      writeBase64: encodeBase64Into,
      ...(machine === undefined ? {} : { readMachine: () => machine }),
    },
  );
  return { client, requests, open: () => open };
}

function answer(script: Script, signal: AbortSignal, release: () => void): WireResponse {
  const headers = new Headers(script.headers);
  const pieces = (script.pieces ?? [bodyOf(script)]).map((piece) =>
    typeof piece === "string" ? encoder.encode(piece) : piece,
  );
  return {
    status: script.status ?? 200,
    header: (name) => headers.get(name),
    bytes: async () => {
      release();
      return pieces.length === 1
        ? (pieces[0] ?? new Uint8Array())
        : encoder.encode(pieces.map(String).join(""));
    },
    stream: async function* () {
      try {
        yield* pieces;
        if (script.stalls === true) await aborted(signal);
      } finally {
        release();
      }
    },
    discard: release,
  };
}

function bodyOf({ json, text, bytes }: Script): string | Uint8Array {
  return bytes ?? text ?? (json === undefined ? "" : JSON.stringify(json));
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** The JSON body of a request. */
export function jsonOf(request: WireRequest | undefined): unknown {
  return request?.body instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(request.body)) : undefined;
}

/** A grey PNG of one pixel. */
export const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="),
  (letter) => letter.charCodeAt(0),
);
