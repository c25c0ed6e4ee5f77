import { Command, CommanderError } from "commander";
import { addBenchmarkOptions, type BenchmarkOptions } from "./commands/benchmark-options.ts";
import type { CoreTask } from "./commands/core/core-task.ts";
import { EMBED_TASK } from "./commands/core/embed-task.ts";
import { OCR_TASK } from "./commands/core/ocr-task.ts";
import type { ResultFormat } from "./commands/core/result-writer.ts";
import type { GivenOptions } from "./commands/core/run-task.ts";
import { addTask } from "./commands/core/task-command.ts";
import { CORE_TASKS } from "./commands/core/tasks.ts";
import { addHfCommands } from "./commands/hf/hf-commands.ts";
import type { ModelsOptions } from "./commands/models.ts";
import { addPipelineCommands } from "./commands/pipelines/pipeline-commands.ts";
import { addRunOptions, type RunOptions } from "./commands/run-options.ts";
import type { SandboxCommandOptions } from "./commands/sandbox.ts";
import type { StatusOptions } from "./commands/status.ts";
import { addVideoOptions, type VideoOptions } from "./commands/video-options.ts";
import { addWorkflowCommands } from "./commands/workflows/workflow-commands.ts";
import { complain } from "./complain.ts";
import { addConnectionOptions, type ConnectionOptions } from "./connection.ts";
import { EXIT, exitCodeOf } from "./exit-codes.ts";
import { type Interruption, listenForInterruption } from "./interruption.ts";
import { wholeNumber } from "./option-values.ts";
import type { Terminal } from "./terminal.ts";

const EXIT_CODES_HELP = `
Exit codes: 0 ok, 1 some pictures failed, 2 wrong usage, 3 key missing or refused, 4 no server or too slow, 130 interrupted.`;

const RUN_HELP = `
Inputs are files, folders, patterns ("shots/*.jpg"), http(s) URLs, and - for one picture on standard input.
Results go to stdout, everything else to stderr. Each JSON result is {"input", "result"} or {"input", "error"}.

Examples:
  infer run street.jpg -m colours/1
  infer run shots --recursive -m colours/1 --out results --draw
  infer run "shots/*.png" -m colours/1 --format csv --output results.csv --confidence 0.5
  infer run shots -m colours/1 --format jsonl | jq -c .result.predictions
  curl -s https://example.com/street.jpg | infer run - -m colours/1 --class red,blue`;

const BENCHMARK_HELP = `
Closed loop (default): each client sends its next request when its last one is answered. Open loop (--rate): requests start by a
timetable, and a time counts from when the request was due, so that waiting behind a stalled server is not left out.
Failures are counted apart and are in no time; they make the exit code 1 unless an "errors" condition allows them.
Requests are not repeated unless --retries says so. Without inputs a drawn picture is sent.

Examples:
  infer benchmark -m colours/1 --requests 200 --clients 4
  infer benchmark shots -m colours/1 --rate 20 --duration 30 --json report.json
  infer benchmark -m colours/1 --fail-if "p99>500" --fail-if "errors>1%" --fail-if "rps<20"`;

const CORE_HELP = `
Each task is a model that comes with the server; \`infer core <task> --help\` tells its options. Results go to stdout as
{"input", "result"} or {"input", "error"}, as with \`infer run\`.

Examples:
  infer core clip-compare fox.jpg --prompt "a fox" --prompt "a dog"
  infer core yolo-world street.jpg --class bus,bicycle
  infer core sam2 street.jpg --point 380,350 --masks rle
  infer core depth room.jpg --out depths`;

const EMBED_HELP = `
Vectors may be compared only when they are of the same model. --format npy writes a NumPy file of 32-bit floats in which row n
belongs to input n; inputs that failed are rows of NaN.

Examples:
  infer embed shots --model clip --format npy --output shots.npy
  infer embed fox.jpg -m resnet50 --format jsonl`;

const OCR_HELP = `
Examples:
  infer ocr sign.jpg
  infer ocr scans --model easy_ocr --language en,de --boxes`;

const VIDEO_HELP = `
The source is a video file, the address of a stream (http, rtsp, rtmp, ...), or a camera: its number, or camera:<name>. Each frame
is a JSON line {"frame", "timestampMs", "result"} or {"frame", "timestampMs", "error"}, in order, written as it comes. Needs the
package node-av.

With --webrtc the video goes to a worker of the server over one connection: a file is sent as it is, the server itself reads
rtsp:// cameras (this machine with --relay) and http:// MJPEG cameras. Lines have "errors" in place of "error". Needs the package werift.

Examples:
  infer video street.mp4 -m colours/1 --max-fps 2 --output street.jsonl
  infer video rtsp://camera.local/live -m colours/1 --stride 30
  infer video 0 -m colours/1 --max-frames 100
  infer video street.mp4 -m colours/1 --webrtc --save pictures -o street.jsonl
  infer video rtsp://camera.local/live --webrtc --workflow detect.json --data-output count`;

const ROOT_HELP = `
Examples:
  infer sandbox                                 a stand-in server, to try the rest without a real one
  infer status                                  what answers at http://localhost:9001
  infer run street.jpg -m colours/1             one picture through a model
  infer benchmark -m colours/1 --clients 4      how fast the server answers
${EXIT_CODES_HELP}`;

/** An option that a command does not know may be a misspelt `--api-key=...`: its name is told, its value is not. */
function withoutValue(message: string): string {
  return message.replace(/(unknown option '[^'=\n]*)=[^\n]*'/, "$1'");
}

type Action<Options> = (options: Options, terminal: Terminal, interruption: Interruption) => Promise<number>;

