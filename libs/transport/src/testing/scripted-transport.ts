import type { Transport, WireRequest, WireResponse } from "../wire.ts";

/** One scripted answer: a status with body and headers, an error, or silence until the signal aborts. */
export type Script =
  | {
      readonly status: number;
      readonly body?: string;
      readonly headers?: Record<string, string>;
      readonly bodyError?: Error;
    }
  | { readonly error: Error }
  | "silence";

/** A transport that plays a script and remembers what it was asked. */
export interface ScriptedTransport extends Transport {
  readonly requests: readonly WireRequest[];
}

/** Plays `scripts` one per request; the last one is repeated. */
export function scriptedTransport(scripts: readonly Script[]): ScriptedTransport {
  const requests: WireRequest[] = [];
  return {
    name: "scripted",
    requests,
    send: async (request, signal) => {
      const script = scripts[Math.min(requests.length, scripts.length - 1)];
      requests.push(request);
      if (script === undefined || script === "silence") return untilAborted(signal);
      if ("error" in script) throw script.error;
      return scriptedResponse(script);
    },
    close: async () => undefined,
  };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function scriptedResponse(script: Exclude<Script, "silence" | { readonly error: Error }>): WireResponse {
  const body = new TextEncoder().encode(script.body ?? "");
  return {
    status: script.status,
    header: (name) => script.headers?.[name] ?? null,
    bytes: async () => {
      if (script.bodyError !== undefined) throw script.bodyError;
      return body;
    },
    stream: async function* () {
      yield body;
      if (script.bodyError !== undefined) throw script.bodyError;
    },
    discard: () => undefined,
  };
}
