import { applyOperations } from "../operations.ts";
import type { Block, StepValues } from "./block.ts";
import { BOX_KINDS } from "./crops.ts";

const OPERATIONS = { kinds: [], literal: "operations" } as const;

/** A value taken out of data by operations of the query language. */
export const propertyDefinition: Block = {
  types: ["roboflow_core/property_definition@v1", "PropertyDefinition", "PropertyExtraction"],
  title: "Property Definition",
  className: "formatters.property_definition.v1.PropertyDefinitionBlockV1",
  properties: { data: { kinds: ["*"] }, operations: OPERATIONS },
  outputs: { output: ["*"] },
  gain: 0,
  takesBatch: false,
  operations: ["data_transformation", "expression_evaluation"],
  run: ({ data, operations }) => ({ output: applyOperations(data, operations, {}) }),
};

const parametersOf = ({ operations_parameters: given }: StepValues) =>
  typeof given === "object" && given !== null ? { ...given } : {};

/** Detections for which a statement holds. */
export const detectionsFilter: Block = {
  types: ["roboflow_core/detections_filter@v1", "DetectionsFilter"],
  title: "Detections Filter",
  className: "transformations.detections_filter.v1.DetectionsFilterBlockV1",
  properties: {
    predictions: { kinds: BOX_KINDS },
    operations: OPERATIONS,
    operations_parameters: { kinds: ["*"], form: "selectors", fallback: {} },
  },
  outputs: { predictions: BOX_KINDS },
  gain: 0,
  takesBatch: true,
  operations: ["detection_processing", "expression_evaluation"],
  run: (values) => ({
    predictions: applyOperations(values.predictions, values.operations, parametersOf(values)),
  }),
};
