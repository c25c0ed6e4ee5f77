import { InferenceHTTPClient } from "@inference-ts/sdk/node";
import { SANDBOX_KEY, startSandbox } from "@inference-ts/testing";

/** What the suite runs on. */
export type TargetKind = "sandbox" | "real server";

/** A server that the suite runs on: a sandbox of its own for every test file, or the real server named by the environment. */
export interface Target {
  readonly kind: TargetKind;
  /** Version whose behaviour is expected. */
  readonly version: string;
  readonly url: string;
  /** A key that the server accepts; test data, not a secret. */
  readonly apiKey: string;
  /** A client of this server, closed with the target. */
  client(options?: ClientOptions): InferenceHTTPClient;
  /** Takes all models out of the server's memory. */
  unloadAllModels(): Promise<void>;
  close(): Promise<void>;
}

/** Options of the SDK's client; address and key are the target's unless given. */
export type ClientOptions = Partial<ConstructorParameters<typeof InferenceHTTPClient>[0]>;

/** Version that the sandbox follows. */
const SANDBOX_VERSION = "1.8.3";

/**
 * The real server when `INFERENCE_CONTRACT_URL` names one (`INFERENCE_CONTRACT_KEY` and `INFERENCE_CONTRACT_VERSION` go with
 * it), otherwise a new sandbox.
 */
export async function openTarget(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Target> {
  if (env.INFERENCE_CONTRACT_URL) {
    return targetAt({
      kind: "real server",
      url: env.INFERENCE_CONTRACT_URL,
      apiKey: env.INFERENCE_CONTRACT_KEY || "test-key",
      version: env.INFERENCE_CONTRACT_VERSION || SANDBOX_VERSION,
      close: async () => {},
    });
  }
  const sandbox = await startSandbox();
  return targetAt({
    kind: "sandbox",
    url: sandbox.url,
    apiKey: SANDBOX_KEY,
    version: SANDBOX_VERSION,
    close: () => sandbox.close(),
  });
}

type Server = Omit<Target, "client" | "unloadAllModels">;

function targetAt(server: Server): Target {
  const clients: InferenceHTTPClient[] = [];
  const client = (options: ClientOptions = {}) => {
    const made = new InferenceHTTPClient({ apiUrl: server.url, apiKey: server.apiKey, ...options });
    clients.push(made);
    return made;
  };
  return {
    ...server,
    client,
    unloadAllModels: async () => {
      await client().unloadAllModels();
    },
    close: async () => {
      await Promise.all(clients.map((made) => made.close()));
      await server.close();
    },
  };
}
