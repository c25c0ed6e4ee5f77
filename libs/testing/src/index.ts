export {
  type AiortcSession,
  type AiortcSettings,
  type AiortcWorker,
  startAiortcWorker,
  type UploadTime,
  uploadWithAiortc,
  whyNoAiortc,
} from "./aiortc/aiortc-worker.ts";
export { createFakeCodec, type FakeCodec } from "./fake-codec.ts";
export { loadInferenceHandlers } from "./load-handlers.ts";
export { serverInfoFixture, taskFixtures } from "./msw/fixtures.ts";
export type { HandledRoute, HandlerOverride, InferenceHandlersOptions } from "./msw/handlers.ts";
export {
  FAULT_HEADER,
  type Fault,
  type FaultKind,
  type FaultPlan,
  type LiveFault,
  type LiveFaultKind,
  parseFault,
} from "./sandbox/faults.ts";
export { SANDBOX_KEY } from "./sandbox/keys.ts";
export type { SandboxTask } from "./sandbox/models.ts";
export {
  type Sandbox,
  type SandboxCounts,
  type SandboxLogEntry,
  type SandboxOptions,
  startSandbox,
} from "./sandbox/sandbox.ts";
export {
  drawShapes,
  type ExifOrientation,
  encodeShapes,
  type RgbRawPixels,
  type Shape,
  type ShapeColour,
  type ShapeEncoding,
  type ShapePicture,
  storeRotated,
} from "./sandbox/shape-pictures.ts";
export { colourWorkflow } from "./sandbox/workflows/colour-workflow.ts";
export { SANDBOX_HEADER } from "./sandbox/writing.ts";
export {
  type NumberedVideoOptions,
  type PaintedSquare,
  paintNumber,
  readPaintedNumber,
  writeNumberedVideo,
} from "./video/numbered-video.ts";
