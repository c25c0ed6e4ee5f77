import type { Problem } from "../validation.ts";
import { numberOf, problemsOf } from "../validation.ts";
import { isRecord } from "../workflows/definition.ts";
import type { WorkerRequest } from "./worker-request.ts";

/** What the caller wants to get for every frame; a message on channel `inference` can change it. */
export interface OutputsWanted {
  /** Output of the pictures; `""` where none was found, null where none is wanted. */
  readonly streamOutput: string | null;
  readonly dataOutput: readonly string[];
}

/** What a message of the caller asks for. */
export interface Control {
  readonly ack?: number;
  readonly streamOutput?: string | null;
  readonly dataOutput?: readonly string[];
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a message of the caller: null where it is ignored, as text that is no JSON is. Throws where the server's handler would, which
 * ends the connection there.
 */
export function readControl(message: string | Uint8Array): Control | null {
  const text = typeof message === "string" ? message : utf8.decode(message);
  const value = parsed(text);
  if (value === undefined) return null;
  if (!isRecord(value)) throw new TypeError("A message of the caller is not a JSON object.");
  const fields = { stream_output: "texts", data_output: "texts", ack: "integer" } as const;
  const problems: readonly Problem[] = problemsOf(
    fields,
    (name) => value[name],
    "body",
    new Set(Object.keys(fields)),
  );
  if (problems.length > 0) throw new TypeError("A message of the caller is not as the protocol says.");
  const streams = namesOf(value.stream_output);
  const data = namesOf(value.data_output);
  return {
    ...(value.ack === undefined || value.ack === null ? {} : { ack: numberOf(value.ack, 0) }),
    ...(streams === null ? {} : { streamOutput: streams.find((name) => name !== "") ?? null }),
    ...(data === null ? {} : { dataOutput: data }),
  };
}

const namesOf = (value: unknown): readonly string[] | null =>
  Array.isArray(value) ? value.map(String) : null;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a request wants before any message changed it. */
export const wantedBy = ({ streamOutput, dataOutput }: WorkerRequest): OutputsWanted => ({
  streamOutput,
  dataOutput,
});

/** The wishes after a message; the pictures of a session without a video line cannot be changed. */
export function changedBy(wanted: OutputsWanted, control: Control, sendsVideo: boolean): OutputsWanted {
  const stream =
    sendsVideo && control.streamOutput !== undefined ? control.streamOutput : wanted.streamOutput;
  return { streamOutput: stream, dataOutput: control.dataOutput ?? wanted.dataOutput };
}
