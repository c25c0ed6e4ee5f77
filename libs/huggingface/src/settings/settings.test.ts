import { fc, test as property } from "@fast-check/vitest";
import { InvalidParameterError, TokenNotFoundError } from "@inference-ts/errors";
import { describe, expect, test } from "vitest";
import { givenHeaders } from "../call/given-headers.ts";
import { DEFAULT_ENDPOINTS, type MachineSettings } from "./endpoints.ts";
import { mayReceiveToken, readMachine, tokenFilePath } from "./machine.ts";
import { readSettings } from "./settings.ts";
import { chooseToken, tokenFor } from "./token.ts";

const ENDPOINTS = {
  inference: "https://inference.internal.example.com",
  hub: "http://hub.internal.example.com:8080",
};
const MACHINE: MachineSettings = {
  token: "hf_machine",
  offersToken: true,
  mayReceiveToken: (url) => mayReceiveToken(url, ENDPOINTS),
  endpoints: ENDPOINTS,
  offline: false,
};
const own = chooseToken(null, MACHINE);

describe("a token that was found on the machine", () => {
  test.each([
    "https://huggingface.co/api",
    "https://api-inference.huggingface.co/models/a",
    "https://router.huggingface.co/v1",
    "https://my-endpoint.eu-west-1.aws.endpoints.huggingface.cloud",
    "https://user-space.hf.space/predict",
    "https://inference.internal.example.com/models/a",
    "http://hub.internal.example.com:8080/api/tasks",
  ])("goes to %s", (url) => expect(tokenFor(new URL(url), own)).toBe("hf_machine"));

  test.each([
    "https://vision.example.com",
    "https://huggingface.co.evil.example.com",
    "https://huggingface.co@evil.example.com/x",
    "https://evilhuggingface.co",
    "http://huggingface.co", // not in the clear
    "http://127.0.0.1:8080",
    "https://hub.internal.example.com:8080", // another scheme than the configured one
    "http://inference.internal.example.com",
  ])("does not go to %s", (url) => expect(tokenFor(new URL(url), own)).toBeNull());

  property.prop([fc.webUrl({ withQueryParameters: true })])("goes to no host but those", (address) => {
    const url = new URL(address);
    const isOwn = /(^|\.)(huggingface\.co|hf\.co|hf\.space|huggingface\.cloud)$/.test(url.hostname);
    const choice = chooseToken(null, {
      ...MACHINE,
      mayReceiveToken: (target) => mayReceiveToken(target, DEFAULT_ENDPOINTS),
    });
    expect(tokenFor(url, choice)).toBe(isOwn && url.protocol === "https:" ? "hf_machine" : null);
  });

  test("is not used unasked where the machine forbids it", () => {
    expect(chooseToken(undefined, { ...MACHINE, offersToken: false }).value).toBeNull();
    expect(chooseToken(true, { ...MACHINE, offersToken: false }).value).toBe("hf_machine");
  });
});

describe("a token that is given", () => {
  test.each(["hf_given", true] as const)("as %s goes everywhere", (token) => {
    const choice = chooseToken(token, MACHINE);
    expect(tokenFor(new URL("http://127.0.0.1"), choice)).toBe(token === true ? "hf_machine" : token);
  });

  test("false sends none", () => expect(chooseToken(false, MACHINE).value).toBeNull());

  test.each(["", " ", "hf_a\n", "hf a", "hf_ä"])("%j is refused", (token) => {
    expect(() => chooseToken(token, null)).toThrow(InvalidParameterError);
    expect(() => chooseToken(token, null)).not.toThrow(token.trim() === "" ? "hf" : token.trim());
  });

  test("true without one is an error that says where one is looked for", () => {
    expect(() => chooseToken(true, { ...MACHINE, token: null })).toThrow(TokenNotFoundError);
    expect(() => chooseToken(true, null)).toThrow("huggingface/node");
  });
});

