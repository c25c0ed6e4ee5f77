import { expect, test } from "vitest";
import { secretsOfHeaders } from "./header-secrets.ts";

test.each([
  [{ authorization: "Bearer abc.def-123" }, ["Bearer abc.def-123", "abc.def-123"]],
  [{ "X-Api-Key": "k" }, ["k"]],
  [{ cookie: "a=1; session=0123456789" }, ["a=1; session=0123456789", "0123456789"]],
  [
    { "proxy-authorization": `Basic ${btoa("me:open sesame")}` },
    [`Basic ${btoa("me:open sesame")}`, btoa("me:open sesame"), "open sesame"],
  ],
  [{ authorization: "Basic %%%%%%" }, ["Basic %%%%%%", "%%%%%%"]],
  [{ "x-gateway-token": "t", "my-secret": "s" }, ["t", "s"]],
  [{ accept: "*/*", "content-type": "application/json", execution_id: "7" }, []],
  [undefined, []],
])("%j", (headers, secrets) => {
  expect(secretsOfHeaders(headers)).toEqual(secrets);
});
