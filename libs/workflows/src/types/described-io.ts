import type { WorkflowInterface } from "./workflow-interface.ts";

/** What is read of the answer of `describeWorkload`. */
export interface WorkflowGraph {
  readonly edges: readonly { readonly source: string; readonly target: string; readonly kind?: string }[];
  readonly steps: readonly { readonly node_id: string; readonly output_dimensionality: number }[];
}

/** One input of a workflow as a generated module declares it. */
export interface DescribedInput {
  readonly name: string;
  readonly group: "image" | "parameter";
  readonly kinds: readonly string[];
  /** Whether a run may leave it out. */
  readonly optional: boolean;
  /** Whether values may lie in nested lists. */
  readonly isBatch: boolean;
}

const IMAGE_INPUTS: readonly unknown[] = ["WorkflowImage", "InferenceImage"];

/**
 * The inputs of a workflow in the order of its definition. Without the definition images are told by their kind, and no parameter is
 * required, since it may have a default.
 */
export function describedInputs(
  { inputs }: WorkflowInterface,
  specification: Readonly<Record<string, unknown>> | undefined,
): readonly DescribedInput[] {
  const kindsOf = (name: string) => (Object.hasOwn(inputs, name) ? (inputs[name] ?? ["*"]) : ["*"]);
  const declared = Array.isArray(specification?.inputs) ? specification.inputs.filter(isRecord) : undefined;
  if (declared === undefined) {
    return Object.entries(inputs).map(([name, kinds]) => {
      const isImage = kinds.includes("image");
      return { name, group: isImage ? "image" : "parameter", kinds, optional: !isImage, isBatch: isImage };
    });
  }
  return declared.flatMap((input): DescribedInput[] => {
    const { name, type } = input;
    if (typeof name !== "string") return [];
    const isBatch = type === "WorkflowBatchInput";
    const kinds = type === "WorkflowVideoMetadata" ? ["video_metadata"] : kindsOf(name);
    const isImage = IMAGE_INPUTS.includes(type) || (isBatch && kinds.includes("image"));
    const optional = !isImage && Object.hasOwn(input, "default_value");
    return [{ name, group: isImage ? "image" : "parameter", kinds, optional, isBatch }];
  });
}

/**
 * How deep the lists of an output are nested: 1 = one value per element of the batch.
 *
 * @returns `undefined` where the graph does not say it.
 */
export function outputDepth(name: string, graph: WorkflowGraph | undefined): number | undefined {
  if (graph === undefined) return undefined;
  const sources = graph.edges
    .filter(({ target, kind = "data" }) => target === `$outputs.${name}` && kind === "data")
    .map(({ source }) => graph.steps.find(({ node_id: id }) => id === source)?.output_dimensionality);
  return sources.length === 1 ? sources[0] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
