/** The models that both targets have, by task. */
export const MODELS = {
  "object-detection": "colours/1",
  "instance-segmentation": "colour-masks/1",
  "keypoint-detection": "colour-points/1",
  classification: "colour-kind/1",
  "multi-label-classification": "colour-tags/1",
  "semantic-segmentation": "colour-areas/1",
} as const;

export type Task = keyof typeof MODELS;

/** Both generations of the API. */
export const MODES = ["v0", "v1"] as const;
