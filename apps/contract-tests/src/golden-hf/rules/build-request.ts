import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord, type JsonRecord, placeholder, textAt } from "../../golden/json.ts";
import type { GoldenCase, RecordedInput, RecordedRequest } from "../case.ts";
import { dumpJson } from "../dump-json.ts";
import { lastJson } from "../expectation.ts";
import { namedArguments } from "../methods.ts";

/** Argument with the picture or sound of a method. */
const MEDIA: Readonly<Record<string, string>> = {
  audio_classification: "audio",
  audio_to_audio: "audio",
  automatic_speech_recognition: "audio",
  document_question_answering: "image",
  image_classification: "image",
  image_segmentation: "image",
  image_to_image: "image",
  image_to_text: "image",
  object_detection: "image",
  post: "data",
  visual_question_answering: "image",
  zero_shot_image_classification: "image",
};

const QUESTIONS: readonly string[] = ["visual_question_answering", "document_question_answering"];
const PICTURES: readonly string[] = ["image_to_image", "text_to_image"];
export const API = "https://api-inference.huggingface.co";

/** First bytes and what they are, as the containers name it. */
const MARKS: readonly (readonly [mark: string, type: string])[] = [
  ["89504e47", "image/png"],
  ["ffd8ff", "image/jpeg"],
  ["47494638", "image/gif"],
  ["424d", "image/bmp"],
  ["49492a00", "image/tiff"],
  ["664c6143", "audio/flac"],
  ["4f676753", "audio/ogg"],
  ["494433", "audio/mpeg"],
];

/** Media type of a file by its first bytes, `application/octet-stream` where they tell none. */
export function typeOfFile(file: string): string {
  const start = readFileSync(file).subarray(0, 12).toString("hex");
  if (start.startsWith("52494646")) return start.endsWith("57415645") ? "audio/wav" : "image/webp";
  return MARKS.find(([mark]) => start.startsWith(mark))?.[1] ?? "application/octet-stream";
}

/** Name of the argument with the picture or sound of a method. */
export const mediaNameOf = (method: string): string | undefined => MEDIA[method];

/** The input that the method's picture or sound stands for. */
export function mediaInputOf(golden: GoldenCase): RecordedInput | null {
  const name = MEDIA[golden.call.method];
  const value = name === undefined ? undefined : namedArguments(golden.call.method, golden.call.args)[name];
  const input = placeholder(value, "$input");
  return typeof input === "string" ? (golden.inputs[input] ?? null) : null;
}

/** The requests that a call with a picture or sound sends, whatever kind of input it is given. */
export function mediaRequests(golden: GoldenCase, inputs: string): RecordedRequest[] {
  const input = mediaInputOf(golden);
  if (input === null) return [];
  const { method } = golden.call;
  const args = namedArguments(method, golden.call.args);
  const isAnew = input.kind === "pil";
  const bytes = isAnew ? { same_bytes_as: input.file, picture: true } : { same_bytes_as: input.file };
  const parameters = Object.fromEntries(
    Object.entries(args).filter(
      ([name, value]) => value !== null && ![MEDIA[method], "question", "model"].includes(name),
    ),
  );
  const hasParameters = Object.keys(parameters).length > 0;
  const media = { $bytes: bytes };
  const json = QUESTIONS.includes(method)
    ? { inputs: { question: args.question, image: media } }
    : hasParameters
      ? { inputs: media }
      : null;
  const body: JsonRecord =
    json === null
      ? isAnew
        ? { kind: "picture", of: input.file }
        : { kind: "bytes", same_bytes_as: input.file }
      : { kind: "json", value: hasParameters ? { ...json, parameters } : json };
  const type = isAnew ? "image/png" : typeOfFile(join(inputs, input.file));
  const post = taskRequest(
    golden,
    body,
    json === null ? (method === "post" ? null : type) : "application/json",
  );
  const download = input.kind === "url" && input.url !== null ? [downloadOf(input.url)] : [];
  return [...download, post];
}

/** The request of a text task, `{inputs}` alone. */
export function textRequest(golden: GoldenCase): RecordedRequest {
  const text = namedArguments(golden.call.method, golden.call.args).text;
  return taskRequest(golden, { kind: "json", value: { inputs: text } }, "application/json");
}

function taskRequest(golden: GoldenCase, body: JsonRecord, type: string | null): RecordedRequest {
  const model =
    textAt(golden.call.args, "model") ??
    textAt(golden.client, "model") ??
    textAt(golden.client, "base_url") ??
    "";
  const address = addressOf(model);
  const token = golden.client.token ?? golden.client.api_key;
  return {
    method: "POST",
    ...address,
    headers: {
      accept: PICTURES.includes(golden.call.method) ? "image/png" : "*/*",
      ...(typeof token === "string" ? { authorization: `Bearer ${token}` } : {}),
      ...(type === null ? {} : { "content-type": type }),
    },
    body,
    absoluteForm: false,
  };
}

/** Where a model is reached, for tasks whose address does not name them. */
export function addressOf(model: string): Pick<RecordedRequest, "origin" | "path" | "query"> {
  const isBase = model.startsWith("{BASE}");
  const url = isBase ? new URL(model.replace("{BASE}", "http://base")) : URL.parse(model);
  if (url === null || !/^https?:$/.test(url.protocol))
    return { origin: API, path: `/models/${encodeURI(model)}`, query: [] };
  return { origin: isBase ? null : url.origin, path: url.pathname, query: [...url.searchParams] };
}

function downloadOf(address: string): RecordedRequest {
  return { method: "GET", ...addressOf(address), headers: {}, body: { kind: "empty" }, absoluteForm: false };
}

/** The result that our client makes of the last scripted answer. */
export function resultOf(golden: GoldenCase): unknown {
  const { method } = golden.call;
  const body = golden.answers.at(-1)?.body;
  if (isRecord(body) && typeof body.file === "string") return { $bytes: { same_bytes_as: body.file } };
  const value = decoded(lastJson(golden));
  if (method === "post") return { $bytes: { text: dumpJson(value) } };
  return method === "image_to_text" && Array.isArray(value) ? value[0] : value;
}

/** Base64 of a file in an answer stands for the bytes of a mask or a sound in the result. */
function decoded(value: unknown): unknown {
  const file = placeholder(value, "$file_base64");
  if (typeof file === "string") return { $bytes: { same_bytes_as: file } };
  if (Array.isArray(value)) return value.map(decoded);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, decoded(item)]));
}
