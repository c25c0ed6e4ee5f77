import { isInferenceError } from "@inference-ts/sdk";
import { compose, drawOnPixels, type Pixels } from "@inference-ts/sdk/annotators";
import sharp from "sharp";
import { isRecord } from "../golden/json.ts";
import { annotatorOf } from "./annotator-arguments.ts";
import { sceneOfVector } from "./annotator-scene.ts";
import { compareDrawing } from "./compare-drawing.ts";
import { type DrawingFacts, drawingFacts } from "./drawing-facts.ts";

/** The pixels of a picture file. */
export async function pixelsOf(file: string): Promise<Pixels> {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

/** What became of a vector: problems, one line each; or why there is nothing of ours to compare. */
export interface AnnotatorVerdict {
  readonly problems: readonly string[];
  readonly skipped?: string;
}

/**
 * Draws a vector of `annotators.json` and compares what changed in the picture.
 *
 * @param golden one case: `{id, input, expected}`
 * @param base the picture before drawing (`base.png`); it is not changed
 */
export function checkAnnotator(golden: unknown, base: Pixels): AnnotatorVerdict {
  if (!isRecord(golden) || !isRecord(golden.input) || !isRecord(golden.expected)) {
    return { problems: ["this is no case with an input and an expected answer"] };
  }
  const { input, expected } = golden;
  let drawn: DrawingFacts;
  try {
    const annotator = annotatorOf(input);
    if (annotator === undefined) return { problems: [], skipped: `${input.annotator} is not asked for` };
    const frames = Array.isArray(input.sequence) ? input.sequence : [input.detections ?? input.result];
    let picture = base;
    for (const frame of frames) {
      const scene = sceneOfVector(frame, base);
      picture = { ...base, data: base.data.slice() };
      drawOnPixels(picture, compose(scene, [annotator]), { smooth: false });
    }
    drawn = drawingFacts(base, picture, sceneOfVector(frames.at(-1), base));
  } catch (error) {
    if (isInferenceError(error) && "error" in expected) return { problems: [] };
    throw error;
  }
  if ("error" in expected) return { problems: [`it is not refused, Python raises ${expected.error}`] };
  const accepted = [expected, golden.expected_without_opencv, golden.expected_in_supervision_0_30_9];
  const results = accepted.filter(isRecord).map((facts) => compareDrawing(drawn, facts, golden));
  return { problems: results.find((problems) => problems.length === 0) ?? results[0] ?? [] };
}
