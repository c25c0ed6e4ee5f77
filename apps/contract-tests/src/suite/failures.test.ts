import {
  HTTPCallError,
  InvalidInputFormatError,
  InvalidModelIdentifierError,
  InvalidParameterError,
  isInferenceError,
  ModelNotSelectedError,
} from "@inference-ts/sdk/node";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MODES } from "./models.ts";
import { asJpeg, asPng, asUndecodable, ONLY_BLUE } from "./pictures.ts";
import { startRelay } from "./relay.ts";
import { failureOf } from "./results.ts";
import { openTarget, type Target } from "./target.ts";

let target: Target;
let image: Uint8Array;
beforeAll(async () => {
  target = await openTarget();
  image = await asPng(ONLY_BLUE);
});
afterAll(() => target.close());
beforeEach(() => target.unloadAllModels());

const WRONG_KEY = "wrong-key-of-the-contract-suite";

/** Everything that an error shows when it is printed or sent to a log. */
function everythingShownBy(error: unknown): string {
  const parts: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) {
    parts.push(
      String(at),
      at.stack ?? "",
      JSON.stringify(at),
      JSON.stringify(Object.getOwnPropertyDescriptors(at)),
    );
  }
  return parts.join("\n");
}

describe.each(MODES)("in %s", (apiMode) => {
  test("an unknown model is a 404 that names the model", async () => {
    const error = await failureOf(target.client({ apiMode }).infer(image, { modelId: "nothing-here/9" }));
    expect(error).toBeInstanceOf(HTTPCallError);
    expect(error).toMatchObject({
      status: 404,
      attempts: 1,
      serverMessage: expect.stringContaining("not found"),
    });
    expect(everythingShownBy(error)).toContain("nothing-here/9");
  });

  test("a wrong key is a 401, and appears nowhere in the error", async () => {
    const client = target.client({ apiMode, apiKey: WRONG_KEY });
    const error = await failureOf(client.infer(image, { modelId: "colours/1" }));
    expect(error).toMatchObject({ code: "HTTP_ERROR", status: 401, attempts: 1 });
    expect(everythingShownBy(error)).not.toContain(WRONG_KEY);
  });

  test.each([
    ["poor-key", 402],
    ["forbidden-key", 403],
    ["paused-key", 423],
  ])("the platform's refusal of %s is passed on as %i", async (apiKey, status) => {
    const client = target.client({ apiMode, apiKey });
    expect(await failureOf(client.infer(image, { modelId: "colours/1" }))).toMatchObject({
      code: "HTTP_ERROR",
      status,
      attempts: 1,
    });
  });

  test("a model that is loaded is served with any key", async () => {
    await target.client().loadModel("colours/1");
    const client = target.client({ apiMode, apiKey: WRONG_KEY, modelId: "colours/1" });
    expect((await client.infer(image)).task).toBe("object-detection");
  });

  test("a server that cannot load a model is a 500 with its reason", async () => {
    const error = await failureOf(target.client({ apiMode }).infer(image, { modelId: "untrusted/1" }));
    expect(error).toMatchObject({
      code: "HTTP_ERROR",
      status: 500,
      helpUrl: expect.stringMatching(/^https:/),
    });
  });

  test.each([
    ["PNG", asPng],
    ["JPEG", asJpeg],
  ])("a %s that looks whole to the client and cannot be decoded is the server's 400", async (_, encode) => {
    const broken = await asUndecodable((picture) => encode(picture));
    const error = await failureOf(target.client({ apiMode, modelId: "colours/1" }).infer(broken));
    expect(error).toBeInstanceOf(HTTPCallError);
    expect(error).toMatchObject({
      status: 400,
      serverMessage: expect.stringContaining("Could not load input image"),
    });
  });

  test.each([
    ["text as bytes", new TextEncoder().encode("this is no picture")],
    ["no bytes", new Uint8Array()],
    ["a name of nothing", "no-such-picture.png"],
    ["base64 of text", Buffer.from("this is no picture, only text in base64").toString("base64")],
    ["a JPEG that was cut off", async () => (await asJpeg(ONLY_BLUE)).slice(0, -100)],
  ])("%s is refused before a picture is sent", async (_, input) => {
    const relay = await startRelay(target.url);
    try {
      const client = target.client({ apiUrl: relay.url, apiMode, modelId: "colours/1" });
      const error = await failureOf(client.infer(typeof input === "function" ? await input() : input));
      expect(error).toBeInstanceOf(InvalidInputFormatError);
      expect(relay.paths.filter((path) => !path.startsWith("/model/"))).toEqual([]);
    } finally {
      await relay.close();
    }
  });

  test("no model is an error of its own", async () => {
    expect(await failureOf(target.client({ apiMode }).infer(image))).toBeInstanceOf(ModelNotSelectedError);
  });

  test.each([
    ["NaN as confidence", { confidenceThreshold: Number.NaN }],
    ["a negative overlap", { iouThreshold: -0.1 }],
    ["a negative count", { maxDetections: -1 }],
  ])("%s is refused with the field's name", async (_, configuration) => {
    const [field = ""] = Object.keys(configuration);
    const client = target.client({ apiMode, modelId: "colours/1" });
    const error = await failureOf((async () => client.infer(image, { configuration }))());
    expect(error).toBeInstanceOf(InvalidParameterError);
    expect(String(error)).toContain(field);
  });
});

test("v0: a model id that is not project/version is refused", async () => {
  const error = await failureOf(target.client({ apiMode: "v0" }).infer(image, { modelId: "a/b/c" }));
  expect(error).toBeInstanceOf(InvalidModelIdentifierError);
});

test("v1: a public model needs no key", async () => {
  const client = target.client({ apiKey: null, modelId: "coco/3" });
  expect((await client.infer(image)).task).toBe("object-detection");
});

test("v1: without a key other models are a 401", async () => {
  const error = await failureOf(target.client({ apiKey: null }).infer(image, { modelId: "colours/1" }));
  expect(error).toMatchObject({ code: "HTTP_ERROR", status: 401 });
});

test("every failure is an error of the SDK", async () => {
  const client = target.client();
  for (const call of [
    () => client.infer(image, { modelId: "nothing-here/9" }),
    () => client.infer("no-such-picture.png", { modelId: "colours/1" }),
    () => client.loadModel("nothing-here/9"),
    () => client.infer(image),
  ]) {
    expect(isInferenceError(await failureOf(call()))).toBe(true);
  }
});
