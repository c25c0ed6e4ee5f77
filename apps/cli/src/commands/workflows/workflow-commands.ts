import type { Command } from "commander";
import type { ConnectionOptions } from "../../connection.ts";
import type { Interruption } from "../../interruption.ts";
import type { Terminal } from "../../terminal.ts";
import {
  addDescribeOptions,
  addTypesOptions,
  addValidateOptions,
  type WorkflowOptions,
  type WorkflowTypesOptions,
} from "./workflows-options.ts";

/** Runs a command's work with what belongs to every command: interruption, exit code, messages. */
type Execute = <Options extends Partial<ConnectionOptions>>(
  options: Options,
  action: (options: Options, terminal: Terminal, interruption: Interruption) => Promise<number>,
) => Promise<void>;

const HELP = `
A workflow is a JSON file with its definition, or workspace/id of a stored one. Nothing is run.

Examples:
  infer workflows validate detect.json
  infer workflows describe my-workspace/my-workflow
  infer workflows types detect.json -o src/detect-workflow.ts`;

const load = () => import("./workflows.ts");

/** Adds validate, describe and types to `infer workflows`. */
export function addWorkflowCommands(workflows: Command, execute: Execute, exitCodesHelp: string): void {
  workflows
    .description("Checks and describes workflows, and writes types for them.")
    .addHelpText("after", `${HELP}\n${exitCodesHelp}`);

  addValidateOptions(workflows.command("validate"))
    .description("Lets the server compile a definition; its models are loaded.")
    .action((file: string, options: WorkflowOptions) =>
      execute(options, async (...given) => (await load()).validateWorkflow(file, ...given)),
    );

  addDescribeOptions(workflows.command("describe"))
    .description("Tells the inputs, outputs and models of a workflow.")
    .action((workflow: string, options: WorkflowOptions) =>
      execute(options, async (...given) => (await load()).describeWorkflow(workflow, ...given)),
    );

  addTypesOptions(workflows.command("types"))
    .description("Writes a TypeScript module whose run() is typed for one workflow.")
    .action((workflow: string, options: WorkflowTypesOptions) =>
      execute(options, async (...given) => (await load()).writeWorkflowTypes(workflow, ...given)),
    );
}
