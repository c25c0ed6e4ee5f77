import { listAt } from "../../golden/json.ts";
import { toMask } from "../masks.ts";
import type { DetectionRule } from "./rule.ts";

const markedHoles: DetectionRule = {
  name: "holes are marked",
  topic: "masks",
  groups: ["polygons"],
  python: "The outline of a hole comes as one more polygon like any other; filling all closes the hole.",
  ours: "The same polygons, and each says whether it is a hole. Holes can be left out or joined to the outline; filled with the holes joined, the mask comes back.",
  apply: ({ input }, expected) =>
    input.op === "mask_to_polygons" && toMask(input.mask).hasHoles ? expected : null,
};

const exactCentre: DetectionRule = {
  name: "the centre of a mask is exact",
  topic: "masks",
  groups: ["boxes"],
  python: "Cuts the centre of mass off to whole pixels.",
  ours: "Keeps the fractions; cut off, it is the same.",
  apply: ({ input }, expected) =>
    input.op === "anchor" && listAt(input, "masks").length > 0 ? expected : null,
};

export const MASK_RULES: readonly DetectionRule[] = [markedHoles, exactCentre];