describe("a machine", () => {
  const read = (variables: Record<string, string>, files: Record<string, string> = {}) =>
    readMachine({ variables, home: "/home/me", readFile: (path) => files[path] ?? null });

  test.each<[string, Record<string, string>, string]>([
    ["in the home folder", {}, "/home/me/.cache/huggingface/token"],
    ["in the cache folder", { XDG_CACHE_HOME: "/cache" }, "/cache/huggingface/token"],
    ["in its own folder", { HF_HOME: "/hf", XDG_CACHE_HOME: "/cache" }, "/hf/token"],
    ["in a folder of the home", { HF_HOME: "~/hf" }, "/home/me/hf/token"],
    ["at its own path", { HF_TOKEN_PATH: "~/tok", HF_HOME: "/hf" }, "~/tok"],
  ])("keeps its token %s", (_where, variables, path) => {
    expect(tokenFilePath({ variables, home: "/home/me" })).toBe(path);
    expect(read(variables, { [path]: " hf_file\n" }).token).toBe("hf_file");
  });

  test.each<[Record<string, string>, string | null]>([
    [{ HF_TOKEN: " hf_a\r\n" }, "hf_a"],
    [{ HF_TOKEN: "", HUGGING_FACE_HUB_TOKEN: "hf_old" }, "hf_old"],
    [{ HF_TOKEN: "  ", HUGGING_FACE_HUB_TOKEN: "hf_old" }, null],
    [{ HF_TOKEN: "hf_a", HUGGING_FACE_HUB_TOKEN: "hf_old" }, "hf_a"],
    [{}, null],
  ])("with %j has the token %s", (variables, token) => expect(read(variables).token).toBe(token));

  test("names endpoints; empty variables count as not set", () => {
    expect(read({ HF_INFERENCE_ENDPOINT: "https://a.example.com/", HF_ENDPOINT: "" }).endpoints).toEqual({
      inference: "https://a.example.com",
      hub: "https://huggingface.co",
    });
  });

  test.each(["1", "on", "YES", "true"])("is switched by %s", (value) => {
    expect(read({ HF_HUB_OFFLINE: value, HF_HUB_DISABLE_IMPLICIT_TOKEN: value })).toMatchObject({
      offline: true,
      offersToken: false,
    });
  });

  test("is offline for transformers, too, unless its own variable says otherwise", () => {
    expect(read({ TRANSFORMERS_OFFLINE: "1" }).offline).toBe(true);
    expect(read({ TRANSFORMERS_OFFLINE: "1", HF_HUB_OFFLINE: "0" }).offline).toBe(false);
  });

  test.each(["", "0", "false", "2"])("is not switched by %j", (value) => {
    expect(read({ HF_HUB_OFFLINE: value, HF_HUB_DISABLE_IMPLICIT_TOKEN: value })).toMatchObject({
      offline: false,
      offersToken: true,
    });
  });
});

describe("options", () => {
  test.each<[string, object]>([
    ["model and baseUrl", { model: "a/b", baseUrl: "https://a.example.com" }],
    ["an empty model and baseUrl", { model: "", baseUrl: "https://a.example.com" }],
    ["both spellings of baseUrl", { baseUrl: "https://a.example.com", base_url: "https://a.example.com" }],
    ["token and apiKey", { token: "hf_a", apiKey: "hf_b" }],
    ["a time limit of 0", { timeout: 0 }],
    ["a time limit as text", { timeout: "5" }],
    ["an unknown provider", { provider: "together" }],
    ["a model that is a number", { model: 5 }],
  ])("with %s are refused", (_what, options) => {
    expect(() => readSettings(options, null)).toThrow(InvalidParameterError);
  });

  test("that are no object are refused", () => {
    expect(() => Reflect.apply(readSettings, undefined, ["user/model", null])).toThrow(InvalidParameterError);
  });

  test("have a finite time limit unless it is switched off", () => {
    expect(readSettings({}, null).timeoutMs).toBe(600_000);
    expect(readSettings({ timeout: 2.5 }, null).timeoutMs).toBe(2500);
    expect(readSettings({ timeout: null }, null).timeoutMs).toBeNull();
  });

  test("headers override whatever their letter case, cookies are joined", () => {
    const given = {
      headers: { ACCEPT: "a", "X-B": null, "x-c": "1" },
      cookies: { a: "1", b: "2" },
      billTo: "us",
    };
    const expected = { accept: "a", "x-b": null, "x-c": "2", cookie: "a=1; b=2", "x-hf-bill-to": "us" };
    expect(givenHeaders(readSettings(given, null).given, { "X-C": "2" })).toEqual(expected);
  });

  test("aliases of OpenAI's client", () => {
    const settings = readSettings({ base_url: "https://a.example.com/v1", api_key: "sk" }, null);
    expect(settings).toMatchObject({ baseUrl: "https://a.example.com/v1", token: { value: "sk" } });
  });
});
