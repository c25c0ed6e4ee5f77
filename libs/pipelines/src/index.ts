export {
  type ConsumedResult,
  decodeAnswer,
  decodeConsumed,
  decodePipelineList,
  decodePipelineStatus,
  decodeStarted,
  type PipelineAnswer,
  type PipelineContext,
  type PipelineFrame,
  type PipelineList,
  type PipelineOutput,
  type PipelineReport,
  type PipelineSource,
  type PipelineSourceState,
  type PipelineStatus,
  type PipelineUpdate,
  type StartedPipeline,
} from "./answers.ts";
export {
  type PipelineResult,
  pipelineResults,
  type ResultsPorts,
  type ResultsTiming,
} from "./results-loop.ts";
export {
  BUFFER_CONSUMPTION_STRATEGIES,
  BUFFER_FILLING_STRATEGIES,
  type BufferConsumptionStrategy,
  type BufferFillingStrategy,
  type PipelineSettings,
  type StartPipelineBody,
  startPipelineBody,
} from "./start-request.ts";
export type { VideoReference } from "./video-reference.ts";
