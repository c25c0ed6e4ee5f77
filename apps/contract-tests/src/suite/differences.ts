import type { Target } from "./target.ts";

/**
 * Everything in which the targets may differ, with the reason. A test that expects different things of them reads it here;
 * there is no other place where the suite looks at what it runs on.
 */
export const DIFFERENCES = {
  serverName: {
    reason: "The sandbox says that it is one.",
    of: ({ kind }: Target) =>
      kind === "sandbox" ? "Roboflow Inference Server (sandbox)" : "Roboflow Inference Server",
  },
  inputSize: {
    reason: "Before 1.6 the registry does not tell the input size of these models.",
    of: ({ version }: Target) => (version === "1.5.0" ? null : 64),
  },
  resolvedModel: {
    reason: "Answers name the model package since 1.6.",
    of: ({ version }: Target) => version !== "1.5.0",
  },
  workload: {
    reason: "Servers describe the workload of a workflow since 1.7.",
    of: ({ version }: Target) => version !== "1.5.0",
  },
  endOfFiles: {
    reason:
      "Asked about a pipeline whose process just ends, the stream manager of 1.5.0 waits for its answer for ever, and answers nobody else.",
    of: ({ version }: Target) => version !== "1.5.0",
  },
  routes: {
    reason:
      "The sandbox has the routes of trained models, workflows and pipelines alone; embeddings and clips came with 1.6 and 1.7.",
    of: ({ kind, version }: Target): "few" | "of 1.5" | "of 1.8" =>
      kind === "sandbox" ? "few" : version === "1.5.0" ? "of 1.5" : "of 1.8",
  },
} as const satisfies Record<string, { reason: string; of: (target: Target) => unknown }>;
