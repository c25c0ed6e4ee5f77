import type { StreamConfig } from "../config/stream-config.ts";
import type { SourcePlan } from "../config/video-source.ts";
import type { WorkChoice } from "../signalling/init-request.ts";
import requests from "./recorded-init-requests.json" with { type: "json" };

/** The start of one session, recorded with the Python client 1.8.3; arguments in our names. */
export interface RecordedInit {
  readonly id: string;
  readonly source: SourcePlan;
  readonly work: WorkChoice;
  /** Task of the model, given or looked up. */
  readonly task: string | null;
  readonly imageInput: string;
  readonly config: StreamConfig;
  /** The platform's answer about TURN, when it was asked. */
  readonly turnAnswer: unknown;
  /** Body of the request, without the key. */
  readonly payload: unknown;
  /** Channels and video lines of the peer connection, in order. */
  readonly peer: readonly unknown[];
  /** Servers the local peer was made with. */
  readonly ice: unknown;
  /** TURN addresses that did not answer. */
  readonly silent: readonly string[];
}

// Through text: the types of an imported JSON file have no literals.
export const RECORDED_INITS: readonly RecordedInit[] = JSON.parse(JSON.stringify(requests));
