import type { Command } from "commander";
import type { ConnectionOptions } from "../../connection.ts";
import type { Interruption } from "../../interruption.ts";
import type { Terminal } from "../../terminal.ts";
import { addHfTask } from "./add-hf-task.ts";
import { addHfConnectionOptions, type HfTaskOptions } from "./hf-options.ts";
import type { HfStatusOptions } from "./hf-status.ts";
import { HF_TASKS } from "./hf-tasks.ts";

/** Runs a command's work with what belongs to every command: interruption, exit code, messages. */
type Execute = <Options extends Partial<ConnectionOptions>>(
  options: Options,
  action: (options: Options, terminal: Terminal, interruption: Interruption) => Promise<number>,
) => Promise<void>;

const HELP = `
The model is the id of a model of the hub, or the address of an endpoint: Inference Endpoints, Text Generation Inference, or any
server with OpenAI's chat route. A token that this machine has (HF_TOKEN) goes to Hugging Face's own hosts alone; --token sends one
wherever the model is. A model that is loading is waited for.

Examples:
  infer hf object-detection street.jpg -m facebook/detr-resnet-50 --param threshold=0.8 --draw -o results
  infer hf image-classification shots --format jsonl -m https://my-endpoint.endpoints.huggingface.cloud
  infer hf chat "Say hello" -m http://localhost:8080
  infer hf status http://localhost:8080`;

/** Adds the tasks and status to `infer hf`. */
export function addHfCommands(hf: Command, execute: Execute, exitCodesHelp: string): void {
  hf.description("Runs a model of the Hugging Face systems: pictures, texts, chat.").addHelpText(
    "after",
    `${HELP}\n${exitCodesHelp}`,
  );
  for (const task of HF_TASKS) {
    addHfTask(hf.command(task.name), task)
      .addHelpText("after", exitCodesHelp)
      .action((inputs: string[], options: HfTaskOptions) =>
        execute<Pick<ConnectionOptions, "verbose">>(options, async (_, ...rest) =>
          (await import("./run-hf.ts")).runHf(task, inputs, options, ...rest),
        ),
      );
  }
  addHfConnectionOptions(hf.command("status"))
    .description("Tells whether an endpoint is well and what runs there, or whether a model is loaded.")
    .argument("<url|id>", "address of an endpoint, or model id")
    .option("--json", "as JSON")
    .action((model: string, options: HfStatusOptions) =>
      execute<Pick<ConnectionOptions, "verbose">>(options, async (_, ...rest) =>
        (await import("./hf-status.ts")).hfStatus(model, options, ...rest),
      ),
    );
}
