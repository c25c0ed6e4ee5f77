import { randomUUID } from "node:crypto";
import type { Answer, Exchange } from "../exchange.ts";
import { bodyKey, headerKey } from "../keys.ts";
import type { Route, SandboxState } from "../route.ts";
import { jsonObject, missingField, refuseInvalid } from "../validation.ts";
import { frameOutputs } from "./frame-outputs.ts";
import { managerAnswer, refuseCommand, refuseUnknownPipeline } from "./manager-answers.ts";
import { createPipeline, type SandboxPipeline } from "./pipeline.ts";

/** `STREAM_MANAGER_MAX_ACTIVE_PIPELINES` of the real server. */
const MAX_PIPELINES = 8;

/** What servers since 1.6 open: a camera, a URL of a known scheme, an explicit path. */
const OPENED =
  /^(\/|\.\.?\/|[a-z]:[\\/]|(https?|rtsps?|rtspt|rtspst|rtmps?|udp|srt|rtp|tcp|file|csi):\/\/[^\s"']+$)/i;

const BARE_NAME =
  "Value error, Stream requests require a camera index, supported URL, or an absolute/explicit relative file path (for example " +
  "./video.mp4). Bare identifiers and raw GStreamer syntax are disabled. Trusted administrators may explicitly set " +
  "ALLOW_UNSAFE_GSTREAMER_PIPELINES=True.";

/** The pipelines of each sandbox; they end with it, and like on the real server some time after their sources. */
const pipelines = new WeakMap<SandboxState, Map<string, SandboxPipeline>>();

function pipelinesOf(state: SandboxState): Map<string, SandboxPipeline> {
  const known = pipelines.get(state) ?? new Map<string, SandboxPipeline>();
  pipelines.set(state, known);
  for (const [id, pipeline] of known) if (pipeline.isOver()) known.delete(id);
  return known;
}

/** Routes that start pipelines, ask about them and end them. */
export const pipelineRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/inference_pipelines/list",
    summary: "Pipelines",
    handle: (_exchange, state) => managerAnswer(null, { pipelines: [...pipelinesOf(state).keys()] }),
  },
  {
    method: "POST",
    path: "/inference_pipelines/initialise",
    summary: "Start a pipeline",
    handle: initialise,
  },
  ofPipeline("GET", "status", (id, pipeline) => managerAnswer(id, { report: pipeline.report() })),
  ofPipeline("POST", "pause", (id, pipeline) => {
    if (!pipeline.pause()) refuseState();
    return managerAnswer(id);
  }),
  ofPipeline("POST", "resume", (id, pipeline) => {
    if (!pipeline.resume()) refuseState();
    return managerAnswer(id);
  }),
  ofPipeline("GET", "consume", (id, pipeline, exchange) => {
    const { excluded_fields: excluded } = exchange.body.length === 0 ? {} : jsonObject(exchange);
    return managerAnswer(id, pipeline.consume(Array.isArray(excluded) ? excluded.map(String) : []));
  }),
  {
    method: "POST",
    path: "/inference_pipelines/{pipeline_id}/terminate",
    summary: "End a pipeline",
    handle: (exchange, state) => {
      const id = idOf(exchange);
      if (!pipelinesOf(state).delete(id)) refuseCommand("invalid_payload", "N/A");
      return managerAnswer(id);
    },
  },
];

function ofPipeline(
  method: "GET" | "POST",
  verb: string,
  handle: (id: string, pipeline: SandboxPipeline, exchange: Exchange) => Answer,
): Route {
  return {
    method,
    path: `/inference_pipelines/{pipeline_id}/${verb}`,
    summary: `A pipeline: ${verb}`,
    handle: (exchange, state) => {
      const id = idOf(exchange);
      const pipeline = pipelinesOf(state).get(id) ?? refuseUnknownPipeline(id);
      return handle(id, pipeline, exchange);
    },
  };
}

function initialise(exchange: Exchange, state: SandboxState): Answer {
  const body = jsonObject(exchange);
  const video = recordAt(body, "video_configuration");
  const processing = recordAt(body, "processing_configuration");
  const missing = [
    ...("video_reference" in video
      ? []
      : [
          {
            ...missingField("video_reference", video),
            loc: ["body", "video_configuration", "video_reference"],
          },
        ]),
    ...("processing_configuration" in body ? [] : [missingField("processing_configuration", body)]),
  ];
  if (missing.length > 0) refuseInvalid(missing);
  const references: readonly unknown[] = Array.isArray(video.video_reference)
    ? video.video_reference
    : [video.video_reference];
  const refused = references.find((source) => typeof source === "string" && !OPENED.test(source));
  if (refused !== undefined) {
    const loc = ["body", "video_configuration", "video_reference"];
    refuseInvalid([{ type: "value_error", loc, msg: BARE_NAME, input: refused, ctx: { error: {} } }]);
  }
  const key = headerKey(exchange) ?? bodyKey(body);
  const outputs = frameOutputs(processing.workflow_specification, (id) =>
    state.registry.use(id, key, exchange),
  );
  const running = pipelinesOf(state);
  if (running.size >= MAX_PIPELINES) refuseCommand("internal_error", "N/A");
  const id = randomUUID();
  running.set(id, createPipeline(references, outputs));
  return managerAnswer(id);
}

function refuseState(): never {
  refuseCommand("operation_error", "Cannot get pipeline status in the current state of InferencePipeline.");
}

function idOf(exchange: Exchange): string {
  return decodeURIComponent(exchange.path.split("/")[2] ?? "");
}

function recordAt(body: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const value = body[name];
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
