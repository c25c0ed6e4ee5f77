import { expect, test } from "vitest";
import { uvEnvironmentOf } from "./pip-settings.ts";

const LIST = [
  "global.index-url='https://mirror.example/simple'",
  "global.extra-index-url='\\nhttps://one.example/simple\\nhttps://two.example/simple'",
  "install.find-links='/wheels /more-wheels'",
  "global.cert='/certificates/root.pem'",
  "global.timeout='60'",
  ":env:.disable-pip-version-check='1'",
].join("\n");

test("pip's index settings are told to uv in its own words, and nothing else", () => {
  expect(uvEnvironmentOf(LIST, {})).toEqual({
    UV_DEFAULT_INDEX: "https://mirror.example/simple",
    UV_INDEX: "https://one.example/simple https://two.example/simple",
    UV_FIND_LINKS: "/wheels,/more-wheels",
    SSL_CERT_FILE: "/certificates/root.pem",
  });
});

test("a later line wins, as in pip: environment variables come last", () => {
  const list = "global.index-url='https://file.example'\n:env:.index-url='https://env.example'";
  expect(uvEnvironmentOf(list, {})).toEqual({ UV_DEFAULT_INDEX: "https://env.example" });
});

test("what is set for uv already is left alone", () => {
  const environment = uvEnvironmentOf(LIST, {
    UV_DEFAULT_INDEX: "https://mine.example",
    SSL_CERT_FILE: "/x",
  });
  expect(Object.keys(environment)).toEqual(["UV_INDEX", "UV_FIND_LINKS"]);
});

test("no settings, no variables", () => {
  expect(uvEnvironmentOf("", {})).toEqual({});
});
