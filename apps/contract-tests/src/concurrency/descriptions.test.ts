import { describe, expect, test } from "vitest";
import { ENTRIES } from "../rig/entries.ts";
import { failureOf } from "../rig/failures.ts";
import { PIXEL } from "../rig/images.ts";
import { detect, json, MODEL, REGISTRY, startServer } from "../rig/server.ts";

describe.each(ENTRIES)("$name: what the server says of a model", ({ open }) => {
  const asked = (seen: readonly { readonly path: string }[], path: string) =>
    seen.filter((request) => request.path === path).length;

  test("fifty first calls at once ask once, later calls not at all", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await Promise.all(Array.from({ length: 50 }, () => client.infer(PIXEL)));
    await client.with({}).infer(PIXEL);
    await client.getModelDescription();
    expect(asked(server.seen, "/model/registry")).toBe(1);
    expect(server.inferences).toHaveLength(51);
  });

  test("fifty first calls at once load once", async () => {
    await using server = await startServer({
      "/model/registry": (_request, response) => json(response, { models: [] }),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await Promise.all(Array.from({ length: 50 }, () => client.infer(PIXEL)));
    expect(asked(server.seen, "/model/registry")).toBe(1);
    expect(asked(server.seen, "/model/add")).toBe(1);
  });

  test("a failed question is not remembered", async () => {
    await using server = await startServer({
      "/model/registry": (request, response) =>
        request.nth === 0 ? json(response, { message: "starting" }, 500) : json(response, REGISTRY),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const failures = await Promise.all(Array.from({ length: 5 }, () => failureOf(client.infer(PIXEL))));
    expect(failures.map((error) => error.code)).toEqual(Array(5).fill("HTTP_ERROR"));
    expect((await client.infer(PIXEL)).task).toBe("object-detection");
  });

  test("a 404 drops what is known, so that a model that was unloaded is loaded again", async () => {
    await using server = await startServer({
      infer: (request, response) =>
        request.nth === 1 ? json(response, { message: "not found" }, 404) : detect(request, response),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await client.infer(PIXEL);
    expect(await failureOf(client.infer(PIXEL))).toMatchObject({ status: 404 });
    await client.infer(PIXEL);
    expect(asked(server.seen, "/model/registry")).toBe(2);
  });

  test.each(["unloadModel", "unloadAllModels"] as const)("%s drops what is known", async (method) => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url });
    await client.infer(PIXEL, { modelId: MODEL });
    if (method === "unloadModel") await client.unloadModel(MODEL);
    else await client.unloadAllModels();
    await client.infer(PIXEL, { modelId: MODEL });
    expect(asked(server.seen, "/model/registry")).toBe(2);
  });

  test("a question that must not load does not make a call fail that may", async () => {
    const answers: (() => void)[] = [];
    await using server = await startServer({
      "/model/registry": (_request, response) => {
        answers.push(() => json(response, { models: [] }));
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const careful = failureOf(client.getModelDescription(MODEL, { allowLoading: false }));
    const eager = client.infer(PIXEL);
    await server.whenSeen(1);
    for (const answer of answers) answer();
    expect(await careful).toMatchObject({ code: "MODEL_NOT_INITIALIZED" });
    expect((await eager).task).toBe("object-detection");
  });

  test("two models are two questions", async () => {
    await using server = await startServer({
      "/model/registry": (_request, response) =>
        json(response, {
          models: [
            { model_id: "boxes/1", task_type: "object-detection" },
            { model_id: "kinds/1", task_type: "classification" },
          ],
        }),
      infer: (request, response) =>
        request.path === "/infer/classification"
          ? json(response, { image: { width: 1, height: 1 }, predictions: [], top: "", confidence: 0 })
          : detect(request, response),
    });
    await using client = open({ apiUrl: server.url });
    const [boxes, kinds] = await Promise.all([
      client.infer(PIXEL, { modelId: "boxes/1" }),
      client.infer(PIXEL, { modelId: "kinds/1" }),
    ]);
    expect([boxes.task, kinds.task]).toEqual(["object-detection", "classification"]);
  });
});
