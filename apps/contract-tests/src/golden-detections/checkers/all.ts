import { checkBoxes } from "./boxes.ts";
import type { Checker } from "./checker.ts";
import { checkExportCoco } from "./export-coco.ts";
import { checkExportVoc } from "./export-voc.ts";
import { checkExportYolo } from "./export-yolo.ts";
import { checkFromInference } from "./from-inference.ts";
import { checkNmm } from "./merging.ts";
import { checkOverlaps } from "./overlaps.ts";
import { checkPolygons } from "./polygons.ts";
import { checkRle } from "./rle.ts";
import { checkSinks } from "./sinks.ts";
import { checkSlicer } from "./slicer.ts";
import { checkNms } from "./suppression.ts";

/** The checker of each file of vectors. */
export const CHECKERS: Readonly<Record<string, Checker>> = {
  "from-inference": checkFromInference,
  nms: checkNms,
  nmm: checkNmm,
  "box-iou": checkOverlaps,
  boxes: checkBoxes,
  polygons: checkPolygons,
  rle: checkRle,
  sinks: checkSinks,
  "export-coco": checkExportCoco,
  "export-yolo": checkExportYolo,
  "export-voc": checkExportVoc,
  slicer: checkSlicer,
};
