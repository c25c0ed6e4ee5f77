import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { startSandbox } from "./sandbox.ts";

/**
 * Requests recorded on the real server 1.8.3, replayed in their order (a loaded model needs no key). Left out of the comparison: what
 * differs on every run, the name of the model package, pictures, and the outline of masks, whose grid is coarser on the real server.
 */
const VOLATILE = new Set([
  "inference_id",
  "time",
  "detection_id",
  "resolved_model",
  "id",
  "visualization",
  "segmentation_mask",
  "confidence_mask",
  "points",
  "counts",
]);

interface Recorded {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Record<string, string>;
    readonly body_kind: "json" | "text" | "base64" | null;
    readonly body: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: unknown;
  };
}

const recorded: readonly Recorded[] = JSON.parse(
  readFileSync(new URL("../../fixtures/recorded-answers.json", import.meta.url), "utf8"),
);

function requestBody({
  body_kind: kind,
  body,
}: Recorded["request"]): string | Uint8Array<ArrayBuffer> | undefined {
  if (kind === null || body === null) return undefined;
  if (kind === "json") return JSON.stringify(body);
  return kind === "base64" ? new Uint8Array(Buffer.from(String(body), "base64")) : String(body);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** Predictions of equal confidence have no fixed order. */
function sorted(list: readonly unknown[]): unknown[] {
  const name = (item: unknown) => (isObject(item) ? `${item.class}${item.width}` : "");
  return [...list].sort((a, b) => name(a).localeCompare(name(b)));
}

/** Differences between two answers: boxes may differ by 1 px, confidences by 0.01. */
function differences(real: unknown, ours: unknown, path: string): string[] {
  if (typeof real === "number" && typeof ours === "number") {
    const tolerance = path.endsWith("confidence") ? 0.01 : path.endsWith("_id") ? 0 : 1;
    return Math.abs(real - ours) <= tolerance ? [] : [`${path}: real ${real}, sandbox ${ours}`];
  }
  if (Array.isArray(real) && Array.isArray(ours)) {
    if (real.length !== ours.length) return [`${path}: real ${real.length} items, sandbox ${ours.length}`];
    const [a, b] = [sorted(real), sorted(ours)];
    return a.flatMap((item, index) => differences(item, b[index], `${path}[${index}]`));
  }
  if (isObject(real) && isObject(ours)) {
    return [...new Set([...Object.keys(real), ...Object.keys(ours)])].flatMap((key) => {
      if (VOLATILE.has(key) && key in real && key in ours) return [];
      return differences(real[key], ours[key], `${path}.${key}`);
    });
  }
  return real === ours ? [] : [`${path}: real ${JSON.stringify(real)}, sandbox ${JSON.stringify(ours)}`];
}

test("answers as the real server did, request by request", async () => {
  await using sandbox = await startSandbox();
  const wrong: Record<string, string[]> = {};
  for (const { name, request, response } of recorded) {
    const body = requestBody(request);
    const init = {
      method: request.method,
      headers: request.headers,
      ...(body === undefined ? {} : { body }),
    };
    const reply = await fetch(sandbox.url + request.path, init);
    const found = differences(response.body, await reply.json(), "");
    if (reply.status !== response.status)
      found.push(`status: real ${response.status}, sandbox ${reply.status}`);
    for (const header of ["content-type", "x-model-id", "retry-after", "allow"]) {
      const [real, ours] = [response.headers[header] ?? null, reply.headers.get(header)];
      if (real !== ours) found.push(`${header}: real ${real}, sandbox ${ours}`);
    }
    if (found.length > 0) wrong[name] = found;
  }
  expect(wrong).toEqual({});
  expect(recorded.length).toBeGreaterThan(75);
});
