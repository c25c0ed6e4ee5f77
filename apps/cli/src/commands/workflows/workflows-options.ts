import { type Command, Option } from "commander";
import { addConnectionOptions, type ConnectionOptions } from "../../connection.ts";

/** Options of the commands that ask about a workflow. */
export interface WorkflowOptions extends ConnectionOptions {
  readonly workflowVersion?: string;
  readonly json?: boolean;
}

/** Options of `infer workflows types`. */
export interface WorkflowTypesOptions extends WorkflowOptions {
  readonly output?: string;
  readonly for: "node" | "web";
}

const WORKFLOW = "file with the definition, or workspace/id of a stored workflow";

/** Adds the options of `infer workflows describe`. */
export function addDescribeOptions(command: Command): Command {
  return addVersionOption(addConnectionOptions(command).argument("<workflow>", WORKFLOW)).option(
    "--json",
    "as JSON, what the server answers",
  );
}

/** Adds the options of `infer workflows validate`. */
export function addValidateOptions(command: Command): Command {
  return addConnectionOptions(command)
    .argument("<file>", "file with the definition")
    .option("--json", "as JSON");
}

/** Adds the options of `infer workflows types`. */
export function addTypesOptions(command: Command): Command {
  return addVersionOption(addConnectionOptions(command).argument("<workflow>", WORKFLOW))
    .option("-o, --output <file>", "write the module to this file instead of stdout")
    .addOption(
      new Option("--for <runtime>", "where the module will run").choices(["node", "web"]).default("node"),
    );
}

function addVersionOption(command: Command): Command {
  return command.option("--workflow-version <id>", "version of a stored workflow (default: the newest)");
}
