import type { WorkflowBlockError } from "./http-call-error.ts";
import { redact } from "./redact.ts";

/** What was found in the body of an error answer; every text is free of keys and images. */
export interface ErrorBody {
  /** What the server said, at most 2,000 characters; `undefined` when the body says nothing. */
  readonly serverMessage: string | undefined;
  readonly errorType: string | undefined;
  readonly innerErrorType: string | undefined;
  readonly innerErrorMessage: string | undefined;
  readonly context: string | undefined;
  readonly helpUrl: string | undefined;
  readonly blockErrors: readonly WorkflowBlockError[];
}

/** The longest server message that is kept, in characters. */
export const MAX_SERVER_MESSAGE_LENGTH = 2000;

type JsonObject = { readonly [name: string]: unknown };

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Fields that carry the server's message, the first one that says something wins (Python reads the first two). */
const MESSAGE_FIELDS = ["message", "detail", "error", "reason", "msg", "description", "title"] as const;

/** How the body is understood, by media type. Other types are taken as plain text, as the Python client does. */
const READERS: ReadonlyMap<string, (text: string) => Reading> = /* @__PURE__ */ new Map([
  ["", readUnknown],
  ["application/json", readJson],
  ["text/html", readHtml],
  ["application/xhtml+xml", readHtml],
  ["application/problem+json", readProblem],
]);

interface Reading {
  readonly message: string;
  readonly fields: JsonObject;
}

const NO_FIELDS: JsonObject = {};

/**
 * Reads what a server says in an error answer, from every body shape in use: `{message}` with inner error and workflow block errors,
 * FastAPI's `{detail}` as text, list or object, `{error, hint}`, `{status, reason}`, other JSON, HTML pages, plain text, nothing.
 * The input that a validation error echoes is left out, since it holds the caller's key and image.
 *
 * @param body - The body, bytes or text.
 * @param contentType - Value of the `content-type` header, `null` when absent.
 * @param secrets - Values to remove wherever they stand.
 */
export function readErrorBody(
  body: Uint8Array | string,
  contentType: string | null,
  secrets: readonly string[] = [],
): ErrorBody {
  const text = (typeof body === "string" ? body : decodeText(body)).trim();
  const mediaType = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const { message, fields } = readerOf(mediaType)(text);
  const show = (value: unknown): string | undefined =>
    typeof value === "string" && isSaid(value) ? shorten(redact(value, secrets)) : undefined;
  return {
    serverMessage: show(withInnerMessage(message, fields)),
    errorType: show(fields.error_type),
    innerErrorType: show(fields.inner_error_type),
    innerErrorMessage: show(fields.inner_error_message),
    context: show(fields.context),
    helpUrl: show(fields.help_url),
    blockErrors: readBlockErrors(fields.blocks_errors, show),
  };
}

/** UTF-8 where the bytes are UTF-8, whatever the header says, else Latin-1. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

function readerOf(mediaType: string): (text: string) => Reading {
  return READERS.get(mediaType) ?? (mediaType.endsWith("+json") ? readJson : readPlain);
}

function readPlain(text: string): Reading {
  return { message: text, fields: NO_FIELDS };
}

function readUnknown(text: string): Reading {
  return text.startsWith("<") ? readHtml(text) : readJson(text);
}

function readJson(text: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return readPlain(text);
  }
  if (!isObject(value)) return { message: describe(value), fields: NO_FIELDS };
  // Newer routes nest the whole error one level down: {"detail": {"status", "message"}}.
  const nested = [value.detail, value.error].find(
    (inner) => isObject(inner) && isSaid(describe(inner.message)),
  );
  const fields = isObject(nested) ? { ...nested, ...value } : value;
  return { message: describe(value), fields };
}

/** RFC 9457: `title` names the kind of problem, `detail` what happened this time; either may be missing. */
function readProblem(text: string): Reading {
  const { message, fields } = readJson(text);
  const { title } = fields;
  const detail = describe(fields.detail);
  if (typeof title !== "string" || !isSaid(title) || !isSaid(detail)) return { message, fields };
  return { message: `${title}: ${detail}`, fields };
}

const HTML_TITLE = /<title[^>]*>([^<]*)<\/title\s*>/i;
const HTML_HIDDEN = /<(script|style|head|noscript)\b[^>]*>[\s\S]*?<\/\1\s*>/gi;
const HTML_TAG = /<[^<>]*>/g;
const HTML_ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
};
const HTML_EXCERPT_LENGTH = 300;
/** A page says what it is at its beginning; searching a long damaged one for tags would take seconds. */
const HTML_READ_LENGTH = 32 * 1024;

/** The page's title, else the beginning of its text. */
function readHtml(page: string): Reading {
  const text = page.slice(0, HTML_READ_LENGTH);
  const title = collapse(HTML_TITLE.exec(text)?.[1] ?? "");
  const shown = title === "" ? collapse(text.replace(HTML_HIDDEN, " ").replace(HTML_TAG, " ")) : title;
  return { message: shown.slice(0, HTML_EXCERPT_LENGTH), fields: NO_FIELDS };
}

function collapse(text: string): string {
  return text
    .replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => HTML_ENTITIES[entity] ?? entity)
    .replace(/\s+/g, " ")
    .trim();
}

/** Real messages nest twice at most. */
const MAX_DEPTH = 8;

/** Any JSON value as one text: its message where it has one, else the JSON itself; empty when it says nothing. */
function describe(value: unknown, depth = 0): string {
  if (value === undefined || value === null || depth > MAX_DEPTH) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value))
    return value
      .map((item) => describeListItem(item, depth + 1))
      .filter(isSaid)
      .join("\n");
  if (!isObject(value)) return String(value);
  for (const field of MESSAGE_FIELDS) {
    const said = describe(value[field], depth + 1);
    if (!isSaid(said)) continue;
    return typeof value.hint === "string" && value.hint !== "" ? `${said} (${value.hint})` : said;
  }
  return Object.keys(value).length === 0 ? "" : JSON.stringify(value);
}

/** One entry of FastAPI's validation list as `body.image: Field required`; `input` and `ctx` are the caller's own data. */
function describeListItem(item: unknown, depth: number): string {
  if (!isObject(item) || typeof item.msg !== "string") return describe(item, depth);
  const path = Array.isArray(item.loc) ? item.loc.filter((part) => isPathPart(part)).join(".") : "";
  return path === "" ? item.msg : `${path}: ${item.msg}`;
}

const isPathPart = (part: unknown): boolean => typeof part === "string" || typeof part === "number";

/** The server writes Python's `None` where there is no inner error. */
const isSaid = (text: string): boolean => text.trim() !== "" && text !== "None";

function withInnerMessage(message: string, fields: JsonObject): string {
  const inner = describe(fields.inner_error_message);
  if (!isSaid(inner)) return message;
  return isSaid(message) ? `${message}. More details: ${inner}` : inner;
}

function shorten(text: string): string {
  return text.length <= MAX_SERVER_MESSAGE_LENGTH
    ? text
    : `${text.slice(0, MAX_SERVER_MESSAGE_LENGTH - 3)}...`;
}

function readBlockErrors(
  value: unknown,
  show: (value: unknown) => string | undefined,
): readonly WorkflowBlockError[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map((block) => ({
    blockId: show(block.block_id),
    blockType: show(block.block_type),
    blockDetails: show(block.block_details),
    propertyName: show(block.property_name),
    propertyDetails: show(block.property_details),
  }));
}
