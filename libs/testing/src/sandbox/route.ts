import type { Answer, Exchange } from "./exchange.ts";
import type { HuggingFaceState } from "./huggingface/state.ts";
import type { ModelRegistry } from "./model-registry.ts";
import type { LiveSessions } from "./webrtc/live-sessions.ts";

/** What the routes share. */
export interface SandboxState {
  readonly registry: ModelRegistry;
  /** What the routes of the Hugging Face systems remember. */
  readonly huggingFace: HuggingFaceState;
  /** Six characters that identify this server in `/info`. */
  readonly uuid: string;
  /** Whether runs of workflows give their trace when they are asked for it. */
  readonly allowsProfiling: boolean;
  /** Live video sessions; they end with the sandbox. */
  readonly live: LiveSessions;
}

/** One route of the sandbox. */
export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly summary: string;
  readonly handle: (exchange: Exchange, state: SandboxState) => Promise<Answer> | Answer;
}
