export {
  decodeRun,
  type PythonBlockStreams,
  replacePictures,
  type WorkflowOutput,
  type WorkflowResult,
} from "./decode-run.ts";
export { type DeclaredKind, type KindDrift, workflowKindDrift } from "./kinds/kind-drift.ts";
export type {
  WorkflowActionSpan,
  WorkflowBatch,
  WorkflowClassification,
  WorkflowMultiLabel,
  WorkflowNested,
  WorkflowNumbers,
  WorkflowRecord,
  WorkflowSingleLabel,
} from "./kinds/kind-values.ts";
export { WORKFLOW_KINDS, type WorkflowKind } from "./kinds/kinds.ts";
export { chromeTrace, type ProfilerEvent } from "./profiler-trace.ts";
export {
  type InputPlan,
  planInputs,
  type WorkflowImageInput,
  type WorkflowImages,
  type WorkflowParameters,
} from "./run-inputs.ts";
export type { WorkflowGraph } from "./types/described-io.ts";
export { generateWorkflowModule, type WorkflowModuleOptions } from "./types/generate-module.ts";
export type { WorkflowInterface, WorkflowOutputKinds } from "./types/workflow-interface.ts";
export {
  isWorkflowDetections,
  type WorkflowDetection,
  type WorkflowDetections,
} from "./workflow-detections.ts";
export {
  type Base64WorkflowImage,
  type DataUrlWorkflowImage,
  type ImageOrigin,
  isWorkflowImage,
  OUTPUT_IMAGE_FORMS,
  type OutputImageForm,
  type SharpWorkflowImage,
  type WorkflowImage,
  type WorkflowImageFields,
  type WorkflowImageForms,
  type WorkflowVideoMetadata,
} from "./workflow-image.ts";
export {
  type CheckedWorkflow,
  checkReference,
  type InlineWorkflow,
  type NamedWorkflow,
  type ReferenceNames,
  type WorkflowReference,
  workflowLabel,
} from "./workflow-reference.ts";
