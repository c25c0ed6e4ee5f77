import { expect, test } from "vitest";
import { type ErrorAnswer, httpCallError } from "./from-response.ts";

const KEY = "test-key-0123456789";

function answer(changes: Partial<ErrorAnswer> & { headers?: Record<string, string> }): ErrorAnswer {
  const { headers = { "content-type": "application/json" }, ...rest } = changes;
  return {
    method: "POST",
    url: `http://127.0.0.1:9001/proj/1?api_key=${KEY}`,
    status: 404,
    header: (name) => headers[name] ?? null,
    body: '{"message":"no such model"}',
    secrets: [KEY],
    ...rest,
  };
}

test("message, status, hint and address without the key", () => {
  const error = httpCallError(
    answer({ attempts: 2, headers: { "content-type": "application/json", "x-request-id": "r1" } }),
  );
  expect(error).toMatchObject({
    code: "HTTP_ERROR",
    name: "HTTPCallError",
    status: 404,
    method: "POST",
    url: "http://127.0.0.1:9001/proj/1",
    serverMessage: "no such model",
    requestId: "r1",
    attempts: 2,
    retryAfterMs: undefined,
  });
  expect(error.message).toBe(
    "POST http://127.0.0.1:9001/proj/1 answered 404 after 2 attempts: no such model. Check the model id and the server address, and that this server version offers the route.",
  );
  expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(KEY);
});

test("the message says what the request was about, without secrets", () => {
  expect(httpCallError(answer({ about: "model street-signs/3" })).message).toContain(
    "answered 404 for model street-signs/3: no such model.",
  );
  expect(httpCallError(answer({ about: `model ${KEY}` })).message).not.toContain(KEY);
});

test.each([400, 401, 402, 403, 404, 413, 422, 423, 429, 500, 501, 502, 503, 504, 507])(
  "status %d has a hint",
  (status) => {
    expect(httpCallError(answer({ status })).hint).toMatch(/\.$/);
  },
);

test("an unknown status without a body", () => {
  const error = httpCallError(answer({ status: 418, body: new Uint8Array(0), headers: {} }));
  expect(error.message).toBe("POST http://127.0.0.1:9001/proj/1 answered 418: no message.");
  expect(error.hint).toBeUndefined();
  expect(error.serverMessage).toBeUndefined();
});

test.each([
  [302, `https://elsewhere.example/moved?api_key=${KEY}`, "a redirect to host elsewhere.example."],
  [307, "/moved/1", "a redirect to host 127.0.0.1:9001."],
  [0, undefined, "a redirect."],
])("a redirect (%d) names the host only", (status, location, said) => {
  const error = httpCallError(
    answer({ status, body: "", headers: location === undefined ? {} : { location } }),
  );
  expect(error.message).toContain(`answered ${status}: ${said}`);
  expect(error.message).not.toContain("moved");
  expect(error.hint).toContain("apiUrl");
});
