/** Requests' metadata of the calls of one case, for `$processing_metadata`. */
export interface CollectedRequest {
  readonly requestedModelId: string | undefined;
  readonly modelIds: readonly string[];
  readonly coldStartCount: number | undefined;
  readonly modelLoads: readonly { readonly modelId: string; readonly durationMs: number }[];
  readonly modelLoadMs: number | undefined;
  readonly processingTimeMs: number | undefined;
}

/** What Python's collector says, put together from the metadata of our calls. */
export function processingMetadata(requests: readonly CollectedRequest[]): unknown {
  const entries = requests.flatMap(({ requestedModelId, processingTimeMs }) =>
    processingTimeMs === undefined ? [] : [[requestedModelId, processingTimeMs / 1000] as const],
  );
  const total = entries.reduce((sum, [, seconds]) => sum + seconds, 0);
  return {
    entries,
    model_ids: [...new Set(requests.flatMap(({ modelIds }) => modelIds))].sort(),
    cold_start_entries: requests.flatMap(({ modelLoads }) =>
      modelLoads.map(({ modelId, durationMs }) => [modelId, durationMs / 1000]),
    ),
    cold_start_total_load_time: requests.reduce((sum, { modelLoadMs = 0 }) => sum + modelLoadMs, 0) / 1000,
    cold_start_count: requests.reduce((sum, { coldStartCount = 0 }) => sum + coldStartCount, 0),
    summary: [total, pythonJson(entries)],
  };
}

/** Takes the metadata of a call of ours, when it is one. */
export async function collectFrom(call: unknown, into: CollectedRequest[]): Promise<unknown> {
  if (!(call instanceof Promise) || !hasMeta(call)) return call;
  const { data, meta } = await call.withMeta();
  into.push(...meta.requests);
  return data;
}

function hasMeta(call: object): call is {
  withMeta(): Promise<{ data: unknown; meta: { readonly requests: readonly CollectedRequest[] } }>;
} {
  return "withMeta" in call && typeof call.withMeta === "function";
}

/** `[{"m": "a", "t": 1.0}]` as Python writes it. */
function pythonJson(entries: readonly (readonly [string | undefined, number])[]): string {
  const items = entries.map(([model, seconds]) => {
    const time = Number.isInteger(seconds) ? seconds.toFixed(1) : String(seconds);
    return `{"m": ${JSON.stringify(model ?? null)}, "t": ${time}}`;
  });
  return `[${items.join(", ")}]`;
}
