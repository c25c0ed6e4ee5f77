import type { Block } from "./block.ts";
import { absoluteStaticCrop, dynamicCrop, relativeStaticCrop } from "./crops.ts";
import { detectors } from "./detector.ts";
import { boundingBoxVisualization, convertGrayscale } from "./pictures.ts";
import { detectionsFilter, propertyDefinition } from "./queries.ts";

/** The blocks of the sandbox. */
export const BLOCKS: readonly Block[] = [
  absoluteStaticCrop,
  dynamicCrop,
  detectionsFilter,
  relativeStaticCrop,
  propertyDefinition,
  boundingBoxVisualization,
  convertGrayscale,
  ...detectors,
];

/** Every name that a step may give as its type. */
export const BLOCK_TYPES: readonly string[] = BLOCKS.flatMap((block) => block.types);

/** The block of a type, also by an older name. */
export const blockOf = (type: unknown): Block | undefined =>
  BLOCKS.find((block) => typeof type === "string" && block.types.includes(type));
