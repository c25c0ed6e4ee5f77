import type { Answer, Exchange } from "./exchange.ts";
import type { ModelRegistry } from "./model-registry.ts";

/** What the routes share. */
export interface SandboxState {
  readonly registry: ModelRegistry;
  /** Six characters that identify this server in `/info`. */
  readonly uuid: string;
}

/** One route of the sandbox. */
export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly summary: string;
  readonly handle: (exchange: Exchange, state: SandboxState) => Promise<Answer> | Answer;
}
