import type { Answer } from "@inference-ts/transport";

/** What a request asked for; where its body names the model, an answer that names none is about that one. */
export interface RequestedModel {
  readonly modelId: string | undefined;
  readonly inBody: boolean;
}

/** Names of headers that a server may have been told to change. */
export interface MetaHeaders {
  readonly processingTimeHeader: string;
  readonly executionIdHeader: string;
}

/** What is kept of an answer, so that its metadata can be told when somebody asks: no body, no connection. */
export interface AnsweredRequest extends Pick<Answer, "status" | "attempts" | "durationMs"> {
  /** The headers of `META_HEADERS` that the answer had. */
  readonly headers: Readonly<Record<string, string>>;
  readonly names: MetaHeaders;
  readonly requested: RequestedModel | undefined;
}

/** The headers that say something of a request, beside the two whose names a server may have been told to change. */
const META_HEADERS = [
  "x-request-id",
  "x-model-id",
  "x-model-cold-start",
  "x-model-cold-start-count",
  "x-model-load-details",
  "x-model-load-time",
  "x-inference-engine",
  "x-workspace-id",
];

/** Keeps what the metadata of an answer is made of. */
export function answeredRequest(
  answer: Answer,
  { processingTimeHeader, executionIdHeader }: MetaHeaders,
  requested: RequestedModel | undefined,
): AnsweredRequest {
  const { status, attempts, durationMs } = answer;
  const headers: Record<string, string> = {};
  for (const name of [...META_HEADERS, processingTimeHeader, executionIdHeader]) {
    const value = answer.header(name);
    if (value !== null) headers[name] = value;
  }
  return {
    status,
    attempts,
    durationMs,
    headers,
    names: { processingTimeHeader, executionIdHeader },
    requested,
  };
}
