import { COLOURS } from "./shapes/colours.ts";
import type { FitMode } from "./shapes/network-view.ts";

/** Task names as the real server lists them. */
export type SandboxTask =
  | "object-detection"
  | "instance-segmentation"
  | "keypoint-detection"
  | "classification"
  | "multi-label-classification"
  | "semantic-segmentation";

/** A model of the sandbox. */
export interface SandboxModel {
  readonly modelId: string;
  readonly task: SandboxTask;
  /** How the picture is fitted into the network's square; decides confidences only. */
  readonly fit: FitMode;
  readonly classes: readonly string[];
  /** A public model loads without a key. */
  readonly isPublic: boolean;
  /** A model that the server finds and cannot load: the error it answers (500). */
  readonly broken?: { readonly message: string; readonly help_url: string };
}

const HELP = "https://inference-models.roboflow.com/errors";

const model = (
  modelId: string,
  task: SandboxTask,
  more: Partial<Pick<SandboxModel, "fit" | "classes" | "isPublic" | "broken">> = {},
): SandboxModel => ({ modelId, task, fit: "stretch", classes: COLOURS, isPublic: false, ...more });

/** The models of the sandbox: ids, tasks and classes of the tiny networks that the project runs on the real server. */
export const SANDBOX_MODELS: readonly SandboxModel[] = [
  model("colours/1", "object-detection", { fit: "letterbox" }),
  model("colour-masks/1", "instance-segmentation"),
  model("colour-points/1", "keypoint-detection"),
  model("colour-kind/1", "classification"),
  model("colour-tags/1", "multi-label-classification"),
  model("colour-areas/1", "semantic-segmentation", { classes: ["background", ...COLOURS] }),
  model("colours-again/1", "object-detection", { fit: "letterbox" }),
  model("coco/3", "object-detection", { fit: "letterbox", isPublic: true }),
  model("untrusted/1", "object-detection", {
    broken: {
      message:
        "Could not negotiate model package - Auto-negotiation protocol could not select model packages. This situation may " +
        "be caused by several issues, with the most common being missing dependencies or too strict requirements stated as " +
        "parameters of loading function. Below you can find reasons why specific model packages were rejected:\n\t* 1 package " +
        "with the following note: Package is marked as `untrusted` and auto-loader was used with " +
        `\`allow_untrusted_packages=False\`\n - VISIT ${HELP}/package-negotiation/#nomodelpackagesavailableerror FOR FURTHER SUPPORT`,
      help_url: `${HELP}/package-negotiation/#nomodelpackagesavailableerror`,
    },
  }),
  model("no-packages/1", "object-detection", {
    broken: {
      message:
        "Could not retrieve model Could not retrieve model no-packages/1 from Roboflow API. Backend provided empty list " +
        "of model packages `inference-models` library could load. Contact Roboflow to solve the problem. " +
        `- VISIT ${HELP}/model-retrieval/#modelretrievalerror FOR FURTHER SUPPORT`,
      help_url: `${HELP}/model-retrieval/#modelretrievalerror`,
    },
  }),
];

/** Short names of public models; `/model/add` resolves them, inference keeps the name it was asked for. */
export const MODEL_ALIASES: ReadonlyMap<string, string> = new Map([["yolov8n-640", "coco/3"]]);

/** Names of the three keypoints of `colour-points/1`, by class id. */
export const KEYPOINT_NAMES = ["top-left", "centre", "bottom-right"] as const;
