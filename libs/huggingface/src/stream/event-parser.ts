import { InvalidResponseError } from "@inference-ts/errors";
import { LineSplitter } from "./line-splitter.ts";

/** The data of one event, its lines joined. */
export type EventData = string;

/** Longest event that is taken, in bytes. */
const MAX_EVENT_BYTES = 16 * 1024 * 1024;

/** A comment is a line without a name. */
const FIELDS: readonly string[] = ["data", "event", "id", "retry", ""];

/**
 * Reads server-sent events (WHATWG HTML, 9.2) out of bytes that may be cut anywhere: line ends of all three kinds, a byte order mark,
 * comments, fields other than `data`, several data lines, with or without the blank after the colon. An event whose empty line is missing
 * at the end counts too, since some servers leave it out.
 */
export class EventParser {
  readonly #lines = new LineSplitter();
  /** Leaves out a byte order mark. */
  readonly #decoder = new TextDecoder();
  #data: string[] = [];
  #dataBytes = 0;
  #strayText = "";
  #hasFields = false;

  /** What came before any field and is no event: such as a whole JSON answer. At most 1,000 characters. */
  get strayText(): string {
    return this.#hasFields ? "" : this.#strayText;
  }

  /** The events that end within these bytes. */
  push(bytes: Uint8Array): EventData[] {
    const events = this.#read(this.#lines.push(bytes));
    checkLength(this.#lines.restLength);
    return events;
  }

  /** The event that the end of the stream ends. */
  end(): EventData[] {
    return this.#read([...this.#lines.end(), new Uint8Array()]);
  }

  /** An empty line ends an event. */
  #read(lines: readonly Uint8Array[]): EventData[] {
    return lines.flatMap((line) => {
      if (line.length > 0) this.#takeLine(this.#decoder.decode(line), line.length);
      return line.length > 0 ? [] : this.#takeEvent();
    });
  }

  #takeLine(line: string, byteLength: number): void {
    const [name = ""] = line.split(":", 1);
    if (!FIELDS.includes(name)) {
      if (this.#strayText.length < 1000) this.#strayText += line.slice(0, 1000);
      return;
    }
    this.#hasFields = true;
    if (name !== "data") return;
    this.#data.push(line.slice(name.length).replace(/^: ?/, ""));
    this.#dataBytes += byteLength;
    checkLength(this.#dataBytes);
  }

  #takeEvent(): EventData[] {
    const data = this.#data.join("\n");
    this.#data = [];
    this.#dataBytes = 0;
    return data.trim() === "" ? [] : [data];
  }
}

function checkLength(byteLength: number): void {
  if (byteLength <= MAX_EVENT_BYTES) return;
  throw new InvalidResponseError(`One event of the stream is longer than ${MAX_EVENT_BYTES} bytes.`);
}
