import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { callsWithOutcome } from "../expectation.ts";
import { isRecord, listAt, recordAt, textAt } from "../json.ts";
import { type GoldenCase, type RecordedRequest, readCase } from "../read-case.ts";
import { isInference, isListCall, jsonOf } from "../recorded-facts.ts";
import { coreExchange } from "./build-core-request.ts";
import { inferenceRequest } from "./build-request.ts";
import { workflowRequest } from "./build-workflow-request.ts";
import { modeOfCall } from "./our-mode.ts";

const CASES = resolve(import.meta.dirname, "../../../fixtures/golden/cases");

/** The single calls of some groups in which one picture was sent with a key, legacy transport and no trouble. */
function plainCases(groups: readonly string[], methods: RegExp): readonly GoldenCase[] {
  return groups
    .flatMap((group) => readdirSync(join(CASES, group)).map((file) => readCase(join(CASES, group, file))))
    .filter((golden) => {
      const [call] = callsWithOutcome(golden);
      const transport = JSON.stringify(golden.setup).includes("api_key_transport");
      return (
        call !== undefined &&
        methods.test(call.method) &&
        !golden.isSequence &&
        !isListCall(call) &&
        !transport &&
        golden.apiKey === "test-key-0123456789" &&
        golden.outcomes[0]?.kind === "result" &&
        /^(\{BASE\}|https:\/\/[^/:]+)$/.test(golden.apiUrl)
      );
    });
}

const sorted = (request: RecordedRequest) => ({
  path: request.path,
  query: request.query
    .map(([name, text]) => [name, /^-?\d+\.\d+$/.test(text) ? String(Number(text)) : text] as const)
    .toSorted(([a], [b]) => a.localeCompare(b)),
  headers: request.headers,
  body: request.body,
});

describe("requests that rules make up are those that Python was recorded to send", () => {
  test("inferences, with every setting", () => {
    const cases = plainCases(["config", "infer-v0", "infer-v1", "misc"], /^infer(_from_api_v.)?$/);
    expect(cases.length).toBeGreaterThan(150);
    for (const golden of cases) {
      const [call] = callsWithOutcome(golden);
      const recorded = golden.requests.find(isInference);
      // Escaping is another rule's.
      if (call === undefined || recorded === undefined || recorded.path.includes("%")) continue;
      const task = golden.responses
        .flatMap((response) => listAt(jsonOf(response), "models"))
        .map((model) => textAt(model, "task_type"))
        .find((name) => name !== undefined);
      const { value } = recorded.body;
      const image =
        recorded.body.kind === "json" ? recordAt(recordAt(recorded.body, "value"), "image").value : value;
      const made = inferenceRequest(golden, call, modeOfCall(golden, call), [image], task);
      expect(sorted(made), golden.id).toEqual(sorted(recorded));
    }
  });

  test("core models, with their arguments", () => {
    const cases = plainCases(["core-models", "embeddings"], /./);
    let compared = 0;
    for (const golden of cases) {
      const [call] = callsWithOutcome(golden);
      const [recorded] = golden.requests;
      if (call === undefined || recorded === undefined) continue;
      const made = coreExchange(golden, call, recordAt(recordAt(recorded.body, "value"), "image").value);
      if (made === undefined || /%|\?/.test(recorded.path)) continue;
      compared += 1;
      expect(sorted(made.request), golden.id).toEqual(sorted(recorded));
    }
    expect(compared).toBeGreaterThan(50);
  });

  test("runs of workflows, with their options", () => {
    const cases = plainCases(["workflows"], /workflow$/);
    let compared = 0;
    for (const golden of cases) {
      const [call] = callsWithOutcome(golden);
      const recorded = golden.requests.at(-1);
      const images = call === undefined || !isRecord(call.args) ? undefined : call.args.images;
      const isPlain = Object.values(golden.inputs).every(({ kind }) => kind === "path");
      if (call === undefined || recorded === undefined || !isPlain || /[%?#]|\/\//.test(recorded.path))
        continue;
      if (images !== undefined && !JSON.stringify(images).includes("$input")) continue;
      const made = workflowRequest(golden, call);
      if (JSON.stringify(golden.calls).includes('"workflow_version_id"') && made.path === "/workflows/run")
        continue;
      if (JSON.stringify(golden.calls).includes('"image":"text wins"')) continue;
      compared += 1;
      const pictures = (text: string) =>
        text.replaceAll(/\{"\$image":\{[^{}]*"same_bytes_as":"([^"]*)"[^{}]*\}\}/g, '{"$image":"$1"}');
      const { body: madeBody, ...madeRest } = sorted(made);
      const { body, ...rest } = sorted(recorded);
      expect(madeRest, golden.id).toEqual(rest);
      expect(JSON.parse(pictures(JSON.stringify(madeBody))), golden.id).toEqual(
        JSON.parse(pictures(JSON.stringify(body))),
      );
    }
    expect(compared).toBeGreaterThan(20);
  });
});
