import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redact, redactUrl, urlWithoutQuery } from "./redact.ts";

const KEY = "test-key-0123456789";

describe("redact", () => {
  // The first seven are the recorded texts of the Python client, with what must stand there instead.
  test.each([
    ["Authorization: Bearer abcdefghij", "Authorization: Bearer ab***ij"],
    ["?api_key=12345678", "?api_key=12***78"],
    ["url api_key=abcdefghij is wrong, sorry", "url api_key=ab***ij is wrong, sorry"],
    ['{"api_key": "abcdefghij"}', '{"api_key": "ab***ij"}'],
    ["?api_key=test-key-0123456789&x=1", "?api_key=te***89&x=1"],
    ["?service_secret=abcdef&api_key=abcdefghij", "?service_secret=***&api_key=ab***ij"],
    ["?api_key=abc", "?api_key=***"],
    ["?service_secret=abcdefghijkl", "?service_secret=***"],
    ['{"service_secret":"abcdefghijkl","x":1}', '{"service_secret":"***","x":1}'],
    ["{'api_key': 'abcdefghij', 'x': 1}", "{'api_key': 'ab***ij', 'x': 1}"],
    [
      String.raw`"{\"api_key\": \"abcdefghij\", \"x\": 1}"`,
      String.raw`"{\"api_key\": \"ab***ij\", \"x\": 1}"`,
    ],
    ['{"Authorization": "Bearer abcdefghij"}', '{"Authorization": "Bearer ab***ij"}'],
    [
      "GET /?u=http%3A%2F%2Fh%2F%3Fapi_key%3Dabcdefghij%26x%3D1",
      "GET /?u=http%3A%2F%2Fh%2F%3Fapi_key%3Dab***ij%26x%3D1",
    ],
    ["sent Bearer abcdefgh1j to", "sent Bearer ab***1j to"],
    ["a Bearer token is missing", "a Bearer token is missing"],
    ["data: see below, please", "data: see below, please"],
    ["nothing to hide: api key is missing", "nothing to hide: api key is missing"],
  ])("text %#", (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test("a known secret is removed wherever it stands, in every spelling", () => {
    const secret = 'k&y=1 2/3+#%é"';
    const url = `https://h/p?x=${encodeURIComponent(secret)}`;
    const text = `${secret} | ${url} | ${JSON.stringify({ a: secret })} | ${new URLSearchParams({ q: secret })}`;
    const clean = redact(text, [secret]);
    expect(clean).not.toContain("1 2/3");
    expect(clean).not.toMatch(/1(%20|\+| )2(%2F|\/)3/i);
    expect(clean).toContain('k&***é"');
  });

  test("a very short secret is taken as a whole word only", () => {
    expect(redact("a bad key: a, said Anna", ["a"])).toBe("*** bad key: ***, said Anna");
  });

  test("images are replaced by their length", () => {
    const base64 = "QUJD".repeat(100);
    expect(redact(`{"image": "${base64}"}`)).toBe('{"image": "<base64, 400 characters>"}');
    expect(redact(`at data:image/png;base64,${base64} end`)).toBe("at <base64, 400 characters> end");
    expect(redact("at data:image/png;base64,QUJD end")).toBe("at <base64, 4 characters> end");
    expect(redact(`short ${"a".repeat(200)}`)).toBe(`short ${"a".repeat(200)}`);
  });

  test("no known secret survives, and redacting twice changes nothing", () => {
    const secret = fc
      .string({ minLength: 9, maxLength: 40, unit: "binary-ascii" })
      .filter((text) => !/\*\*\*/.test(text));
    const around = fc.constantFrom("?api_key=", '{"api_key": "', "Authorization: Bearer ", " ", "key ");
    fc.assert(
      fc.property(secret, around, fc.lorem(), (key, before, after) => {
        const clean = redact(`${before}${key} ${after}`, [key]);
        expect(clean).not.toContain(key);
        expect(redact(clean, [key])).toBe(clean);
      }),
    );
  });

  test("text without anything secret stays as it is", () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 20, mode: "sentences" }), (text) => {
        expect(redact(text, [KEY])).toBe(text);
      }),
    );
  });
});

test.each([
  ["backslashes", "\\", 300_000],
  ["escaped quotes", '\\"api_key\\"', 30_000],
  ["beginnings of data URLs", "data:", 60_000],
  ["beginnings of headers", "authorization ", 20_000],
  ["base64 that is too short for an image", `${"a".repeat(200)} `, 25_000],
])("a long run of %s is read in linear time", (_name, part, count) => {
  const startedAt = performance.now();
  redact(part.repeat(count), [KEY]);
  expect(performance.now() - startedAt).toBeLessThan(2000);
});

describe("redactUrl", () => {
  test.each([
    ["http://h:9001/p/1?api_key=abcdefghij&confidence=0.5", "http://h:9001/p/1?api_key=***&confidence=0.5"],
    ["https://user:pass@h/p", "https://h/p"],
    ["https://s3/x.jpg?X-Amz-Signature=0123456789abcdef&w=1", "https://s3/x.jpg?X-Amz-Signature=***&w=1"],
    ["not a url", "not a url"],
  ])("%s", (url, expected) => {
    expect(redactUrl(url)).toBe(expected);
  });

  test("the form without query", () => {
    expect(urlWithoutQuery("https://u:p@h/a/b?api_key=abcdefghij#x")).toBe("https://h/a/b");
  });
});
