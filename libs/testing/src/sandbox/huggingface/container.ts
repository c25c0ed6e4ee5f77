import { type Answer, type Exchange, jsonAnswer, textAnswer } from "../exchange.ts";
import { isTask } from "./hub-models.ts";
import { type PipelineInput, runPipeline } from "./pipelines.ts";
import { reasonOf, refuseWith } from "./refusals.ts";
import { isObject, type JsonObject, objectIn } from "./values.ts";

const kinds = (type: string, names: string) => names.split(" ").map((name) => `${type}/${name}`);

/** Exact, as the container looks them up: `application/json; charset=utf-8` is refused for its lower case. */
const IMAGES = new Set(kinds("image", "jpeg jpg png webp bmp gif tiff x-image"));
const JSONS = new Set(["application/json", "application/json; charset=UTF-8"]);
const ACCEPTED = new Set(["*/*", "application/json"]);
const SUPPORTED = [...IMAGES, ...JSONS].sort().join(", ");

/** Truth values and integers are read from the query; 0.5 stays text. */
function queryValue(text: string): unknown {
  const lower = text.toLowerCase();
  if (lower === "true" || lower === "false") return lower === "true";
  return /^[+-]?\d+$/.test(text.trim()) ? Number(text) : text;
}

interface ContainerRequest {
  readonly input: PipelineInput;
  readonly parameters: JsonObject;
}

function requestOf({ headers, body, query }: Exchange): ContainerRequest {
  const type = headers["content-type"];
  if (type === undefined || type === "") return refuseWith("Content-Type header is missing");
  if (JSONS.has(type)) {
    const document = objectIn(body);
    // Like the real container this repeats the whole body, whatever is in it.
    if (document === null || !Object.hasOwn(document, "inputs"))
      return refuseWith(`Body needs to provide a inputs key, received: ${Buffer.from(body).toString()}`);
    const { inputs, parameters } = document;
    return { input: { inputs }, parameters: isObject(parameters) ? parameters : {} };
  }
  if (IMAGES.has(type)) {
    const parameters = Object.fromEntries([...query].map(([name, value]) => [name, queryValue(value)]));
    return { input: body, parameters };
  }
  return refuseWith(`Content type "${type}" not supported. Supported content types are: ${SUPPORTED}`);
}

/** The default container of Inference Endpoints: whatever goes wrong is a 400. */
export async function answerContainer(exchange: Exchange, task: string): Promise<Answer> {
  if (!isTask(task)) return textAnswer("Not Found", 404);
  try {
    const accept = exchange.headers.accept || "*/*";
    if (!ACCEPTED.has(accept))
      refuseWith(`Accept type "${accept}" not supported. Supported accept types are: application/json, */*`);
    const { input, parameters } = requestOf(exchange);
    return jsonAnswer(await runPipeline(task, input, parameters));
  } catch (error) {
    return jsonAnswer({ error: reasonOf(error) }, 400);
  }
}
