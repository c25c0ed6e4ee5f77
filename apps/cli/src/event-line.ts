import type { InferenceEvent } from "@inference-ts/sdk/node";

/** An event as one line: `#3 send attempt=1 status=200 durationMs=12.4`. */
export function eventLine(event: InferenceEvent): string {
  const { station, callId, ...fields } = event;
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${shown(value)}`);
  return [`#${callId}`, station, ...pairs].join(" ");
}

function shown(value: unknown): string {
  if (typeof value === "number") return String(Math.round(value * 1000) / 1000);
  if (Array.isArray(value)) return value.join(",");
  const text = String(value);
  return /[\s"]/.test(text) ? JSON.stringify(text) : text;
}
