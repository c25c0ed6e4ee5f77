import { InferenceClient, type InferenceClientOptions } from "@inference-ts/sdk/huggingface/node";
import { startSandbox } from "@inference-ts/sdk/testing";
import { vi } from "vitest";

/** A request as the server notes it. */
export interface NotedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the caller went away before the answer was complete. */
  readonly left: boolean;
}

/** The token that the routes below `/private` ask for; test data, not a secret. */
export const PRIVATE_TOKEN = "hf_contract_token";

/** A server that the suite runs on: a sandbox of its own for every test file, or the real one named by the environment. */
export interface Target extends AsyncDisposable {
  readonly kind: "sandbox" | "real server";
  /** Root of the server; serves as `HF_INFERENCE_ENDPOINT` and `HF_ENDPOINT`. */
  readonly url: string;
  /** Address of the container of a task. */
  endpoint(task: string): string;
  /** A client that is closed with the target. */
  client(options?: InferenceClientOptions): InferenceClient;
  /** A client whose serverless API and hub are this server. */
  serverless(options?: InferenceClientOptions): InferenceClient;
  /** Requests since the last `forget`. */
  requests(): Promise<readonly NotedRequest[]>;
  forget(): Promise<void>;
  /** Makes every model load again, which takes so long from its first request on. */
  unload(seconds: number): Promise<void>;
}

/** The real server when `INFERENCE_CONTRACT_HF_URL` names one, otherwise a new sandbox. */
export async function openTarget(): Promise<Target> {
  const real = process.env.INFERENCE_CONTRACT_HF_URL;
  if (real) return targetAt("real server", real, async () => {});
  const sandbox = await startSandbox();
  return targetAt("sandbox", `${sandbox.url}/huggingface`, () => sandbox.close());
}

function targetAt(kind: Target["kind"], url: string, closeServer: () => Promise<void>): Target {
  const clients: InferenceClient[] = [];
  const client = (options: InferenceClientOptions = {}) => {
    const made = new InferenceClient({ timeout: 30, ...options });
    clients.push(made);
    return made;
  };
  const ask = async (method: string, path: string): Promise<unknown> => {
    const response = await fetch(`${url}/_test/${path}`, { method });
    return response.json();
  };
  return {
    kind,
    url,
    endpoint: (task) => `${url}/endpoints/${task}`,
    client,
    serverless: (options) => {
      vi.stubEnv("HF_INFERENCE_ENDPOINT", url);
      vi.stubEnv("HF_ENDPOINT", url);
      try {
        return client(options);
      } finally {
        vi.unstubAllEnvs();
      }
    },
    requests: async () => {
      const noted = await ask("GET", "requests");
      if (!Array.isArray(noted)) throw new Error("The server notes no requests.");
      return noted;
    },
    forget: async () => {
      await ask("DELETE", "requests");
    },
    unload: async (seconds) => {
      await ask("POST", `unload?seconds=${seconds}`);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(clients.map((made) => made.close()));
      await closeServer();
    },
  };
}
