import type { StreamAnswer } from "@inference-ts/transport";
import { type InferenceStream, inferenceStream } from "./inference-stream.ts";
import { LineSplitter } from "./line-splitter.ts";

/** The lines of an answer as they arrive, without their ends. */
export function lineStream(answer: StreamAnswer): InferenceStream<Uint8Array> {
  return inferenceStream(answer, async function* () {
    const splitter = new LineSplitter();
    for await (const piece of answer.body) yield* splitter.push(piece);
    yield* splitter.end();
  });
}
