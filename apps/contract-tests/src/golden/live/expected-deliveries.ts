import { isRecord, type JsonRecord, recordAt, textAt } from "../json.ts";
import type { LiveScript } from "./live-record.ts";

/** What a message says, where it says something. */
export function messageIn(meaning: JsonRecord): JsonRecord | undefined {
  // Such a message never becomes complete.
  if (isRecord(meaning.json) && isComplete(meaning)) return meaning.json;
  return undefined;
}

/** What the handlers of a case get from our session: global ones first, then those of the fields that the data have. */
export function expectedDeliveries(
  { handlers, meanings }: LiveScript,
  picture: string | undefined,
): JsonRecord[] {
  const whole = handlers.filter(({ on, field }) => on === "data" && field === undefined);
  const ofFields = handlers.filter(({ on, field }) => on === "data" && field !== undefined);
  return meanings.flatMap((meaning) => {
    const message = messageIn(meaning);
    const outputs = message?.serialized_output_data;
    if (message === undefined || outputs === undefined || outputs === null) return [];
    const data = isRecord(outputs) ? without(outputs, picture) : outputs;
    return [...whole, ...ofFields].flatMap((handler): JsonRecord[] => {
      const field = textAt(handler, "field");
      const name = field === undefined ? "on_data" : `on_data:${field}`;
      if (field !== undefined && !(isRecord(data) && Object.hasOwn(data, field))) return [];
      if (handler.raises === true) return [{ handler: name, raises: true }];
      const value = field === undefined || !isRecord(data) ? data : data[field];
      return [{ handler: name, value, ...(handler.arity === 1 ? {} : { metadata: metadataOf(message) }) }];
    });
  });
}

/** True when every chunk of the message arrives, and belongs to it. */
function isComplete(meaning: JsonRecord): boolean {
  const split = Number(meaning.split ?? 1);
  const order = Array.isArray(meaning.order) ? new Set(meaning.order.map(Number)) : undefined;
  if (meaning.claimed_total !== undefined && Number(meaning.claimed_total) !== split) return false;
  return order === undefined || Array.from({ length: split }, (_, at) => at).every((at) => order.has(at));
}

function without(outputs: JsonRecord, picture: string | undefined): JsonRecord {
  if (picture === undefined || recordAt(outputs, picture).type !== "base64") return outputs;
  const { [picture]: _picture, ...rest } = outputs;
  return rest;
}

function metadataOf(message: JsonRecord): JsonRecord | null {
  if (!isRecord(message.video_metadata)) return null;
  const { width: _width, height: _height, ...metadata } = message.video_metadata;
  if (metadata.frame_id === undefined || Number.isNaN(Date.parse(String(metadata.received_at)))) return null;
  const unknown = { pts: null, time_base: null, declared_fps: null, measured_fps: null };
  return { ...unknown, ...metadata, errors: Array.isArray(message.errors) ? message.errors : [] };
}
