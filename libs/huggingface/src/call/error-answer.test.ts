import type { ErrorAnswer } from "@inference-ts/errors";
import { describe, expect, test } from "vitest";
import { estimatedTimeOf, readErrorAnswer } from "./error-answer.ts";

const answer = (body: unknown, more: Partial<ErrorAnswer> = {}): ErrorAnswer => ({
  method: "POST",
  url: "https://a.example.com/x?key=1",
  status: 400,
  header: () => null,
  body: typeof body === "string" ? body : JSON.stringify(body),
  ...more,
});

describe("what a server says", () => {
  test.each<[string, unknown, string | undefined]>([
    ["text", { error: "bad" }, "bad"],
    ["a list", { error: ["a", " a ", "", "b"] }, "a\nb"],
    ["an object", { error: { message: "bad", code: 400 } }, "bad"],
    ["a list of objects", { error: [{ loc: ["body", "a"], msg: "bad" }] }, "body.a: bad"],
    ["a number", { error: 5 }, "5"],
    ["error and errors", { error: "top", errors: [{ message: "one" }, { code: 1 }] }, "top\none"],
    ["error and message", { error: "Bad Request", message: "why" }, "Bad Request\nwhy"],
    ["a description", { error: "invalid_token", error_description: "expired" }, "invalid_token\nexpired"],
    ["detail", { detail: "no" }, "no"],
    [
      "a list of details",
      { detail: [{ loc: ["body", "inputs"], msg: "required" }] },
      "body.inputs: required",
    ],
    ["problem+json", { type: "about:blank", title: "Conflict", detail: "busy" }, "busy"],
    ["a title alone", { title: "Conflict" }, "Conflict"],
    ["warnings", { error: "x", warnings: ["y"] }, "x"],
    ["a list at the top", ["a"], "a"],
    ["null", null, undefined],
    ["an empty list", { error: [] }, undefined],
    ["plain text", "plain words", "plain words"],
    ["a page", "<html><style>a{}</style><b>gateway</b></html>", "gateway"],
    ["nothing", "", undefined],
  ])("as %s", (_form, body, said) => {
    expect(readErrorAnswer(answer(body), null).serverMessage).toBe(said);
  });

  test("in headers", () => {
    const headers: Record<string, string> = {
      "x-error-message": "no permission",
      "x-error-code": "GatedRepo",
      "x-amzn-trace-id": "Root=1",
    };
    const header = (name: string): string | null => headers[name] ?? null;
    expect(readErrorAnswer(answer({ error: "Access" }, { header, status: 403 }), null)).toMatchObject({
      serverMessage: "no permission\nAccess",
      errorType: "GatedRepo",
      requestId: "Root=1",
      url: "https://a.example.com/x",
    });
  });

  test("is cut, and long base64 is only counted", () => {
    expect(readErrorAnswer(answer({ error: "ä".repeat(10_000) }), null).serverMessage).toHaveLength(2000);
    expect(readErrorAnswer(answer({ error: `got ${"A".repeat(3000)}` }), null).serverMessage).toBe(
      "got <base64, 3000 characters>",
    );
  });

  test("a redirect is none of its own", () => {
    expect(readErrorAnswer(answer("", { status: 302 }), null).message).toContain("a redirect");
  });
});

test.each([
  [{ estimated_time: 20 }, 20_000],
  [{ estimated_time: 0.5 }, 500],
  [{ estimated_time: -1 }, undefined],
  [{ estimated_time: "soon" }, undefined],
  [[], undefined],
])("the estimate of %j is %s ms", (body, ms) => expect(estimatedTimeOf(JSON.stringify(body))).toBe(ms));