/**
 * Runs the command line and returns the exit code. Nothing is thrown: every failure ends as a message on stderr.
 *
 * @param args the arguments after the program's name
 */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.ok;

  async function execute<Options extends Partial<ConnectionOptions>>(
    options: Options,
    action: Action<Options>,
  ): Promise<void> {
    const interruption = listenForInterruption(terminal);
    try {
      exitCode = await action(options, terminal, interruption);
    } catch (error) {
      exitCode = interruption.exitCode ?? exitCodeOf(error);
      if (interruption.exitCode === null) complain(error, options, terminal);
    } finally {
      interruption.close();
    }
  }

  // Commands load their code when they run: help needs neither drawing nor the sandbox.
  const program = new Command("infer")
    .description("Runs models of a Roboflow Inference server on pictures.")
    .version(terminal.version, "--version", "version of this program")
    .addHelpText("after", ROOT_HELP)
    .showHelpAfterError("(infer --help tells more)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
      outputError: (text, write) => write(withoutValue(text)),
    });

  addRunOptions(program.command("run"))
    .description("Runs a model on pictures.")
    .argument("<inputs...>", "files, folders, patterns, URLs, or -")
    .addHelpText("after", `${RUN_HELP}\n${EXIT_CODES_HELP}`)
    .action((inputs: string[], options: RunOptions) =>
      execute(options, async (given, ...rest) =>
        (await import("./commands/run.ts")).run(inputs, given, ...rest),
      ),
    );

  addVideoOptions(program.command("video"))
    .description("Runs a model on the frames of a video, a stream or a camera.")
    .argument("<source>", "video file, address of a stream, or camera number")
    .addHelpText("after", `${VIDEO_HELP}\n${EXIT_CODES_HELP}`)
    .action((source: string, options: VideoOptions) =>
      execute(options, async (given, ...rest) =>
        (await import("./commands/video.ts")).video(source, given, ...rest),
      ),
    );

  addConnectionOptions(program.command("status"))
    .description("Tells what answers at the address, how fast, and which models are loaded.")
    .option("--json", "as JSON")
    .action((options: StatusOptions) =>
      execute(options, async (...given) => (await import("./commands/status.ts")).status(...given)),
    );

  const models = program.command("models").description("Lists, loads and unloads models (API v1).");
  addConnectionOptions(models.command("list"))
    .description("Lists the loaded models.")
    .option("--json", "as JSON")
    .action((options: ModelsOptions) =>
      execute(options, async (...given) => (await import("./commands/models.ts")).listModels(...given)),
    );
  addConnectionOptions(models.command("load"))
    .description("Makes the server load a model and lists the loaded ones.")
    .argument("<id>", "model id (project/version) or public alias")
    .option("--json", "as JSON")
    .action((id: string, options: ModelsOptions) =>
      execute(options, async (...given) => (await import("./commands/models.ts")).loadModel(id)(...given)),
    );
  addConnectionOptions(models.command("unload"))
    .description("Makes the server drop a model and lists those that are left.")
    .argument("[id]", "model id or public alias")
    .option("--all", "every model")
    .option("--json", "as JSON")
    .action((id: string | undefined, options: ModelsOptions) =>
      execute(options, async (...given) => (await import("./commands/models.ts")).unloadModel(id)(...given)),
    );

  addBenchmarkOptions(program.command("benchmark"))
    .description("Measures how fast a server answers, and fails if that is not enough.")
    .argument("[inputs...]", "files, folders, patterns, URLs, or -; sent in turn (default: a drawn picture)")
    .addHelpText("after", `${BENCHMARK_HELP}\n${EXIT_CODES_HELP}`)
    .action((inputs: string[], options: BenchmarkOptions) =>
      execute(options, async (given, ...rest) =>
        (await import("./commands/benchmark.ts")).benchmark(inputs, given, ...rest),
      ),
    );

  const addTaskCommand = (
    command: Command,
    task: CoreTask,
    formats: readonly ResultFormat[],
    help: string,
  ): void => {
    addTask(command, task, formats)
      .addHelpText("after", `${help}\n${EXIT_CODES_HELP}`)
      .action((inputs: string[], options: GivenOptions) =>
        execute(options, async (given, ...rest) =>
          (await import("./commands/core/run-task.ts")).runTask(task, inputs, given, ...rest),
        ),
      );
  };
  const core = program
    .command("core")
    .description("Runs a model that comes with the server: CLIP, SAM, YOLO-World, depth, ...")
    .addHelpText("after", `${CORE_HELP}\n${EXIT_CODES_HELP}`);
  for (const task of CORE_TASKS) addTaskCommand(core.command(task.name), task, ["json", "jsonl"], "");
  addTaskCommand(program.command("embed"), EMBED_TASK, ["json", "jsonl", "npy"], EMBED_HELP);
  addTaskCommand(program.command("ocr"), OCR_TASK, ["json", "jsonl"], OCR_HELP);

  addPipelineCommands(program.command("pipelines"), execute, EXIT_CODES_HELP);
  addWorkflowCommands(program.command("workflows"), execute, EXIT_CODES_HELP);
  addHfCommands(program.command("hf"), execute, EXIT_CODES_HELP);

  program
    .command("sandbox")
    .description("Starts a stand-in server that finds coloured shapes; for trying things out and for tests.")
    .option("--port <number>", "port to listen on; 0 takes a free one", wholeNumber(0), 9001)
    .option("--host <address>", "address to listen on (default: 127.0.0.1)")
    .option("--latency <ms>", "time that every answer takes at least", wholeNumber(0), 0)
    .option("--quiet", "no line for each request")
    .action((options: SandboxCommandOptions) =>
      execute<SandboxCommandOptions & ConnectionOptions>(options, async (...given) =>
        (await import("./commands/sandbox.ts")).sandbox(...given),
      ),
    );

  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    throw error;
  }
}
