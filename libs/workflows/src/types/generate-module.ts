import { InvalidParameterError } from "@inference-ts/errors";
import { type DescribedInput, describedInputs, outputDepth, type WorkflowGraph } from "./described-io.ts";
import { nestedType, orNull, typeOfKinds } from "./kind-types.ts";
import { inComment, literal, propertyName } from "./source-text.ts";
import type { WorkflowInterface, WorkflowOutputKinds } from "./workflow-interface.ts";

/** What a module is written from. */
export interface WorkflowModuleOptions {
  /** The workflow that the module runs: its definition, or the names of a stored one. */
  readonly workflow:
    | { readonly specification: Readonly<Record<string, unknown>> }
    | {
        readonly workspaceName: string;
        readonly workflowId: string;
        readonly workflowVersionId?: string | undefined;
      };
  /** Answer of `describeWorkflowInterface`. */
  readonly interface: WorkflowInterface;
  /** Answer of `describeWorkload`, where the server has it: it tells how deep outputs are nested. */
  readonly workload?: WorkflowGraph | undefined;
  /** The entry of the package that the module imports from. Default: that of Node.js. */
  readonly entry?: "@inference-ts/sdk" | "@inference-ts/sdk/node" | undefined;
}

/**
 * Writes a TypeScript module with a `run` that checks names and types of a workflow's images and parameters at compile time, and whose
 * outputs are typed by their kinds. Pure: the same answers of a server give the same text.
 *
 * @returns The text of the module; it imports types alone, from this package.
 * @throws InvalidParameterError when the workflow is neither defined nor named.
 * @example
 * ```ts no-run: needs a server with workflows
 * const text = generateWorkflowModule({
 *   workflow: { specification },
 *   interface: await client.describeWorkflowInterface(specification),
 *   workload: await client.describeWorkload(specification),
 * });
 * console.log(text);
 * ```
 */
export function generateWorkflowModule(options: WorkflowModuleOptions): string {
  const { workflow, entry = "@inference-ts/sdk/node" } = options;
  const specification = "specification" in workflow ? workflow.specification : undefined;
  if (specification === undefined && !("workflowId" in workflow)) {
    throw new InvalidParameterError("The workflow is neither defined nor named.", {
      hint: "Pass { specification }, or { workspaceName, workflowId }.",
    });
  }
  const inputs = describedInputs(options.interface, specification);
  const body = [
    constant(workflow),
    inputInterface("Images", "Images by the names of the workflow's inputs.", inputs, "image"),
    inputInterface("Parameters", "Parameters by the names of the workflow's inputs.", inputs, "parameter"),
    inputsInterface(inputs),
    outputInterface(options),
    RUN,
  ].join("\n");
  return `${HEADER}\n${importsOf(body, entry)}\n${body}`;
}

const HEADER =
  "// Written by `infer workflows types`. Do not edit: write it again when the workflow changes.";

/** What a module may import, all of it types. */
const IMPORTED = [
  "InferenceCall",
  "InferenceHTTPClient",
  "OutputImageForm",
  "RunWorkflowOptions",
  "WorkflowActionSpan",
  "WorkflowBatch",
  "WorkflowClassification",
  "WorkflowDetections",
  "WorkflowImageForms",
  "WorkflowImageInput",
  "WorkflowNested",
  "WorkflowNumbers",
  "WorkflowRecord",
  "WorkflowResult",
  "WorkflowVideoMetadata",
];

function importsOf(body: string, entry: string): string {
  // Texts of the definition may hold the same words; an unused type would not compile in a strict project.
  const code = body.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/\/\*\*.*?\*\//g, "");
  const used = IMPORTED.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  return `import type {\n${used.map((name) => `  ${name},\n`).join("")}} from "${entry}";\n`;
}

function constant(workflow: WorkflowModuleOptions["workflow"]): string {
  return `/** The workflow that \`run\` runs. */\nexport const workflow = ${literal(workflow)};\n`;
}

