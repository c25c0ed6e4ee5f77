import { readFileSync } from "node:fs";
import { generateWorkflowModule, RouteNotAvailableError, workflowKindDrift } from "@inference-ts/sdk/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KEPT_MODULES, keptModule, recorded } from "../types/workflows/modules.ts";
import { openTarget, type Target } from "./target.ts";

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

const BEFORE_WORKLOADS = /^1\.[0-6]\./;

// The sandbox knows a handful of blocks, and describes none.
describe.runIf(process.env.INFERENCE_CONTRACT_URL)("workflows of a real server", () => {
  test("its kinds are those of the table", async () => {
    const { declared_kinds: kinds, blocks } = await target.client().describeBlocks();
    const { added, missing, changed } = workflowKindDrift(kinds);
    const gone = target.version.startsWith("1.5.") ? ["action_recognition_prediction"] : [];
    expect({ added, missing, changed }).toEqual({ added: [], missing: gone, changed: [] });
    expect(blocks.length).toBeGreaterThan(200);
  });

  test.each(KEPT_MODULES)("it accepts %s and describes it as the kept module says", async (name) => {
    const client = target.client();
    const { specification } = recorded(name);
    expect(await client.validateWorkflow(specification)).toEqual({ status: "ok" });
    const described = await client.describeWorkflowInterface(specification);
    if (BEFORE_WORKLOADS.test(target.version)) {
      await expect(client.describeWorkload(specification)).rejects.toThrow(RouteNotAvailableError);
      return;
    }
    const workload = await client.describeWorkload(specification);
    const text = generateWorkflowModule({ workflow: { specification }, interface: described, workload });
    expect(text).toBe(readFileSync(keptModule(name), "utf8"));
  });

  test("it tells its schema, its engine and the outputs of a step", async () => {
    const client = target.client();
    expect(Object.keys((await client.getWorkflowSchema()).schema)).toContain("$defs");
    expect((await client.getExecutionEngineVersions()).versions).toEqual([
      expect.stringMatching(/^1\.\d+\.\d+$/),
    ]);
    const step = {
      type: "roboflow_core/json_parser@v1",
      name: "j",
      raw_json: "$inputs.text",
      expected_fields: ["a"],
    };
    const outputs = await client.describeDynamicBlockOutputs(step);
    expect(outputs.map(({ name }) => name)).toEqual(["error_status", "a"]);
  });
});
