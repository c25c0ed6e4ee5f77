import { InvalidResponseError } from "@inference-ts/errors";
import { type Answer, BodyHole, type WireRequest } from "@inference-ts/transport";
import { expect, test } from "vitest";
import { createEndpointClient } from "./endpoint-client.ts";
import { INFER_TASK_ENDPOINTS } from "./infer-tasks.ts";
import { legacyInfer } from "./legacy-infer.ts";
import { listModels } from "./model-registry.ts";
import { serverInfo } from "./server-info.ts";

const answerWith = (text: string, headers: Record<string, string> = {}, status = 200): Answer => ({
  status,
  header: (name) => headers[name] ?? null,
  body: new TextEncoder().encode(text),
  attempts: 1,
  durationMs: 1,
});

/** A `send` that records the request and gives a fixed answer. */
function recorder(answer: Answer) {
  const requests: WireRequest[] = [];
  const send = async (request: WireRequest) => {
    requests.push(request);
    return answer;
  };
  return { requests, send };
}

const bodyText = (request: WireRequest | undefined) =>
  request?.body instanceof Uint8Array ? new TextDecoder().decode(request.body) : null;
const hole = new BodyHole(4, (target, offset) => {
  target.set([65, 66, 67, 68], offset);
});
const client = createEndpointClient("http://server.test/prefix");

test("writes path, query and body with holes; the prefix of the address is kept", async () => {
  const { requests, send } = recorder(answerWith('{"predictions":[]}'));
  const { data } = await INFER_TASK_ENDPOINTS["object-detection"](
    client,
    { model_id: "a/1", image: { type: "base64", value: hole }, confidence: 0.5 },
    { countinference: false, service_secret: "s3&=/ x" },
    send,
  );
  expect(data).toEqual({ predictions: [] });
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    method: "POST",
    url: "http://server.test/prefix/infer/object_detection?countinference=False&service_secret=s3%26%3D%2F%20x",
    headers: { "content-type": "application/json" },
  });
  expect(JSON.parse(bodyText(requests[0]) ?? "")).toEqual({
    model_id: "a/1",
    image: { type: "base64", value: "ABCD" },
    confidence: 0.5,
  });
});

test("half of a surrogate pair in a query becomes the replacement character", async () => {
  const { requests, send } = recorder(answerWith('{"predictions":[]}'));
  const path = { dataset_id: "Zürich 🦊", version_id: "1" };
  await legacyInfer(client, path, hole, { source: "a\ud800b🦊" }, send);
  expect(new URL(requests[0]?.url ?? "").searchParams.get("source")).toBe("a\ufffdb🦊");
  expect(decodeURIComponent(requests[0]?.url ?? "")).toContain("/Zürich 🦊/1?");
});

test("the v0 body is the bare text of the image; ids are escaped; a drawn picture comes as bytes", async () => {
  const { requests, send } = recorder(answerWith("JPEG", { "content-type": "image/jpeg; charset=x" }));
  const answer = await legacyInfer(
    client,
    { dataset_id: "a?b", version_id: "1#2" },
    hole,
    { api_key: "k", format: "image", labels: true },
    send,
  );
  expect(answer.kind).toBe("picture");
  expect(requests[0]?.url).toBe("http://server.test/prefix/a%3Fb/1%232?api_key=k&format=image&labels=True");
  expect(bodyText(requests[0])).toBe("ABCD");
});

test("an image that the server fetches leaves the v0 body empty", async () => {
  const { requests, send } = recorder(answerWith("{}"));
  await legacyInfer(
    client,
    { dataset_id: "a", version_id: "1" },
    null,
    { image: "https://x.test/a.jpg" },
    send,
  );
  expect(requests[0]?.body).toBeNull();
  expect(requests[0]?.url).toContain("image=https%3A%2F%2Fx.test%2Fa.jpg");
});

test("a key that must travel in the URL is escaped", async () => {
  const { requests, send } = recorder(answerWith('{"models":[]}'));
  await listModels(client, { api_key: "k&y=1 2/3+#%é" }, send);
  const url = new URL(requests[0]?.url ?? "");
  expect(url.searchParams.get("api_key")).toBe("k&y=1 2/3+#%é");
  await listModels(client, {}, send);
  expect(requests[1]?.url).toBe("http://server.test/prefix/model/registry");
});

test.each([
  ["<html><title>Login</title>", "text/html", /status 200, text\/html.*is not JSON.*<html>/],
  ["", "application/json", /it is empty/],
  ["null", "application/json", /answer is null/],
  ['{"predictions": [', "application/json", /is not JSON/],
])("a 200 with body %j is InvalidResponseError", async (text, type, message) => {
  const { send } = recorder(
    answerWith(text, { "content-type": type, "content-length": String(text.length) }),
  );
  const call = serverInfo(client, send);
  await expect(call).rejects.toBeInstanceOf(InvalidResponseError);
  await expect(call).rejects.toThrow(message);
});

test("a 204 is an empty answer, not undefined data", async () => {
  const { send } = recorder(answerWith("", {}, 204));
  await expect(serverInfo(client, send)).rejects.toBeInstanceOf(InvalidResponseError);
});
