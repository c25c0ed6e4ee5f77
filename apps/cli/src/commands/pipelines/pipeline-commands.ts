import type { Command } from "commander";
import type { ConnectionOptions } from "../../connection.ts";
import type { Interruption } from "../../interruption.ts";
import type { Terminal } from "../../terminal.ts";
import {
  addPipelineOptions,
  addStartOptions,
  addWatchOptions,
  type PipelineOptions,
  type StartOptions,
  type WatchOptions,
} from "./pipeline-options.ts";

/** Runs a command's work with what belongs to every command: interruption, exit code, messages. */
type Execute = <Options extends Partial<ConnectionOptions>>(
  options: Options,
  action: (options: Options, terminal: Terminal, interruption: Interruption) => Promise<number>,
) => Promise<void>;

const HELP = `
A source is what the server opens, not this program: a camera's index, a URL (rtsp://...), or a path on the server (/videos/a.mp4,
./a.mp4). Results go to stdout, one JSON line each: {"frames", "outputs"}. The server needs ENABLE_STREAM_API=True.

Examples:
  infer pipelines start /videos/street.mp4 -w workflow.json --watch
  infer pipelines start rtsp://camera/1 -w my-workspace/my-workflow --max-fps 5
  infer pipelines watch <id> --exclude picture | jq -c '.outputs[0]'
  infer pipelines stop <id>`;

const load = () => import("./pipelines.ts");

/** Adds start, list, status, pause, resume, stop and watch to `infer pipelines`. */
export function addPipelineCommands(pipelines: Command, execute: Execute, exitCodesHelp: string): void {
  pipelines
    .description("Runs workflows on video that the server reads by itself.")
    .addHelpText("after", `${HELP}\n${exitCodesHelp}`);

  addStartOptions(pipelines.command("start"))
    .description("Starts a pipeline and prints its id, or its results with --watch.")
    .argument("<sources...>", "camera index, URL or path on the server; several are worked on together")
    .action((sources: string[], options: StartOptions) =>
      execute(options, async (...given) => (await load()).startPipeline(sources)(...given)),
    );

  addWatchOptions(pipelines.command("watch"))
    .description(
      "Prints the results of a running pipeline until its sources have ended; the pipeline goes on.",
    )
    .argument("<id>", "id of the pipeline")
    .action((id: string, options: WatchOptions) =>
      execute(options, async (...given) => (await load()).watchPipeline(id)(...given)),
    );

  addPipelineOptions(pipelines.command("list"))
    .description("Lists the pipelines of the server.")
    .action((options: PipelineOptions) =>
      execute(options, async (...given) => (await load()).listPipelines(...given)),
    );

  addPipelineOptions(pipelines.command("status"))
    .description("Tells what the sources of a pipeline do.")
    .argument("<id>", "id of the pipeline")
    .action((id: string, options: PipelineOptions) =>
      execute(options, async (...given) => (await load()).pipelineStatus(id)(...given)),
    );

  const commands = {
    pause: "Stops taking frames.",
    resume: "Lets a paused pipeline go on.",
    stop: "Ends pipelines; results that were not taken are lost.",
  } as const;
  for (const name of ["pause", "resume", "stop"] as const) {
    addPipelineOptions(pipelines.command(name))
      .description(commands[name])
      .argument("<ids...>", "ids of pipelines")
      .action((ids: string[], options: PipelineOptions) =>
        execute(options, async (...given) => (await load()).commandPipelines(name, ids)(...given)),
      );
  }
}
