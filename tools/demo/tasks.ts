import type { TaskType } from "@inference-ts/sdk/node";

/** A task of the demo and the model that does it, on the sandbox as on the real server of the contract suite. */
export interface DemoTask {
  readonly task: TaskType;
  readonly modelId: string;
  /** For headings. */
  readonly title: string;
}

/** What the demo shows. */
export const DEMO_TASKS: readonly DemoTask[] = [
  { task: "object-detection", modelId: "colours/1", title: "Object detection" },
  { task: "instance-segmentation", modelId: "colour-masks/1", title: "Instance segmentation" },
  { task: "keypoint-detection", modelId: "colour-points/1", title: "Key points" },
  { task: "classification", modelId: "colour-kind/1", title: "Classification" },
  { task: "semantic-segmentation", modelId: "colour-areas/1", title: "Semantic segmentation" },
];