function inputInterface(
  name: string,
  comment: string,
  inputs: readonly DescribedInput[],
  group: DescribedInput["group"],
): string {
  const own = inputs.filter((input) => input.group === group);
  // An empty interface would take any object.
  if (own.length === 0) return `/** ${comment} */\nexport type ${name} = Readonly<Record<string, never>>;\n`;
  const lines = own.map((input) => {
    const mark = input.optional ? "?" : "";
    const absent = input.optional && inputType(input) !== "unknown" ? " | undefined" : "";
    return `${kindsComment(input.kinds)}  readonly ${propertyName(input.name)}${mark}: ${inputType(input)}${absent};\n`;
  });
  // An interface would not fit the records that a client takes.
  return `/** ${comment} */\nexport type ${name} = {\n${lines.join("")}};\n`;
}

function inputType({ group, kinds, isBatch }: DescribedInput): string {
  if (group === "image") return "WorkflowImageInput";
  // A picture in JSON is what the server would send.
  const type = typeOfKinds(kinds).replaceAll("[Form]", '["base64"]');
  return isBatch && type !== "unknown" ? `WorkflowBatch<${type}>` : type;
}

function inputsInterface(inputs: readonly DescribedInput[]): string {
  const isNeeded = (group: DescribedInput["group"]) =>
    inputs.some((input) => input.group === group && !input.optional);
  const property = (name: string, type: string, group: DescribedInput["group"]) =>
    isNeeded(group) ? `  readonly ${name}: ${type};\n` : `  readonly ${name}?: ${type} | undefined;\n`;
  return `/** What the workflow takes. */\nexport interface Inputs {\n${property("images", "Images", "image")}${property("parameters", "Parameters", "parameter")}}\n`;
}

function outputInterface({ interface: { outputs }, workload }: WorkflowModuleOptions): string {
  const lines = Object.entries(outputs).map(([name, kinds]) => {
    const type = nestedType(outputType(kinds), outputDepth(name, workload));
    const comment = isKinds(kinds) ? kindsComment(kinds) : "";
    return `${comment}  readonly ${propertyName(name)}: ${type};\n`;
  });
  const usesForm = lines.some((line) => line.includes("[Form]"));
  return (
    "/** The outputs of one element of the batch. */\n" +
    `export interface Output<${usesForm ? "" : "_"}Form extends OutputImageForm = "bytes"> {\n${lines.join("")}}\n`
  );
}

function outputType(kinds: WorkflowOutputKinds): string {
  if (isKinds(kinds)) return typeOfKinds(kinds);
  const named = Object.entries(kinds).filter(([name]) => name !== "*");
  const properties = named.map(([name, of]) => `readonly ${propertyName(name)}: ${orNull(typeOfKinds(of))}`);
  // Outputs that follow from the settings of a step have no names here.
  if (Object.hasOwn(kinds, "*")) properties.push("readonly [name: string]: unknown");
  return properties.length === 0 ? "WorkflowRecord" : `{ ${properties.join("; ")} }`;
}

function isKinds(kinds: WorkflowOutputKinds): kinds is readonly string[] {
  return Array.isArray(kinds);
}

function kindsComment(kinds: readonly string[]): string {
  return `  /** ${inComment([...kinds].sort().join(", "))} */\n`;
}

const RUN = `/** How the workflow is run. */
export interface RunOptions<Form extends OutputImageForm, Excluded extends keyof Output>
  extends Omit<RunWorkflowOptions, "images" | "parameters" | "outputImages" | "excludedFields"> {
  /** The form of pictures among the outputs. Default \`"bytes"\`. */
  readonly outputImages?: Form | undefined;
  /** Outputs that the server leaves out of the answer. */
  readonly excludedFields?: readonly Excluded[] | undefined;
}

/** Runs the workflow: \`outputs\` has one object per element of the batch. */
export function run<Form extends OutputImageForm = "bytes", Excluded extends keyof Output = never>(
  client: Pick<InferenceHTTPClient, "runWorkflow">,
  inputs: Inputs,
  options: RunOptions<Form, Excluded> = {},
): InferenceCall<WorkflowResult<Omit<Output<Form>, Excluded>>> {
  return client.runWorkflow<Omit<Output<Form>, Excluded>>(workflow, { ...options, ...inputs });
}
`;
