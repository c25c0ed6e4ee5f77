export {
  chromeTrace,
  type DeclaredKind,
  generateWorkflowModule,
  isWorkflowDetections,
  isWorkflowImage,
  type KindDrift,
  type WorkflowGraph,
  type WorkflowInterface,
  type WorkflowKind,
  type WorkflowModuleOptions,
  workflowKindDrift,
} from "@inference-ts/workflows";
