import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord, placeholder } from "./json.ts";
import type { ScriptedResponse } from "./read-case.ts";

/** Bytes and content type of a scripted answer, placeholders filled in. */
export interface ScriptedBody {
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
}

const TYPES: Readonly<Record<string, string>> = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png" };

/** What the server sends for `response`. */
export function scriptedBody(response: ScriptedResponse, inputs: string): ScriptedBody {
  const { body } = response;
  if (Object.hasOwn(body, "json")) {
    const text = JSON.stringify(fillPlaceholders(body.json, inputs));
    return { bytes: Buffer.from(text), contentType: "application/json" };
  }
  if (typeof body.text === "string") {
    const type = body.content_type;
    return { bytes: Buffer.from(body.text), contentType: typeof type === "string" ? type : "text/plain" };
  }
  if (typeof body.file === "string") {
    const ending = body.file.split(".").at(-1) ?? "";
    return { bytes: readFileSync(join(inputs, body.file)), contentType: TYPES[ending] };
  }
  return { bytes: new Uint8Array(), contentType: undefined };
}

/** Replaces `$file_base64`, `$float32_base64` and `$number` by what they stand for. */
export function fillPlaceholders(value: unknown, inputs: string): unknown {
  const file = placeholder(value, "$file_base64");
  if (typeof file === "string") return readFileSync(join(inputs, file)).toString("base64");
  const floats = placeholder(value, "$float32_base64");
  if (Array.isArray(floats)) {
    return Buffer.from(new Float32Array(floats.map(Number)).buffer).toString("base64");
  }
  if (Array.isArray(value)) return value.map((item) => fillPlaceholders(item, inputs));
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, fillPlaceholders(item, inputs)]),
    );
  }
  return value;
}
