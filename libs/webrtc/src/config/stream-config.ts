import { InvalidParameterError } from "@inference-ts/errors";
import type { TurnServer } from "./turn-server.ts";

/**
 * How a live video session is run.
 *
 * Source: `StreamConfig` of the Python client 1.8.3 and `WebRTCWorkerRequest` of the server.
 */
export interface StreamConfig {
  /** Output whose picture comes back as video: the first name that is not empty. Default none. */
  readonly streamOutput?: readonly string[];
  /** Outputs that come as data for every frame; `["*"]` for all that are no picture. Default none. */
  readonly dataOutput?: readonly string[];
  /**
   * `true`: the worker skips frames it has no time for. `false`: it works on every frame, and the source waits.
   * Default true; a video file has a setting of its own.
   */
  readonly realtimeProcessing?: boolean;
  /** Frames per second of the source, for blocks that need it. 0 is the same as not given. A camera's own rate wins. */
  readonly declaredFps?: number;
  /** TURN server for both sides. Default: Roboflow's own for the hosted API, otherwise none. */
  readonly turnServer?: TurnServer;
  /** Values of the workflow's parameters. */
  readonly workflowParameters?: Readonly<Record<string, unknown>>;
  /** Machine of the hosted service, such as `webrtc-gpu-small`. */
  readonly requestedPlan?: string;
  /** Where the hosted service shall run the worker, such as `us`. */
  readonly requestedRegion?: string;
  /** When the worker stops by itself, in whole seconds from its start. The server's default is 3600. */
  readonly processingTimeout?: number;
}

/** A {@link StreamConfig} with the defaults filled in and every value checked. */
export interface CheckedStreamConfig {
  readonly streamOutput: readonly string[];
  readonly dataOutput: readonly string[];
  readonly realtimeProcessing: boolean;
  readonly declaredFps: number | undefined;
  readonly turnServer: TurnServer | undefined;
  readonly workflowParameters: Readonly<Record<string, unknown>>;
  readonly requestedPlan: string | undefined;
  readonly requestedRegion: string | undefined;
  readonly processingTimeout: number | undefined;
}

type Rule = readonly [means: string, holds: (value: unknown) => boolean];

const isNames = (value: unknown): boolean =>
  Array.isArray(value) && value.every((name) => typeof name === "string");
const NAMES: Rule = ["a list of output names", isNames];
const TEXT: Rule = ["a text", (value) => typeof value === "string"];

const RULES: Readonly<Record<keyof StreamConfig, Rule>> = {
  streamOutput: NAMES,
  dataOutput: NAMES,
  realtimeProcessing: ["true or false", (value) => typeof value === "boolean"],
  declaredFps: [
    "a number of frames per second, 0 or more",
    (value) => typeof value === "number" && Number.isFinite(value) && value >= 0,
  ],
  // Read and judged where the TURN configuration is chosen.
  turnServer: ["an object", (value) => typeof value === "object"],
  workflowParameters: ["an object", (value) => typeof value === "object" && !Array.isArray(value)],
  requestedPlan: TEXT,
  requestedRegion: TEXT,
  processingTimeout: [
    "a whole number of seconds, 0 or more",
    (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= 0,
  ],
};

/**
 * Checks a configuration and fills in the defaults; `null` is the same as not given.
 *
 * @throws InvalidParameterError for an unknown field or a value the server would not take.
 */
export function checkStreamConfig(config: StreamConfig = {}): CheckedStreamConfig {
  for (const [field, value] of Object.entries(config)) checkField(field, value);
  return {
    streamOutput: config.streamOutput ?? [],
    dataOutput: config.dataOutput ?? [],
    realtimeProcessing: config.realtimeProcessing ?? true,
    declaredFps: config.declaredFps || undefined,
    turnServer: config.turnServer ?? undefined,
    workflowParameters: config.workflowParameters ?? {},
    requestedPlan: config.requestedPlan ?? undefined,
    requestedRegion: config.requestedRegion ?? undefined,
    processingTimeout: config.processingTimeout ?? undefined,
  };
}

const isField = (name: string): name is keyof StreamConfig => Object.hasOwn(RULES, name);

function checkField(field: string, value: unknown): void {
  if (!isField(field)) {
    throw new InvalidParameterError(
      `"${field}" is no setting of a live video session. Settings: ${Object.keys(RULES).join(", ")}.`,
    );
  }
  const [means, holds] = RULES[field];
  if (value === undefined || value === null || holds(value)) return;
  throw new InvalidParameterError(`${field} must be ${means}.`);
}
