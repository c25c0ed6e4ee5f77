import { expect, test } from "vitest";
import { connectionFailure } from "./connection-failure.ts";

test("the causes of an error are told once each, with the system's code", () => {
  const system = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
  const dual = Object.assign(new AggregateError([system]), { message: "" });
  const error = connectionFailure(new TypeError("fetch failed", { cause: dual }));
  expect(error).toMatchObject({
    code: "CONNECTION_FAILED",
    message: "fetch failed: connect ECONNREFUSED 127.0.0.1:1",
    systemCode: "ECONNREFUSED",
  });
  expect(error).not.toHaveProperty("cause");
  expect(connectionFailure("?").message).toBe("the connection failed");
});

test.each([
  ["GET http://host/a?api_key=abcdefghijkl&b=1 failed", "GET http://host/a?*** failed"],
  ["credentials in http://name:abcdefghijkl@host/a", "credentials in http://host/a"],
  ['"Bearer abcdefghijkl" is no header value', '"Bearer ***" is no header value'],
])("%j is shown without secrets", (text, shown) => {
  expect(connectionFailure(new Error(text)).message).toBe(shown);
});
