import { InvalidResponseError } from "@inference-ts/errors";

/** The data of one event, its lines joined. */
export type EventData = string;

/** Longest event that is taken, in characters. */
const MAX_EVENT_LENGTH = 16 * 1024 * 1024;

/**
 * Reads server-sent events (WHATWG HTML, 9.2) out of bytes that may be cut anywhere: line ends of all three kinds, a byte order mark,
 * comments, fields other than `data`, several data lines, with or without the blank after the colon. An event whose empty line is missing
 * at the end counts too, since some servers leave it out.
 */
export class EventParser {
  readonly #decoder = new TextDecoder();
  /** The begin of a line whose end has not come. */
  #line = "";
  #data: string[] = [];
  #dataLength = 0;
  #endsWithCarriageReturn = false;
  #strayText = "";
  #fields = 0;

  /** What came before any field and is no event: such as a whole JSON answer. At most 1,000 characters. */
  get strayText(): string {
    return this.#fields === 0 ? this.#strayText : "";
  }

  /** The events that end within these bytes. */
  push(bytes: Uint8Array): EventData[] {
    return this.#read(this.#decoder.decode(bytes, { stream: true }));
  }

  /** The event that the end of the stream ends. */
  end(): EventData[] {
    const events = this.#read(this.#decoder.decode());
    if (this.#line !== "") this.#takeLine(this.#line);
    this.#line = "";
    this.#dispatch(events);
    return events;
  }

  #read(text: string): EventData[] {
    const events: EventData[] = [];
    let from = 0;
    // The second half of a line end whose first half was the last character before.
    if (this.#endsWithCarriageReturn && text !== "") {
      if (text.startsWith("\n")) from = 1;
      this.#endsWithCarriageReturn = false;
    }
    for (;;) {
      LINE_END.lastIndex = from;
      const end = LINE_END.exec(text);
      if (end === null) break;
      const line = this.#line + text.slice(from, end.index);
      this.#line = "";
      from = end.index + end[0].length;
      if (end[0] === "\r" && from === text.length) this.#endsWithCarriageReturn = true;
      if (line === "") this.#dispatch(events);
      else this.#takeLine(line);
    }
    this.#line += text.slice(from);
    this.#checkLength(this.#line.length);
    return events;
  }

  #takeLine(line: string): void {
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    if (!FIELDS.includes(name)) {
      if (this.#strayText.length < 1000) this.#strayText += line.slice(0, 1000);
      return;
    }
    this.#fields += 1;
    if (name !== "data") return;
    const value = colon < 0 ? "" : line.slice(colon + 1);
    const data = value.startsWith(" ") ? value.slice(1) : value;
    this.#data.push(data);
    this.#dataLength += data.length;
    this.#checkLength(this.#dataLength);
  }

  #dispatch(events: EventData[]): void {
    const data = this.#data.join("\n");
    this.#data = [];
    this.#dataLength = 0;
    if (data.trim() !== "") events.push(data);
  }

  #checkLength(length: number): void {
    if (length <= MAX_EVENT_LENGTH) return;
    throw new InvalidResponseError(`One event of the stream is longer than ${MAX_EVENT_LENGTH} characters.`);
  }
}

/** A comment is a line without a name. */
const FIELDS: readonly string[] = ["data", "event", "id", "retry", ""];
const LINE_END = /\r\n|\n|\r/g;
