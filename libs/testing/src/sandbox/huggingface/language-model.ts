import { type Answer, type Exchange, eventAnswer, jsonAnswer, textAnswer } from "../exchange.ts";
import { LANGUAGE_MODEL } from "./hub-models.ts";
import { tgiRefusal } from "./refusals.ts";
import { isObject, type JsonObject, numberAt, objectAt, objectIn } from "./values.ts";

/** What every text of the sandbox begins with: it repeats what it was told. */
const ECHO_MARK = "[sandbox echo]";

const MAX_TOTAL_TOKENS = 256;

/** A text that is sent token by token, and why it ends. */
interface Generated {
  readonly pieces: readonly string[];
  readonly text: string;
  readonly given: number;
  readonly reason: "length" | "eos_token";
}

/** The marked echo of a text, one token per word. */
function echo(text: string, limit: number): Generated {
  const words = text.split(/\s+/).filter(Boolean);
  const all = [ECHO_MARK, ...words].map((word, index) => (index === 0 ? word : ` ${word}`));
  const pieces = all.slice(0, limit);
  const reason = pieces.length < all.length ? "length" : "eos_token";
  return { pieces, text: pieces.join(""), given: words.length, reason };
}

function refusalOf(limit: number, given: number, settings: JsonObject): Answer | null {
  if (!Number.isInteger(limit) || limit < 1)
    return tgiRefusal("Input validation error: `max_new_tokens` must be strictly positive");
  if (given + limit > MAX_TOTAL_TOKENS) {
    return tgiRefusal(
      `Input validation error: \`inputs\` tokens + \`max_new_tokens\` must be <= ${MAX_TOTAL_TOKENS}. ` +
        `Given: ${given} \`inputs\` tokens and ${limit} \`max_new_tokens\``,
    );
  }
  if (typeof settings.temperature === "number" && settings.temperature < 0)
    return tgiRefusal("Input validation error: `temperature` must be strictly positive");
  const topP = numberAt(settings, "top_p", 0.5);
  if (topP <= 0 || topP >= 1) return tgiRefusal("Input validation error: `top_p` must be > 0.0 and < 1.0");
  return null;
}

const token = (text: string, id: number) => ({ id, text, logprob: 0, special: false });

/** `/generate`, `/generate_stream` and text generation of the serverless API. */
export function generate(
  exchange: Exchange,
  how: { readonly stream?: boolean; readonly list: boolean },
): Answer {
  const document = objectIn(exchange.body);
  if (document === null) return textAnswer("Failed to parse the request body as JSON", 400);
  const { inputs } = document;
  if (typeof inputs !== "string")
    return textAnswer(
      "Failed to deserialize the JSON body into the target type: missing field `inputs`",
      422,
    );
  if (inputs === "") return tgiRefusal("Input validation error: `inputs` cannot be empty");
  const parameters = objectAt(document, "parameters");
  const limit = numberAt(parameters, "max_new_tokens", 20);
  const made = echo(inputs, Math.max(limit, 1));
  const refusal = refusalOf(limit, made.given, parameters);
  if (refusal !== null) return refusal;
  const seed = parameters.seed ?? null;
  const full = parameters.return_full_text === true ? inputs + made.text : made.text;
  const details = { finish_reason: made.reason, generated_tokens: made.pieces.length, seed };
  if (how.stream ?? document.stream === true) {
    const last = made.pieces.length - 1;
    const events = made.pieces.map((piece, index) => ({
      index: index + 1,
      token: token(piece, index),
      generated_text: index === last ? full : null,
      details: index === last ? details : null,
    }));
    return eventAnswer(events.map((event) => `data:${JSON.stringify(event)}\n\n`));
  }
  const tokens = made.pieces.map(token);
  const answer = {
    generated_text: full,
    ...(parameters.details === true ? { details: { ...details, prefill: [], tokens } } : {}),
  };
  return jsonAnswer(how.list ? [answer] : answer, 200, { "x-compute-type": "sandbox" });
}

function textOf(message: unknown): string {
  const content = isObject(message) ? message.content : "";
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => (isObject(part) && typeof part.text === "string" ? part.text : "")).join("");
}

/** `/v1/chat/completions`: the last message, marked as an echo. */
export function chat(exchange: Exchange): Answer {
  const document = objectIn(exchange.body);
  if (document === null) return textAnswer("Failed to parse the request body as JSON", 400);
  const { messages } = document;
  if (!Array.isArray(messages) || messages.length === 0)
    return tgiRefusal("Template error: messages must not be empty", "template_error");
  const limit = numberAt(document, "max_tokens", 30);
  const made = echo(textOf(messages.at(-1)), Math.max(limit, 1));
  const given = messages.reduce<number>((sum, message) => sum + textOf(message).split(/\s+/).length, 0);
  const refusal = refusalOf(limit, given, document);
  if (refusal !== null) return refusal;
  const head = { id: "", created: 0, model: LANGUAGE_MODEL, system_fingerprint: "sandbox" };
  const reason = made.reason === "length" ? "length" : "stop";
  const count = made.pieces.length;
  const usage = { prompt_tokens: given, completion_tokens: count, total_tokens: given + count };
  if (document.stream === true) {
    const chunk = { object: "chat.completion.chunk", ...head };
    const events: object[] = made.pieces.map((content, index) => {
      const end = index === count - 1 ? reason : null;
      const delta = { role: "assistant", content };
      return { ...chunk, choices: [{ index: 0, delta, logprobs: null, finish_reason: end }] };
    });
    if (objectAt(document, "stream_options").include_usage === true)
      events.push({ ...chunk, choices: [], usage });
    return eventAnswer([...events.map((event) => `data: ${JSON.stringify(event)}\n\n`), "data: [DONE]\n\n"]);
  }
  const message = { role: "assistant", content: made.text };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: reason }];
  return jsonAnswer({ object: "chat.completion", ...head, choices, usage });
}

/** `GET /info` of TGI. */
export const languageModelInfo = {
  model_id: LANGUAGE_MODEL,
  model_sha: null,
  model_pipeline_tag: "text-generation",
  max_concurrent_requests: 4,
  max_input_tokens: MAX_TOTAL_TOKENS - 1,
  max_total_tokens: MAX_TOTAL_TOKENS,
  version: "3.0.0-sandbox",
  router: "sandbox",
};
