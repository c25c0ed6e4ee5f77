import { expect, test, vi } from "vitest";
import { createSender } from "./create-sender.ts";
import { scriptedTransport } from "./testing/scripted-transport.ts";

const KEY = "test-key-0123456789";

// A page that has lost its connection cannot load code either.
vi.mock("./failed-answer.ts", () => {
  throw new TypeError("Failed to fetch dynamically imported module");
});

test("an error answer is told by its status when the code that reads it cannot be loaded", async () => {
  const transport = scriptedTransport([{ status: 404, body: '{"message":"no such model"}' }]);
  const outcome = createSender({ transport }).send(
    { method: "POST", url: `http://user:pw@inference.test/a/${KEY}?api_key=${KEY}`, headers: {}, body: null },
    { timeoutMs: null, replay: "always", maxResponseBytes: 1000 },
    { secrets: [KEY], operation: "infer" },
  );
  await expect(outcome).rejects.toMatchObject({
    code: "HTTP_ERROR",
    status: 404,
    attempts: 1,
    url: "http://inference.test/a/te***89",
    message: expect.stringMatching(
      /^POST http:\/\/inference\.test\/a\/te\*\*\*89 answered 404; .* could not be loaded\.$/,
    ),
  });
});
