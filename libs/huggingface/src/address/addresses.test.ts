import { fc, test as property } from "@fast-check/vitest";
import { InvalidModelIdentifierError, InvalidParameterError } from "@inference-ts/errors";
import { describe, expect, test } from "vitest";
import { DEFAULT_ENDPOINTS } from "../settings/endpoints.ts";
import { chatAddress } from "./chat-address.ts";
import { isAddress, modelPath, parseAddress, withPath } from "./model-address.ts";
import { taskAddress } from "./task-address.ts";

describe("the address of a chat", () => {
  test.each([
    ["", "/v1/chat/completions"],
    ["/", "/v1/chat/completions"],
    ["/v1", "/v1/chat/completions"],
    ["/v1/", "/v1/chat/completions"],
    ["/v1//", "/v1/chat/completions"],
    ["/V1", "/V1/v1/chat/completions"],
    ["/v2", "/v2/v1/chat/completions"],
    ["/x", "/x/v1/chat/completions"],
    ["/x/", "/x/v1/chat/completions"],
    ["/v1/chat/completions", "/v1/chat/completions"],
    ["/v1/chat/completions/", "/v1/chat/completions"],
    ["/x/chat/completions", "/x/chat/completions"],
    ["/v1?a=1", "/v1/chat/completions?a=1"],
    ["?a=1", "/v1/chat/completions?a=1"],
    ["/v1/chat/completions?api-version=2", "/v1/chat/completions?api-version=2"],
    ["/v1#part", "/v1/chat/completions"],
  ])("behind %s is %s", (given, expected) => {
    expect(chatAddress(`https://host.example.com${given}`)).toBe(`https://host.example.com${expected}`);
  });

  property.prop([fc.webUrl({ withQueryParameters: true })])("is found again in itself", (url) => {
    const once = chatAddress(url);
    expect(chatAddress(once)).toBe(once);
    expect(new URL(once).pathname).toMatch(/\/chat\/completions$/);
    expect(new URL(once).search).toBe(new URL(url).search);
  });
});

describe("the address of a model", () => {
  test.each([
    ["fill-mask", null, "https://api-inference.huggingface.co/models/user/model"],
    [
      "feature-extraction",
      null,
      "https://api-inference.huggingface.co/pipeline/feature-extraction/user/model",
    ],
    [
      "sentence-similarity",
      null,
      "https://api-inference.huggingface.co/pipeline/sentence-similarity/user/model",
    ],
    ["fill-mask", "hf-inference", "https://router.huggingface.co/hf-inference/models/user/model"],
    [
      "feature-extraction",
      "hf-inference",
      "https://router.huggingface.co/hf-inference/models/user/model/pipeline/feature-extraction",
    ],
    [null, null, "https://api-inference.huggingface.co/models/user/model"],
  ] as const)("for %s by %s", (task, provider, expected) => {
    expect(taskAddress("user/model", task, DEFAULT_ENDPOINTS, provider)).toBe(expected);
  });

  test.each(["../admin", "user/../../admin", "/user/model", "user//model", "user/", "a/./b", "ftp://a/b"])(
    "refuses %s",
    (id) => expect(() => modelPath(id)).toThrow(InvalidModelIdentifierError),
  );

  property.prop([fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 })])(
    "never leaves its place, whatever the id",
    (parts) => {
      const id = parts.join("/");
      let path: string;
      try {
        path = modelPath(id);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidModelIdentifierError);
        return;
      }
      const url = new URL(`https://host/models/${path}`);
      expect(url.pathname).toBe(`/models/${path}`);
      expect(url.search + url.hash).toBe("");
      expect(url.pathname.split("/").slice(2).map(decodeURIComponent).join("/")).toBe(id);
    },
  );
});

test.each([
  ["https://a/b", true],
  ["HTTP://a", true],
  ["user/model", false],
  ["ftp://a", false],
])("%s is an address: %s", (text, expected) => expect(isAddress(text)).toBe(expected));

test("an address that cannot be read is refused", () => {
  expect(() => parseAddress("http://")).toThrow(InvalidParameterError);
});

test("a route is put behind the path", () => {
  expect(withPath("https://a.example.com/x/?q=1#f", "/health")).toBe("https://a.example.com/x/health?q=1");
});
