import type { AnsweredRequest } from "./answered-request.ts";
import type { CallMeta } from "./call-meta.ts";

/** The data of a call together with what is known about its requests. */
export interface WithMeta<T> {
  readonly data: T;
  readonly meta: CallMeta;
}

/**
 * A running call: a promise of the data, and on request of data and metadata.
 *
 * @example
 * ```ts
 * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
 * await using client = new InferenceHTTPClient({ apiUrl: process.env.INFERENCE_API_URL ?? "http://localhost:9001" });
 * const { data, meta } = await client.getServerInfo().withMeta();
 * console.log(data.version, meta.attempts, meta.durationMs);
 * ```
 */
export interface InferenceCall<T> extends Promise<T> {
  /** Resolves to the data and the metadata of the same call; nothing is sent again. */
  withMeta(): Promise<WithMeta<T>>;
}

/** How a call ended: its data, and what its metadata is made of. */
export interface CallOutcome<T> {
  readonly data: T;
  readonly requests: readonly AnsweredRequest[];
  readonly durationMs: number;
}

/** Starts `run` and presents it as a call. */
export function inferenceCall<T>(run: () => Promise<CallOutcome<T>>): InferenceCall<T> {
  const full = run();
  const data = full.then((result) => result.data);
  return Object.assign(data, {
    withMeta: () => {
      // The caller takes the failure from `full`; without this the plain promise would count as unhandled.
      data.catch(() => {});
      return full.then(addMeta);
    },
  });
}

/** Few callers ask for it, so that it is loaded and worked out for those alone. */
async function addMeta<T>({ data, requests, durationMs }: CallOutcome<T>): Promise<WithMeta<T>> {
  const { metaOf } = await import("./call-meta.ts");
  return { data, meta: metaOf(requests, durationMs) };
}
