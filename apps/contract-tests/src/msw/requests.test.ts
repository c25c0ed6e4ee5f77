import type { InferenceConfigurationInput } from "@inference-ts/sdk";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ENTRIES } from "../rig/entries.ts";
import { PIXEL, PIXEL_BASE64 } from "../rig/images.ts";
import { DETECTION } from "../rig/server.ts";

const KEY = "test-key-0123456789";
const SELF_HOSTED = "http://inference.test:9001";
const HOSTED = "https://detect.roboflow.com";

/** What went over the wire. */
interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly text: string;
}

const TASKS = {
  "boxes/1": "object-detection",
  "masks/1": "instance-segmentation",
  "points/1": "keypoint-detection",
  "kinds/1": "classification",
  "areas/1": "semantic-segmentation",
} as const;

const REGISTRY = {
  models: Object.entries(TASKS).map(([model_id, task_type]) => ({ model_id, task_type })),
};

const sent: Sent[] = [];
const server = setupServer(
  http.all("*", async ({ request }) => {
    const url = new URL(request.url);
    sent.push({ method: request.method, url, headers: request.headers, text: await request.text() });
    if (url.pathname.startsWith("/model/")) return HttpResponse.json(REGISTRY);
    if (url.pathname === "/info") return HttpResponse.json({ name: "n", version: "1.8.3", uuid: "u" });
    if (url.pathname === "/infer/classification") {
      return HttpResponse.json({ ...DETECTION, predictions: [], top: "", confidence: 0 });
    }
    if (url.pathname === "/infer/semantic_segmentation") {
      const predictions = { segmentation_mask: "", class_map: {}, confidence_mask: "" };
      return HttpResponse.json({ ...DETECTION, predictions });
    }
    return HttpResponse.json({ ...DETECTION, predictions: [] });
  }),
);

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => {
  sent.length = 0;
});
afterAll(() => server.close());

const last = (): Sent => sent.at(-1) ?? expect.fail();
const queryOf = ({ url }: Sent) => Object.fromEntries(url.searchParams);

