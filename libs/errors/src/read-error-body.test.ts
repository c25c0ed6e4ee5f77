import { describe, expect, test } from "vitest";
import { MAX_SERVER_MESSAGE_LENGTH, readErrorBody } from "./read-error-body.ts";

const KEY = "test-key-0123456789";
const JSON_TYPE = "application/json";
const messageOf = (body: string, contentType: string | null = JSON_TYPE): string | undefined =>
  readErrorBody(body, contentType, [KEY]).serverMessage;

describe("the server's message", () => {
  test.each([
    ["message", { message: "the message" }, "the message"],
    ["message and detail", { message: "m", detail: "d" }, "m"],
    ["empty message", { message: "", detail: "d" }, "d"],
    ["detail", { detail: "the detail" }, "the detail"],
    ["detail object", { detail: { status: "error", message: "inner" } }, "inner"],
    ["middleware", { status: 401, message: "Unauthorized api_key" }, "Unauthorized api_key"],
    ["error", { error: "only error" }, "only error"],
    ["error and hint", { error: "no", hint: "do this" }, "no (do this)"],
    ["error object", { error: { message: "deep" } }, "deep"],
    ["reason", { status: "unreachable", reason: "no gateway" }, "no gateway"],
    ["message is an object", { message: { a: 1 } }, '{"a":1}'],
    ["other fields", { a: 1 }, '{"a":1}'],
    ["empty object", {}, undefined],
    ["null", null, undefined],
    ["text", "text", "text"],
    ["list", ["a", "b"], "a\nb"],
    ["number", 5, "5"],
    ["inner message", { message: "m", inner_error_message: "inner" }, "m. More details: inner"],
    ["null inner message", { message: "m", inner_error_message: null }, "m"],
    ["inner message that is Python's None", { message: "m", inner_error_message: "None" }, "m"],
    ["a key in the message", { message: `bad key api_key=${KEY}` }, "bad key api_key=te***89"],
  ])("%s", (_name, body, expected) => {
    expect(messageOf(JSON.stringify(body))).toBe(expected);
  });

  test.each(["constructor", "__proto__", "valueof"])(
    "a body of the unknown type %s is plain text",
    (type) => {
      expect(messageOf("the text", type)).toBe("the text");
    },
  );

  test("a validation error gives one line per problem, without the echoed request", () => {
    const detail = [
      { loc: ["body", "image"], msg: "Field required", type: "missing", input: { api_key: KEY } },
      { loc: ["query", "n", 0], msg: "Input should be a valid integer", type: "int_parsing", input: KEY },
      { msg: "no place" },
    ];
    expect(messageOf(JSON.stringify({ detail }))).toBe(
      "body.image: Field required\nquery.n.0: Input should be a valid integer\nno place",
    );
  });

  test.each([
    ["<html>Bad Gateway</html>", "Bad Gateway"],
    [
      "<html><head><title> 502  Bad\nGateway </title></head><body><h1>x</h1></body></html>",
      "502 Bad Gateway",
    ],
    [
      "<html><head><style>b{}</style></head><body><p>Tom &amp; Jerry</p><script>1<2</script></body></html>",
      "Tom & Jerry",
    ],
  ])("HTML page %s", (html, expected) => {
    expect(messageOf(html, "text/html; charset=utf-8")).toBe(expected);
    expect(messageOf(html, null)).toBe(expected);
  });

  test.each([
    ["plain é", "text/plain", "plain é"],
    ["Internal Server Error", null, "Internal Server Error"],
    ["", null, undefined],
    ["  \n", JSON_TYPE, undefined],
    ['{"message": "cut', JSON_TYPE, '{"message": "cut'],
    ['{"message": "m"}', "application/json; charset=utf-8", "m"],
    ['{"message": "m"}', null, "m"],
    [
      '{"title": "No credit", "detail": "Cost 50", "status": 403}',
      "application/problem+json",
      "No credit: Cost 50",
    ],
    ['{"title": "No credit", "type": "about:blank"}', "application/problem+json; charset=utf-8", "No credit"],
    ['{"detail": "Cost 50"}', "application/problem+json", "Cost 50"],
    ['{"title": "", "detail": "Cost 50"}', "application/problem+json", "Cost 50"],
    ['{"type": "https://p"}', "application/problem+json", '{"type":"https://p"}'],
    ['{"message": "m", "title": "t"}', "application/problem+json", "m"],
    ['{"message": "m"}', "application/vnd.gateway+json", "m"],
    ['{"title": "cut', "application/problem+json", '{"title": "cut'],
  ])("%j as %s", (body, type, expected) => {
    expect(messageOf(body, type)).toBe(expected);
  });

  test("bytes are UTF-8, or Latin-1 where they cannot be", () => {
    expect(readErrorBody(new TextEncoder().encode("plain é"), "text/plain").serverMessage).toBe("plain é");
    expect(readErrorBody(Uint8Array.of(0x61, 0xe9), "text/plain").serverMessage).toBe("aé");
  });

  test("a long message is cut, and a key at the cut does not survive in part", () => {
    const start = "x ".repeat(995);
    const message = messageOf(JSON.stringify({ message: `${start}${KEY} and more ${"y ".repeat(20_000)}` }));
    expect(message).toHaveLength(MAX_SERVER_MESSAGE_LENGTH);
    expect(message).not.toContain("test-");
    expect(message?.endsWith("...")).toBe(true);
  });

  test.each(["<", "<head>", "<title"])("a long damaged page of %s is read in linear time", (part) => {
    const startedAt = performance.now();
    messageOf(part.repeat(150_000), "text/html");
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  test("hostile nesting ends", () => {
    const depth = 3000;
    const body = `${'{"error":'.repeat(depth)}"x"${"}".repeat(depth)}`;
    expect(messageOf(body)).toMatch(/^\{"error":/);
  });
});

test("error types, help address and block errors are read", () => {
  const body = {
    message: "Step failed",
    error_type: "StepExecutionError",
    context: "workflow_execution",
    inner_error_type: "ValueError",
    inner_error_message: "bad",
    help_url: "https://help",
    blocks_errors: [
      {
        block_id: "a",
        block_type: "t",
        block_details: `key ${KEY}`,
        property_name: "p",
        property_details: null,
      },
      "not a block",
      { block_id: 5 },
    ],
  };
  expect(readErrorBody(JSON.stringify(body), JSON_TYPE, [KEY])).toEqual({
    serverMessage: "Step failed. More details: bad",
    errorType: "StepExecutionError",
    innerErrorType: "ValueError",
    context: "workflow_execution",
    innerErrorMessage: "bad",
    helpUrl: "https://help",
    blockErrors: [
      {
        blockId: "a",
        blockType: "t",
        blockDetails: "key te***89",
        propertyName: "p",
        propertyDetails: undefined,
      },
      {
        blockId: undefined,
        blockType: undefined,
        blockDetails: undefined,
        propertyName: undefined,
        propertyDetails: undefined,
      },
    ],
  });
});

test("error types nested in detail are read too", () => {
  const body = { detail: { message: "m", error_type: "T" } };
  expect(readErrorBody(JSON.stringify(body), JSON_TYPE)).toMatchObject({
    serverMessage: "m",
    errorType: "T",
  });
});
