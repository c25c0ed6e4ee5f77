import { expect, test, vi } from "vitest";
import { startSandbox } from "./sandbox.ts";
import { drawShapes, encodeShapes } from "./shape-pictures.ts";
import { at, getJson, imageField, postJson } from "./testing/requests.ts";

vi.mock("sharp", () => {
  throw new Error("Cannot find package 'sharp'");
});

test("without sharp the service routes work and a picture gets the install command", async () => {
  await using sandbox = await startSandbox();
  expect((await getJson(sandbox, "/info")).status).toBe(200);
  const added = await postJson(sandbox, "/model/add", { model_id: "colours/1", api_key: "test-key" });
  expect(at(added.json, "models.0.model_id")).toBe("colours/1");
  const body = { model_id: "colours/1", image: imageField(new Uint8Array([1, 2, 3])) };
  const reply = await postJson(sandbox, "/infer/object_detection", body);
  expect(reply.status).toBe(500);
  expect(reply.text).toContain("npm install sharp");
});

test("drawing pictures without sharp is a MissingPeerError", async () => {
  const pixels = drawShapes({ width: 2, height: 2, shapes: [] });
  await expect(encodeShapes(pixels)).rejects.toMatchObject({ code: "MISSING_PEER", peer: "sharp" });
});

test.each([
  [{ width: 0, height: 2, shapes: [] }, "width is 0"],
  [
    { width: 2, height: 2, shapes: [{ kind: "ellipse", colour: "red", x: -1, y: 0, width: 1, height: 1 }] },
    "ellipse.x is -1",
  ],
  [
    { width: 2, height: 2, shapes: [{ kind: "ellipse", colour: "red", x: 0, y: 0, width: 1.5, height: 1 }] },
    "ellipse.width is 1.5",
  ],
] as const)("a picture that cannot be drawn is refused: %j", (picture, message) => {
  expect(() => drawShapes(picture)).toThrowError(
    expect.objectContaining({ code: "INVALID_PARAMETER", message: expect.stringContaining(message) }),
  );
});