describe.each(ENTRIES)("$name", ({ open }) => {
  describe("v0", () => {
    const infer = async (configuration: InferenceConfigurationInput = {}, apiUrl = HOSTED) => {
      await using client = open({ apiUrl, apiMode: "v0", apiKey: KEY, modelId: "boxes/1", configuration });
      await client.infer(PIXEL);
      return last();
    };

    test("POST /project/version with the image as bare base64 text", async () => {
      const request = await infer();
      expect(request.method).toBe("POST");
      expect(request.url.origin + request.url.pathname).toBe(`${HOSTED}/boxes/1`);
      expect(request.text).toBe(PIXEL_BASE64);
      expect(request.headers.get("content-type")).toMatch(/^application\/json/);
      expect(sent).toHaveLength(1);
    });

    test.each([
      ["auto", true, true],
      ["header", true, false],
      ["legacy", false, true],
      ["both", true, true],
    ] as const)("key by %s: header %s, query %s", async (apiKeyTransport, header, query) => {
      const request = await infer({ apiKeyTransport });
      expect(request.headers.get("authorization")).toBe(header ? `Bearer ${KEY}` : null);
      expect(request.url.searchParams.getAll("api_key")).toEqual(query ? [KEY] : []);
      expect(request.text).not.toContain(KEY);
    });

    test("the configuration goes into the query under its v0 names", async () => {
      const query = queryOf(
        await infer({
          confidenceThreshold: 0.25,
          iouThreshold: 0.6,
          maxDetections: 7,
          strokeWidth: 3,
          visualizeLabels: true,
          format: "json",
          disablePreprocGrayscale: true,
          countInference: false,
          serviceSecret: "s 1&2",
          source: "über/source",
          maxConcurrentRequests: 9,
          classFilter: ["red"],
        }),
      );
      expect(query).toEqual({
        api_key: KEY,
        confidence: "0.25",
        overlap: "0.6",
        max_detections: "7",
        stroke: "3",
        labels: "True",
        format: "json",
        disable_preproc_grayscale: "True",
        countinference: "False",
        service_secret: "s 1&2",
        source: "über/source",
        disable_active_learning: "False",
        allow_reduced_mask_resolution: "False",
      });
    });

    test("a model id is written as two path segments, whatever it holds", async () => {
      await using client = open({ apiUrl: SELF_HOSTED, apiMode: "v0", apiKey: KEY });
      await client.infer(PIXEL, { modelId: "my project?/v 1#x" });
      expect(last().url.pathname).toBe("/my%20project%3F/v%201%23x");
      expect(last().url.hash).toBe("");
    });

    test("the address may have a path, and a slash at its end", async () => {
      const request = await infer({}, `${SELF_HOSTED}/gateway/`);
      expect(request.url.pathname).toBe("/gateway/boxes/1");
    });
  });

  describe("v1", () => {
    const infer = async (
      modelId: string,
      configuration: InferenceConfigurationInput = {},
      apiKey: string | null = KEY,
    ) => {
      await using client = open({ apiUrl: SELF_HOSTED, apiKey, modelId, configuration });
      await client.infer(PIXEL);
      return { ...last(), body: JSON.parse(last().text) };
    };

    test.each([
      ["boxes/1", "/infer/object_detection"],
      ["masks/1", "/infer/instance_segmentation"],
      ["points/1", "/infer/keypoints_detection"],
      ["kinds/1", "/infer/classification"],
      ["areas/1", "/infer/semantic_segmentation"],
    ])("%s goes to %s with the image as base64", async (modelId, path) => {
      const request = await infer(modelId);
      expect(request.method).toBe("POST");
      expect(request.url.pathname).toBe(path);
      expect(request.headers.get("content-type")).toMatch(/^application\/json/);
      expect(request.body).toMatchObject({
        model_id: modelId,
        image: { type: "base64", value: PIXEL_BASE64 },
      });
      expect(sent[0]?.url.pathname).toBe("/model/registry");
    });

    test.each([
      ["auto", true, true],
      ["header", true, false],
      ["legacy", false, true],
      ["both", true, true],
    ] as const)(
      "key by %s: header %s, body %s, never in the query",
      async (apiKeyTransport, header, body) => {
        const request = await infer("boxes/1", { apiKeyTransport });
        expect(request.headers.get("authorization")).toBe(header ? `Bearer ${KEY}` : null);
        expect(request.body.api_key).toBe(body ? KEY : undefined);
        expect(request.url.search).toBe("");
      },
    );

    test("without a key there is no field and no header, nowhere", async () => {
      await infer("boxes/1", {}, null);
      await using client = open({ apiUrl: SELF_HOSTED });
      await client.loadModel("boxes/1");
      await client.listLoadedModels();
      await client.unloadModel("boxes/1");
      await client.unloadAllModels();
      for (const request of sent) {
        expect(request.headers.has("authorization")).toBe(false);
        expect(`${request.url} ${request.text}`).not.toMatch(/api_key|None|null/);
      }
    });

    test("the configuration goes into the body under its v1 names, by task", async () => {
      const configuration = {
        confidenceThreshold: 0.25,
        keypointConfidenceThreshold: 0.1,
        iouThreshold: 0.6,
        classFilter: ["red", "blue"],
        maskDecodeMode: "fast",
        responseMaskFormat: "rle",
        countInference: false,
        serviceSecret: "s 1&2",
      } as const;
      const boxes = await infer("boxes/1", configuration);
      expect(boxes.body).toMatchObject({
        confidence: 0.25,
        iou_threshold: 0.6,
        class_filter: ["red", "blue"],
      });
      for (const field of [
        "keypoint_confidence",
        "mask_decode_mode",
        "response_mask_format",
        "service_secret",
      ]) {
        expect(boxes.body).not.toHaveProperty(field);
      }
      expect(queryOf(boxes)).toEqual({ countinference: "False", service_secret: "s 1&2" });
      expect((await infer("masks/1", configuration)).body).toMatchObject({
        mask_decode_mode: "fast",
        response_mask_format: "rle",
      });
      expect((await infer("points/1", configuration)).body).toMatchObject({ keypoint_confidence: 0.1 });
      const kinds = await infer("kinds/1", configuration);
      expect(kinds.body).toMatchObject({ confidence: 0.25 });
      expect(kinds.body).not.toHaveProperty("iou_threshold");
    });

    test("a batch is a list of images, a rest of one a single image", async () => {
      await using client = open({ apiUrl: SELF_HOSTED, modelId: "boxes/1" });
      server.use(
        http.post("*/infer/object_detection", async ({ request }) => {
          const text = await request.text();
          sent.push({ method: request.method, url: new URL(request.url), headers: request.headers, text });
          const { image } = JSON.parse(text);
          return HttpResponse.json(Array.isArray(image) ? image.map(() => DETECTION) : DETECTION);
        }),
      );
      await client.infer([PIXEL, PIXEL, PIXEL], { maxBatchSize: 2 });
      server.resetHandlers();
      const images = sent.slice(1).map((request) => JSON.parse(request.text).image);
      const one = { type: "base64", value: PIXEL_BASE64 };
      expect(images).toEqual([[one, one], one]);
    });
  });

  test("registry routes: paths, bodies, and a key that is never in the URL unless asked for", async () => {
    await using client = open({ apiUrl: SELF_HOSTED, apiKey: KEY });
    await client.loadModel("boxes/1");
    await client.listLoadedModels();
    await client.unloadModel("boxes/1");
    await client.unloadAllModels();
    await client.getServerInfo();
    expect(sent.map(({ method, url, text }) => `${method} ${url.pathname} ${text}`)).toEqual([
      `POST /model/add {"model_id":"boxes/1","api_key":"${KEY}"}`,
      "GET /model/registry ",
      'POST /model/remove {"model_id":"boxes/1"}',
      "POST /model/clear ",
      "GET /info ",
    ]);
    expect(sent.map(({ url }) => url.search)).toEqual(["", "", "", "", ""]);
    expect(sent.map(({ headers }) => headers.has("authorization"))).toEqual([true, true, true, true, false]);
    await client.with({ configuration: { apiKeyTransport: "legacy" } }).listLoadedModels();
    expect(queryOf(last())).toEqual({ api_key: KEY });
  });

  test.each(["k&y=1 2/3+#%é", "clé", "a+b", "100%", '"quoted"\\'])(
    "a key of any characters arrives as it is: %#",
    async (apiKey) => {
      for (const apiMode of ["v0", "v1"] as const) {
        await using client = open({ apiUrl: SELF_HOSTED, apiMode, apiKey, modelId: "boxes/1" });
        await client.infer(PIXEL);
        const request = last();
        // Headers are Latin-1 on the wire.
        expect(request.headers.get("authorization") === `Bearer ${apiKey}`).toBe(true);
        const legacy =
          apiMode === "v0" ? request.url.searchParams.get("api_key") : JSON.parse(request.text).api_key;
        expect(legacy === apiKey).toBe(true);
      }
    },
  );

  test("headers of the client and of the call are sent; the call's win, the key's header is not replaced", async () => {
    await using client = open({
      apiUrl: SELF_HOSTED,
      apiKey: KEY,
      headers: { "X-Team": "vision", "x-both": "client" },
    });
    await client.listLoadedModels({ headers: { "X-Both": "call", Authorization: "Bearer other" } });
    const { headers } = last();
    expect(headers.get("x-team")).toBe("vision");
    expect(headers.get("x-both")).toBe("call");
    expect(headers.get("authorization")).toBe(`Bearer ${KEY}`);
  });
});
