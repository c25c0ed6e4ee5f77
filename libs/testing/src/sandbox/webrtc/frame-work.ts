import { type Exchange, Refusal } from "../exchange.ts";
import type { SandboxState } from "../route.ts";
import type { RgbPixels } from "../shapes/colours.ts";
import { isRecord } from "../workflows/definition.ts";
import { checkParameters, type RunInputs, refuseMissingPicture } from "../workflows/inputs.ts";
import { computeOutputs, type OutputValue } from "../workflows/run.ts";
import { RunTrace } from "../workflows/run-trace.ts";
import { jpegOf, serialise } from "../workflows/serialise.ts";
import { inputPicture, PictureValue } from "../workflows/values.ts";
import { isEverything, type WorkerRequest } from "./worker-request.ts";

/** Quality of the pictures in the results of live video (`WEBRTC_PREVIEW_FRAME_JPEG_QUALITY` of the real server). */
const PREVIEW_QUALITY = 80;

/** What the server tells a workflow about a frame. */
export interface FrameFacts {
  readonly frameId: number;
  readonly receivedAt: string;
  readonly fps: number | null;
  readonly isFile: boolean;
  readonly totalFrames: number | null;
}

/** What a workflow made of one frame. */
export interface FrameOutputs {
  readonly values: ReadonlyMap<string, OutputValue>;
  readonly errors: readonly string[];
}

/** Runs the workflow of a session on one frame; what goes wrong becomes the errors of the frame. */
export async function workOnFrame(
  request: WorkerRequest,
  pixels: RgbPixels,
  exchange: Exchange,
  state: SandboxState,
): Promise<FrameOutputs> {
  try {
    const inputs = frameInputs(request, pixels);
    const context = { exchange, state, key: request.key, trace: new RunTrace() };
    const [row = []] = await computeOutputs(request.workflow, inputs, context);
    return { values: new Map(row.map((value) => [value.output.name, value])), errors: [] };
  } catch (error) {
    return { values: new Map(), errors: [messageOf(error)] };
  }
}

function frameInputs({ workflow, imageInput, parameters }: WorkerRequest, pixels: RgbPixels): RunInputs {
  const values = new Map<string, unknown>();
  for (const input of workflow.inputs) {
    const parameter = parameters[input.name] ?? input.fallback;
    if (!input.isImage) values.set(input.name, input.isBatch ? [parameter] : parameter);
    else if (input.name !== imageInput) refuseMissingPicture(input);
    else values.set(input.name, [inputPicture(`${input.name}.[0]`, pixels, null)]);
  }
  checkParameters(workflow, values);
  return { batchSize: 1, values };
}

function messageOf(error: unknown): string {
  if (!(error instanceof Refusal)) return error instanceof Error ? error.message : String(error);
  const body: unknown = JSON.parse(Buffer.from(error.answer.body).toString());
  return isRecord(body) ? String(body.message) : "unknown";
}

/** The picture of an output, also where the output is an object that holds one. */
export function pictureOf({ values }: FrameOutputs, name: string): PictureValue | null {
  const value = values.get(name)?.value;
  if (value instanceof PictureValue) return value;
  const inside = isRecord(value) ? Object.values(value).filter((item) => item instanceof PictureValue) : [];
  return inside.at(-1) ?? null;
}

/** Name of the first output that is a picture. */
export const firstPicture = (outputs: FrameOutputs): string | undefined =>
  [...outputs.values.keys()].find((name) => pictureOf(outputs, name) !== null);

/** What the data message of a frame holds: `null` where no output was asked for or none is there. */
export async function dataOf(
  { values }: FrameOutputs,
  wanted: readonly string[],
  facts: FrameFacts,
): Promise<{ readonly data: object | null; readonly errors: readonly string[] }> {
  const all = isEverything(wanted);
  const names = all ? [...values.keys()] : wanted;
  const errors: string[] = [];
  const fields: Record<string, unknown> = {};
  for (const name of names) {
    const found = values.get(name);
    if (found === undefined) errors.push(`Output '${name}' not found`);
    else if (!all || !(found.value instanceof PictureValue)) {
      fields[name] = await previewOf(found.value, found.output.inParent, facts);
    }
  }
  return { data: Object.keys(fields).length === 0 ? null : fields, errors };
}

async function previewOf(value: unknown, inParent: boolean, facts: FrameFacts): Promise<unknown> {
  if (value instanceof PictureValue) {
    return {
      type: "base64",
      value: await jpegOf(value, PREVIEW_QUALITY),
      video_metadata: {
        video_identifier: "default_source",
        frame_number: facts.frameId,
        frame_timestamp: facts.receivedAt,
        fps: facts.fps,
        measured_fps: facts.fps,
        comes_from_video_file: facts.isFile,
        total_frames: facts.totalFrames,
      },
    };
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map((item: unknown) => previewOf(item, inParent, facts)));
  }
  if (isRecord(value) && Object.getPrototypeOf(value) === Object.prototype) {
    const entries = Object.entries(value).map(
      async ([key, item]) => [key, await previewOf(item, inParent, facts)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }
  return serialise(value, inParent);
}
