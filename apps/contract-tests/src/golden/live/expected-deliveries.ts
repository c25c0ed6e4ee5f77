import { isRecord, type JsonRecord, recordAt, textAt } from "../json.ts";
import type { LiveScript } from "./live-record.ts";

/** What a message says, where it says something. */
export function messageIn(meaning: JsonRecord): JsonRecord | undefined {
  // Such a message never becomes complete.
  if (isRecord(meaning.json) && isComplete(meaning)) return meaning.json;
  return undefined;
}

/** What the handlers of a case get from our session: global ones first, then those of single outputs in the order of the outputs. */
export function expectedDeliveries(
  { handlers, meanings }: LiveScript,
  pictures: readonly string[],
): JsonRecord[] {
  const ofData = handlers.filter(({ on }) => on === "data");
  const whole = ofData.filter(({ field }) => field === undefined);
  return meanings.flatMap((meaning) => {
    const message = messageIn(meaning);
    const outputs = message?.serialized_output_data ?? null;
    if (message === undefined || (outputs === null && message.processing_complete === true)) return [];
    const delivery = (handler: JsonRecord, value: unknown): JsonRecord => {
      const field = textAt(handler, "field");
      const name = field === undefined ? "on_data" : `on_data:${field}`;
      if (handler.raises === true) return { handler: name, raises: true };
      return { handler: name, value, ...(handler.arity === 1 ? {} : { metadata: metadataOf(message) }) };
    };
    const data = isRecord(outputs) ? without(outputs, pictures) : outputs;
    const single = isRecord(outputs) ? Object.entries(outputs) : [];
    return [
      ...whole.map((handler) => delivery(handler, data)),
      ...single.flatMap(([name, value]) =>
        ofData.filter(({ field }) => field === name).map((handler) => delivery(handler, value)),
      ),
    ];
  });
}

/** True when every chunk of the message arrives, and belongs to it. */
function isComplete(meaning: JsonRecord): boolean {
  const split = Number(meaning.split ?? 1);
  const order = Array.isArray(meaning.order) ? new Set(meaning.order.map(Number)) : undefined;
  if (meaning.claimed_total !== undefined && Number(meaning.claimed_total) !== split) return false;
  return order === undefined || Array.from({ length: split }, (_, at) => at).every((at) => order.has(at));
}

function without(outputs: JsonRecord, pictures: readonly string[]): JsonRecord {
  const isPicture = (name: string): boolean =>
    pictures.includes(name) && recordAt(outputs, name).type === "base64";
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => !isPicture(name)));
}

/** The metadata that handlers get; `null` where there is none that can be read. */
export function metadataOf(message: JsonRecord): JsonRecord | null {
  if (!isRecord(message.video_metadata)) return null;
  const { width: _width, height: _height, ...metadata } = message.video_metadata;
  if (metadata.frame_id === undefined || Number.isNaN(Date.parse(String(metadata.received_at)))) return null;
  const unknown = { pts: null, time_base: null, declared_fps: null, measured_fps: null };
  return { ...unknown, ...metadata, errors: Array.isArray(message.errors) ? message.errors : [] };
}
