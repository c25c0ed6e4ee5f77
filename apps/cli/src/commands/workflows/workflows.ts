import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  generateWorkflowModule,
  type InferenceHTTPClient,
  InvalidParameterError,
  RouteNotAvailableError,
  type WorkflowInterface,
  type WorkflowWorkload,
} from "@inference-ts/sdk/node";
import { createClient } from "../../connection.ts";
import { EXIT } from "../../exit-codes.ts";
import { assertNoInput } from "../../inputs/assert-no-input.ts";
import type { Interruption } from "../../interruption.ts";
import { assertFilePlace, whyNotWritten } from "../../output/output-place.ts";
import type { Terminal } from "../../terminal.ts";
import { visiblePart, writeShown } from "../../visible-text.ts";
import { readWorkflow } from "../pipelines/workflow-argument.ts";
import { readVersion, type VersionedWorkflow } from "./read-version.ts";
import type { WorkflowOptions, WorkflowTypesOptions } from "./workflows-options.ts";

/** `infer workflows validate`: exit 0 where the server can compile the definition. */
export async function validateWorkflow(
  file: string,
  options: WorkflowOptions,
  terminal: Terminal,
  { signal }: Interruption,
): Promise<number> {
  const given = await readWorkflow(file);
  if (!("specification" in given)) {
    throw new InvalidParameterError("Only a definition in a file can be validated.", {
      hint: `infer workflows describe ${file} compiles a stored workflow.`,
    });
  }
  await using client = createClient(options, terminal);
  const answer = await client.validateWorkflow(given.specification, { signal });
  writeShown(terminal.stdout, `${options.json ? JSON.stringify(answer) : visiblePart(answer.status)}\n`);
  return EXIT.ok;
}

/** `infer workflows describe`: inputs, outputs and models of a workflow. */
export async function describeWorkflow(
  workflow: string,
  options: WorkflowOptions,
  terminal: Terminal,
  { signal }: Interruption,
): Promise<number> {
  const given = await readVersion(workflow, options.workflowVersion);
  await using client = createClient(options, terminal);
  const described = await client.describeWorkflowInterface(given, { signal });
  const workload = await workloadOf(client, given, signal);
  const text = options.json
    ? JSON.stringify({ interface: described, workload: workload ?? null })
    : descriptionLines(described, workload).join("\n");
  writeShown(terminal.stdout, `${text}\n`);
  return EXIT.ok;
}

/** `infer workflows types`: a TypeScript module with a typed `run`. */
export async function writeWorkflowTypes(
  workflow: string,
  options: WorkflowTypesOptions,
  terminal: Terminal,
  { signal }: Interruption,
): Promise<number> {
  if (options.output !== undefined) await assertFilePlace(options.output);
  const given = await readVersion(workflow, options.workflowVersion);
  if ("specification" in given) assertNoInput(options.output, [{ kind: "file", source: workflow }]);
  await using client = createClient(options, terminal);
  const text = generateWorkflowModule({
    workflow: given,
    interface: await client.describeWorkflowInterface(given, { signal }),
    workload: await workloadOf(client, given, signal),
    entry: options.for === "web" ? "@inference-ts/sdk" : "@inference-ts/sdk/node",
  });
  if (options.output === undefined) writeShown(terminal.stdout, text);
  else await writeWhole(options.output, text);
  return EXIT.ok;
}

/** Servers of before 1.7 cannot tell it; everything else that fails is a failure. */
async function workloadOf(
  client: InferenceHTTPClient,
  workflow: VersionedWorkflow,
  signal: AbortSignal,
): Promise<WorkflowWorkload | undefined> {
  try {
    return await client.describeWorkload(workflow, { signal });
  } catch (error) {
    if (error instanceof RouteNotAvailableError) return undefined;
    throw error;
  }
}

function descriptionLines(
  { inputs, outputs }: WorkflowInterface,
  workload: WorkflowWorkload | undefined,
): string[] {
  const lines = [
    ...block(
      "inputs",
      Object.entries(inputs).map(([name, kinds]) => `${name}: ${kinds.join(" | ")}`),
    ),
    ...block(
      "outputs",
      Object.entries(outputs).map(([name, kinds]) => `${name}: ${kindsText(kinds)}`),
    ),
  ];
  if (workload === undefined) return lines;
  const { items, complete } = workload.summary.models;
  const models = items.map(({ model_id: id, provider }) => `${id} (${provider})`);
  if (!complete) models.push("and maybe more, which the server cannot tell");
  return [...lines, ...block("models", models)];
}

function kindsText(kinds: WorkflowInterface["outputs"][string]): string {
  if (Array.isArray(kinds)) return kinds.join(" | ");
  const parts = Object.entries(kinds).map(([name, of]) => `${name}: ${of.join(" | ")}`);
  return `{ ${parts.join(", ")} }`;
}

function block(title: string, lines: readonly string[]): string[] {
  return [title, ...(lines.length === 0 ? ["  none"] : lines.map((line) => `  ${visiblePart(line)}`))];
}

/**
 * The file is there as a whole or not at all.
 *
 * @throws InvalidParameterError when it cannot be written.
 */
async function writeWhole(file: string, text: string): Promise<void> {
  const part = `${file}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(part, text);
    await rename(part, file);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => undefined);
    throw new InvalidParameterError(`The file ${file} cannot be written: ${whyNotWritten(cause)}.`, {
      cause,
    });
  }
}
