import { describe, expect, test } from "vitest";
import { ENTRIES } from "../rig/entries.ts";
import { failureOf } from "../rig/failures.ts";
import { PIXEL } from "../rig/images.ts";
import { detect, json, startServer } from "../rig/server.ts";

const MODELS = Array.from({ length: 12 }, (_none, index) => `project-${index}/${index + 1}`);
const registry = { models: MODELS.map((model_id) => ({ model_id, task_type: "object-detection" })) };

describe.each(ENTRIES)("$name", ({ open }) => {
  test("useModel, useConfiguration, useApiV0 and with do not see each other under concurrency", async () => {
    await using server = await startServer({
      "/model/registry": (_request, response) => json(response, registry),
      infer: (request, response) => setImmediate(() => detect(request, response)),
    });
    await using client = open({ apiUrl: server.url, apiKey: "test-key-0123456789", modelId: "project-0/1" });
    await Promise.all(
      MODELS.flatMap((modelId, index) => [
        client.useModel(modelId, async (derived) => {
          await derived.infer(PIXEL, { headers: { "x-expect": modelId } });
          await derived.infer(PIXEL, { headers: { "x-expect": modelId } });
          expect(derived.selectedModel).toBe(modelId);
        }),
        client.useConfiguration({ confidenceThreshold: index / 100 }, (derived) =>
          derived.infer(PIXEL, { headers: { "x-expect": `confidence ${index / 100}` } }),
        ),
        client.useApiV0((derived) =>
          derived.with({ modelId }).infer(PIXEL, { headers: { "x-expect": `v0 ${modelId}` } }),
        ),
        client.with({ configuration: { maxDetections: index } }).infer(PIXEL, {
          headers: { "x-expect": `detections ${index}` },
        }),
        client.infer(PIXEL, { modelId, headers: { "x-expect": modelId } }),
      ]),
    );
    expect(server.inferences).toHaveLength(MODELS.length * 6);
    for (const { headers, path, text } of server.inferences) {
      const [first = "", second = ""] = String(headers["x-expect"]).split(" ");
      if (first === "v0") {
        expect(path).toBe(`/${second}`);
        continue;
      }
      const body = JSON.parse(text);
      expect(path).toBe("/infer/object_detection");
      if (first === "confidence")
        expect(body).toMatchObject({ confidence: Number(second), model_id: "project-0/1" });
      else if (first === "detections") expect(body.max_detections).toBe(Number(second));
      else expect(body).toMatchObject({ model_id: first });
      if (first !== "confidence") expect(body).not.toHaveProperty("confidence");
      if (first !== "detections") expect(body).not.toHaveProperty("max_detections");
    }
    expect(client.selectedModel).toBe("project-0/1");
    expect(client.clientMode).toBe("v1");
    expect(client.configuration.confidenceThreshold).toBeUndefined();
  });

  test("a call keeps the settings that it was started with", async () => {
    let answer = () => {};
    await using server = await startServer({
      "/model/registry": (_request, response) => {
        answer = () => json(response, registry);
      },
    });
    await using client = open({ apiUrl: server.url, modelId: "project-1/2" });
    const running = client.infer(PIXEL);
    await server.whenSeen(1);
    client.selectModel("project-2/3").configure({ maxDetections: 5 });
    answer();
    await running;
    const body = JSON.parse(server.inferences[0]?.text ?? "");
    expect(body.model_id).toBe("project-1/2");
    expect(body).not.toHaveProperty("max_detections");
  });

  test("a failing callback passes its error on and changes nothing", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: "project-1/2" });
    const error = await failureOf(client.useModel("", (derived) => derived.infer("no such picture")));
    expect(error.code).toBeTruthy();
    await expect(
      client.useApiV0(async () => {
        throw new RangeError("mine");
      }),
    ).rejects.toThrow(RangeError);
    expect([client.selectedModel, client.clientMode]).toEqual(["project-1/2", "v1"]);
  });

  test("loadModel with setAsDefault and unloadModel change the client they are called on alone", async () => {
    await using server = await startServer({
      "/model/registry": (_request, response) => json(response, registry),
      "/model/add": (_request, response) => json(response, registry),
    });
    await using client = open({ apiUrl: server.url });
    const derived = client.with({ modelId: "project-3/4" });
    await client.loadModel("project-5/6", { setAsDefault: true });
    expect([client.selectedModel, derived.selectedModel]).toEqual(["project-5/6", "project-3/4"]);
    await client.unloadModel("project-5/6");
    expect([client.selectedModel, derived.selectedModel]).toEqual([null, "project-3/4"]);
  });
});
