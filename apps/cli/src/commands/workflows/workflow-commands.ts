import type { Command } from "commander";
import type { ConnectionOptions } from "../../connection.ts";
import type { Interruption } from "../../interruption.ts";
import type { Terminal } from "../../terminal.ts";
import { addWorkflowRunOptions, type WorkflowRunOptions } from "./run-options.ts";
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
A workflow is a JSON file with its definition, or workspace/id of a stored one. Only \`run\` runs it.

Examples:
  infer workflows run detect.json --image image=street.jpg --param confidence=0.5 -o results
  infer workflows validate detect.json
  infer workflows describe my-workspace/my-workflow
  infer workflows types detect.json -o src/detect-workflow.ts`;

const RUN_HELP = `
Results go to stdout as {"input", "result"} or {"input", "error"}. With -o each picture gets <name>.json and a file for every
picture among its outputs; without it pictures stay in the JSON as base64.

Examples:
  infer workflows run detect.json --image image=street.jpg --param confidence=0.5
  infer workflows run my-workspace/my-workflow --image image=shots --recursive -o results --quiet
  infer workflows run compare.json --image reference=good.png --image image='shots/*.png' --format jsonl`;

const load = () => import("./workflows.ts");

/** Adds validate, describe and types to `infer workflows`. */
export function addWorkflowCommands(workflows: Command, execute: Execute, exitCodesHelp: string): void {
  workflows
    .description("Runs, checks and describes workflows, and writes types for them.")
    .addHelpText("after", `${HELP}\n${exitCodesHelp}`);

  addWorkflowRunOptions(workflows.command("run"))
    .description("Runs a workflow on pictures; on a folder, once for each.")
    .addHelpText("after", `${RUN_HELP}\n${exitCodesHelp}`)
    .action((workflow: string, options: WorkflowRunOptions) =>
      execute(options, async (...given) => (await import("./run.ts")).runWorkflow(workflow, ...given)),
    );

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
