import { isRecord, type JsonRecord, listAt, numberAt, recordAt, textAt } from "../golden/json.ts";

/** A recorded live video session: its start, and what came and went on the data channels. */
export interface Transcript {
  readonly name: string;
  /** Body of the request that started the worker. */
  readonly start: JsonRecord;
  readonly answer: JsonRecord;
  /** Messages of the worker on channel `inference` that were kept whole, in order of time. */
  readonly messages: readonly Uint8Array[];
  /** First bytes of the uploaded file with their header, and how long the message was. */
  readonly upload: { readonly head: Uint8Array; readonly bytes: number } | undefined;
}

/** Reads a transcript; undefined when it is none. */
export function readTranscript(json: unknown): Transcript | undefined {
  if (!isRecord(json) || !Array.isArray(json.messages) || !Array.isArray(json.http)) return undefined;
  const [http] = json.http;
  const messages = listAt(json, "messages")
    .filter(isRecord)
    .toSorted((a, b) => Number(a.t) - Number(b.t));
  const whole = messages.flatMap((message) => {
    const bytes = bytesIn(message);
    return message.dir === "server" && bytes !== undefined && bytes.length === message.bytes ? [bytes] : [];
  });
  const upload = messages.find((message) => message.dir === "client" && message.label === "video_upload");
  const head = upload === undefined ? undefined : bytesIn(upload);
  return {
    name: textAt(json, "name") ?? "",
    start: recordAt(http, "request"),
    answer: recordAt(http, "response"),
    messages: whole,
    upload: head === undefined ? undefined : { head, bytes: numberAt(upload, "bytes") ?? head.length },
  };
}

function bytesIn(message: JsonRecord): Uint8Array | undefined {
  const base64 = textAt(message, "base64");
  return base64 === undefined ? undefined : new Uint8Array(Buffer.from(base64, "base64"));
}
