import type { Block, BlockProperty } from "./blocks/block.ts";
import { BLOCKS } from "./blocks/blocks.ts";
import { describeKind, KIND_NAMES } from "./kinds.ts";
import { LITERALS, SELECTOR_PATTERN } from "./literals.ts";
import { OPERATION_NAMES } from "./operations.ts";
import { INPUT_TYPES } from "./specification-problems.ts";

const PACKAGE = "inference.core.workflows.core_steps";

const selectorSchema = (kinds: readonly string[]) => ({
  kind: kinds.map(describeKind),
  pattern: SELECTOR_PATTERN,
  reference: true,
  selected_element: "any_data",
  selector_points_to_batch: "dynamic",
  type: "string",
});

function propertySchema(property: BlockProperty): object {
  const fallback = property.fallback === undefined ? {} : { default: property.fallback };
  if (property.form === "selectors") {
    return { additionalProperties: selectorSchema(property.kinds), type: "object", ...fallback };
  }
  const forms = [
    ...(property.literal === undefined ? [] : [LITERALS[property.literal].schema]),
    ...(property.kinds.length === 0 ? [] : [selectorSchema(property.kinds)]),
    ...(property.nullable === true ? [{ type: "null" }] : []),
  ];
  return forms.length === 1 ? { ...forms[0], ...fallback } : { anyOf: forms, ...fallback };
}

function blockSchema(block: Block): object {
  const required = Object.entries(block.properties).filter(([, { fallback }]) => fallback === undefined);
  const type = block.types.length === 1 ? { const: block.types[0] } : { enum: block.types };
  return {
    title: "BlockManifest",
    type: "object",
    name: block.title,
    license: "Apache-2.0",
    properties: {
      type: { ...type, title: "Type", type: "string" },
      name: { title: "Step Name", type: "string" },
      ...Object.fromEntries(
        Object.entries(block.properties).map(([name, property]) => [name, propertySchema(property)]),
      ),
    },
    required: ["type", "name", ...required.map(([name]) => name)],
  };
}

/** The outputs of a block. Those of the sandbox's do not depend on the values of its properties. */
export const describeOutputs = (block: Block): readonly object[] =>
  Object.entries(block.outputs).map(([name, kinds]) => ({ name, kind: kinds.map(describeKind) }));

const describeBlock = (block: Block) => ({
  block_schema: blockSchema(block),
  outputs_manifest: describeOutputs(block),
  block_source: "workflows_core",
  fully_qualified_block_class_name: `${PACKAGE}.${block.className}`,
  human_friendly_block_name: block.title,
  manifest_type_identifier: block.types[0],
  manifest_type_identifier_aliases: block.types.slice(1),
  execution_engine_compatibility: ">=1.3.0,<2.0.0",
  restrictions: [],
  input_dimensionality_offsets: {},
  dimensionality_reference_property: null,
  output_dimensionality_offset: block.gain,
});

/** Properties of all blocks that a value of a kind may be plugged into. */
const connectionsOf = (kind: string) =>
  BLOCKS.flatMap((block) =>
    Object.entries(block.properties)
      .filter(
        ([, { kinds }]) => kinds.includes(kind) || kinds.includes("*") || (kind === "*" && kinds.length > 0),
      )
      .map(([name, { form }]) => ({
        manifest_type_identifier: block.types[0],
        property_name: name,
        property_description: "",
        compatible_element: "any_data",
        is_list_element: false,
        is_dict_element: form === "selectors",
      })),
  );

const primitives = () =>
  BLOCKS.flatMap((block) =>
    Object.entries(block.properties)
      .filter(([, { literal }]) => literal !== undefined)
      .map(([name, { literal = "text", nullable }]) => ({
        manifest_type_identifier: block.types[0],
        property_name: name,
        property_description: "",
        type_annotation: nullable === true ? `Optional[${LITERALS[literal].label}]` : LITERALS[literal].label,
      })),
  );

const listOfObjects = (title: string, items: object) => ({ title, type: "array", items });

/** JSON schema of a definition with the sandbox's blocks. Inputs and outputs are described more plainly than by the server. */
export const describeSchema = (): object => ({
  schema: {
    title: "WorkflowSpecificationV1",
    type: "object",
    properties: {
      version: { title: "Version", type: "string" },
      inputs: listOfObjects("Inputs", {
        type: "object",
        properties: { type: { enum: INPUT_TYPES }, name: { type: "string" } },
        required: ["type", "name"],
      }),
      steps: listOfObjects("Steps", { oneOf: BLOCKS.map(blockSchema) }),
      outputs: listOfObjects("Outputs", {
        type: "object",
        properties: { type: { const: "JsonField" }, name: { type: "string" }, selector: { type: "string" } },
        required: ["type", "name", "selector"],
      }),
    },
    required: ["version", "inputs", "steps", "outputs"],
  },
});

/** The sandbox's blocks in the form of the server's description, without its prose. */
export const describeBlocks = (): object => ({
  blocks: BLOCKS.map(describeBlock),
  declared_kinds: KIND_NAMES.map(describeKind),
  kinds_connections: Object.fromEntries(KIND_NAMES.map((kind) => [kind, connectionsOf(kind)])),
  primitives_connections: primitives(),
  universal_query_language_description: {
    operations_description: OPERATION_NAMES.map((name) => ({
      operation_type: name,
      compound: false,
      input_kind: [],
      output_kind: [],
    })),
    operators_descriptions: [],
  },
  dynamic_block_definition_schema: {},
});
