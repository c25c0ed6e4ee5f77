import { writeFile } from "node:fs/promises";
import { InvalidParameterError } from "@inference-ts/sdk/node";
import type { AnyEntry } from "../../output/entry.ts";
import { JsonFormat } from "../../output/json-format.ts";
import { JsonLinesFormat } from "../../output/json-lines-format.ts";
import { fileSink, streamSink, type TextSink } from "../../output/text-sink.ts";
import type { Terminal } from "../../terminal.ts";
import { npyOf } from "./npy.ts";

/** How results are written. */
export type ResultFormat = "json" | "jsonl" | "npy";

/** Writes what became of the inputs, one after another. */
export interface ResultWriter {
  add(entry: AnyEntry): Promise<void>;
  /** Also when the run was cut short: the output is whole. */
  finish(): Promise<void>;
}

/** Where results go. */
export interface WriterOptions {
  readonly format: ResultFormat;
  /** A file; without it stdout. */
  readonly output: string | undefined;
  readonly onReaderGone: () => void;
}

/** @throws InvalidParameterError when the file cannot be written, and for bytes that would go to a screen. */
export async function openWriter(
  options: WriterOptions,
  { stdout }: Pick<Terminal, "stdout">,
): Promise<ResultWriter> {
  const { format, output, onReaderGone } = options;
  if (format === "npy" && output === undefined && stdout.isTTY === true) {
    throw new InvalidParameterError(
      "--format npy writes bytes: give --output <file>, or send stdout to a file.",
    );
  }
  const sink =
    output === undefined ? streamSink(stdout, { endsStream: false, onReaderGone }) : await fileSink(output);
  if (format !== "npy") return textWriter(sink, format === "json" ? new JsonFormat() : new JsonLinesFormat());
  await sink.close();
  return npyWriter(async (bytes) => {
    if (output !== undefined) await writeFile(output, bytes);
    else await new Promise<void>((resolve) => stdout.write(bytes, () => resolve()));
  });
}

async function textWriter(
  sink: TextSink,
  format: Pick<JsonFormat, "begin" | "add" | "end">,
): Promise<ResultWriter> {
  await sink.write(format.begin());
  return {
    add: (entry) => sink.write(format.add(entry)),
    finish: async () => {
      await sink.write(format.end());
      await sink.close();
    },
  };
}

/** Row `n` belongs to input `n`. All vectors are held until the end, since a NumPy file begins with their number. */
function npyWriter(write: (bytes: Uint8Array) => Promise<void>): ResultWriter {
  const vectors: (Float32Array | null)[] = [];
  return {
    add: async (entry) => void vectors.push(entry.ok ? vectorOf(entry.result) : null),
    finish: () => write(npyOf(vectors)),
  };
}

function vectorOf(result: object): Float32Array | null {
  const embeddings: unknown = "embeddings" in result ? result.embeddings : undefined;
  const first: unknown = Array.isArray(embeddings) ? embeddings[0] : undefined;
  return Array.isArray(first) ? Float32Array.from(first) : null;
}
