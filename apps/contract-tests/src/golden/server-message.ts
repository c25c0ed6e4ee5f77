import type { MessageCheck } from "./expectation.ts";
import { isRecord } from "./json.ts";
import type { ScriptedResponse } from "./read-case.ts";

const LONGEST_COMPARED = 1900;

/** The fields that carry what the server says, first one first. */
const SAID_IN = ["message", "detail", "error"] as const;

/**
 * What an error of ours must report of an answer: the text in `message`, `detail` or `error` with the inner error behind it,
 * the visible text of an HTML page, otherwise the body's text; nothing for an empty body. The key is masked.
 */
export function expectedServerMessage(
  response: ScriptedResponse,
  key: string | null | undefined,
): MessageCheck {
  const { body } = response;
  const type = String(body.content_type ?? response.headers["content-type"] ?? "");
  const isJson = Object.hasOwn(body, "json") || /^application\/(?:[\w.]+\+)?json\b/.test(type);
  const check = isJson ? fromJson(body, type) : fromText(String(body.text ?? ""), type);
  // Long texts are shortened, which this table does not repeat.
  if ((check.equals?.length ?? 0) > LONGEST_COMPARED) return { contains: [] };
  return mapCheck(check, (text) => (key ? text.replaceAll(key, masked(key)) : text));
}

/** How a secret is shown: two characters of each end of a long one. */
export function masked(secret: string): string {
  return secret.length >= 8 ? `${secret.slice(0, 2)}***${secret.slice(-2)}` : "***";
}

function fromText(text: string, type: string): MessageCheck {
  if (text.trim() === "") return { equals: null };
  if (!type.includes("html")) return { equals: text.trim() };
  const title = /<title[^>]*>([^<]*)</i.exec(text)?.[1]?.trim();
  const parts = text.split(/<[^>]*>/).map((part) => part.trim());
  return { contains: title === undefined || title === "" ? parts.filter((part) => part !== "") : [title] };
}

function fromJson(body: Readonly<Record<string, unknown>>, type: string): MessageCheck {
  let json: unknown = body.json;
  if (!Object.hasOwn(body, "json")) {
    const text = String(body.text ?? "").trim();
    if (text === "") return { equals: null };
    try {
      json = JSON.parse(text);
    } catch {
      return { equals: text };
    }
  }
  const { title, detail } = isRecord(json) ? json : {};
  // RFC 9457: what kind of problem, and what happened this time.
  if (/problem\+json/.test(type) && typeof title === "string" && typeof detail === "string") {
    return { equals: `${title}: ${detail}` };
  }
  if (!isRecord(json)) return leaves(json).length === 0 ? { equals: null } : { contains: leaves(json) };
  const said = SAID_IN.map((field) => (isRecord(json) ? json[field] : undefined)).find(
    (value) => leaves(value).length > 0,
  );
  const inner = json.inner_error_message;
  const details =
    typeof inner === "string" && inner !== "" && inner !== "None" ? `. More details: ${inner}` : "";
  if (said === undefined) {
    if (details !== "") return { equals: String(inner) };
    // Bodies that say it in fields of their own are shown in one way or another.
    return Object.keys(json).length === 0 ? { equals: null } : { contains: [] };
  }
  if (typeof json.hint === "string") return { contains: [...leaves(said), json.hint] };
  if (typeof said === "string") return { equals: `${said}${details}` };
  return { contains: leaves(said) };
}

/** The texts that a value says to people: what a validation error echoes of the request is not among them. */
function leaves(value: unknown): string[] {
  if (typeof value === "string") return value.trim() === "" ? [] : [value];
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (!isRecord(value)) return [];
  const said = [value.msg, value.message].find((text) => typeof text === "string");
  return typeof said === "string" ? [said] : Object.values(value).flatMap(leaves);
}

function mapCheck(check: MessageCheck, change: (text: string) => string): MessageCheck {
  return {
    ...(check.equals === undefined ? {} : { equals: check.equals === null ? null : change(check.equals) }),
    ...(check.contains === undefined ? {} : { contains: check.contains.map(change) }),
  };
}
