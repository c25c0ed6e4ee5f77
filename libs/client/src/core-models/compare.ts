import type { EndpointAnswer } from "@inference-ts/endpoints";
import { InvalidParameterError } from "@inference-ts/errors";
import type { ImageSource } from "@inference-ts/images";
import type { InferenceRequestImage } from "@inference-ts/schema";
import type { CallScope } from "../call/call-scope.ts";
import { type CheckedAnswer, checkAnswer } from "./check-answer.ts";
import type { CoreModelOptions } from "./core-model-options.ts";
import { type CoreRoute, type CoreTarget, requestOnce } from "./core-request.ts";

/** What a subject or a prompt is. */
export type CompareType = "image" | "text";

/** A value of a type. */
export type CompareValue<Type extends CompareType> = Type extends "text" ? string : ImageSource;

/** One prompt, a list of them, or named ones. */
export type ComparePrompt<Type extends CompareType> =
  | CompareValue<Type>
  | readonly CompareValue<Type>[]
  | { readonly [name: string]: CompareValue<Type> };

/** What a comparison takes beside subject and prompt. */
export interface CompareOptions<Subject extends CompareType, Prompt extends CompareType>
  extends CoreModelOptions {
  /** Default `"image"`. */
  readonly subjectType?: Subject | undefined;
  /** Default `"text"`. */
  readonly promptType?: Prompt | undefined;
}

/** How alike the subject and each prompt are, -1..1: a list in the order of the prompts, or by name for named ones. */
export type CompareResult = CheckedAnswer<"ClipCompareResponse", "similarity">;

/** The fields of a comparison, without its model's version. */
export interface CompareFields {
  readonly subject_type: CompareType;
  readonly prompt_type: CompareType;
  readonly subject: string | InferenceRequestImage;
  readonly prompt:
    | string
    | InferenceRequestImage
    | string[]
    | InferenceRequestImage[]
    | { [name: string]: string | InferenceRequestImage };
}

/** What is compared; images and texts are told apart by the types of the options. */
export interface Comparison {
  readonly subject: unknown;
  readonly prompt: unknown;
  readonly subjectType: CompareType | undefined;
  readonly promptType: CompareType | undefined;
}

/** Compares by the route of a family. */
export async function compare(
  scope: CallScope,
  route: CoreRoute,
  { subject, prompt, subjectType = "image", promptType = "text" }: Comparison,
  request: (fields: CompareFields, target: CoreTarget) => Promise<EndpointAnswer<unknown>>,
): Promise<CompareResult> {
  for (const [name, type] of Object.entries({ subjectType, promptType })) {
    if (type !== "image" && type !== "text") {
      throw new InvalidParameterError(`${name} "${String(type)}" is neither "image" nor "text".`);
    }
  }
  const prompts = promptsOf(prompt, promptType);
  const subjects = subjectType === "image" ? [asImage(subject)] : [];
  const inputs = [...subjects, ...(promptType === "image" ? prompts.values.map(asImage) : [])];
  const data = await requestOnce(scope, route, inputs, (images, target) => {
    const [first] = images;
    const isText = subjectType === "text" || first === undefined;
    const wanted: readonly (string | InferenceRequestImage)[] =
      promptType === "text"
        ? prompts.values.map((text) => asText("prompt", text))
        : images.slice(subjects.length);
    return request(
      {
        subject_type: subjectType,
        prompt_type: promptType,
        subject: isText ? asText("subject", subject) : first,
        prompt: prompts.shape(wanted),
      },
      target,
    );
  });
  return checkAnswer<CompareResult>(data, { similarity: "list or object" });
}

interface Prompts {
  readonly values: readonly unknown[];
  /** Gives prepared values the form that the prompts had. */
  readonly shape: (values: readonly (string | InferenceRequestImage)[]) => CompareFields["prompt"];
}

function promptsOf(prompt: unknown, type: CompareType): Prompts {
  if (Array.isArray(prompt)) return { values: prompt, shape: listOf };
  if (type === "text" && typeof prompt === "object" && prompt !== null) return named(prompt);
  if (type === "image" && isPlainObject(prompt)) return named(prompt);
  return { values: [prompt], shape: ([only]) => only ?? "" };
}

function named(prompt: object): Prompts {
  const names = Object.keys(prompt);
  return {
    values: Object.values(prompt),
    shape: (values) => Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""])),
  };
}

function listOf(values: readonly (string | InferenceRequestImage)[]): CompareFields["prompt"] {
  const texts = values.filter((value) => typeof value === "string");
  if (texts.length === values.length) return texts;
  const images = values.filter((value) => typeof value !== "string");
  // A list of one image is written as that image, as the Python client does; the server answers a list to both.
  const [only, ...more] = images;
  return only !== undefined && more.length === 0 ? only : images;
}

/** Named prompts; pictures given as objects have a `data` (pixels) or a class of their own. */
function isPlainObject(value: unknown): value is object {
  if (
    typeof value !== "object" ||
    value === null ||
    Object.hasOwn(value, "data") ||
    Object.hasOwn(value, "kind")
  )
    return false;
  return Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null;
}

function asText(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw new InvalidParameterError(`The ${name} of the type "text" must be a string, got ${typeof value}.`, {
    hint: `Set ${name}Type to "image" for an image.`,
  });
}

/** What is no image is refused when it is loaded. */
function asImage(value: unknown): ImageSource;
function asImage(value: unknown): unknown {
  return value;
}
