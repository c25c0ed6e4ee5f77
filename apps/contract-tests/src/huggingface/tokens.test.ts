/** A token that is found on the machine goes to Hugging Face and to configured endpoints; a given one goes where the call goes. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InferenceClientOptions } from "@inference-ts/sdk/huggingface/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openTarget, PRIVATE_TOKEN, type Target } from "./target.ts";

let target: Target;
let folder: string;

beforeAll(async () => {
  target = await openTarget();
  folder = await mkdtemp(join(tmpdir(), "hf-tokens-"));
});

beforeEach(() => target.forget());
afterEach(() => void vi.unstubAllEnvs());

afterAll(async () => {
  await target[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** A client on a machine with a token in its environment and no other setting of Hugging Face. */
function onMachine(variables: Readonly<Record<string, string>>, options: InferenceClientOptions) {
  for (const name of ["HUGGING_FACE_HUB_TOKEN", "HF_HUB_DISABLE_IMPLICIT_TOKEN", "HF_TOKEN_PATH"])
    vi.stubEnv(name, undefined);
  vi.stubEnv("HF_TOKEN", PRIVATE_TOKEN);
  vi.stubEnv("HF_HOME", folder);
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  return target.client(options);
}

const address = () => `${target.url}/private/llm`;
const sentTokens = async () => (await target.requests()).map(({ headers }) => headers.authorization);
const withToken = `Bearer ${PRIVATE_TOKEN}`;

test("the machine's token does not go to a foreign host", async () => {
  const client = onMachine({}, { model: address() });
  await expect(client.textGeneration("The")).rejects.toMatchObject({ status: 401 });
  expect(await sentTokens()).toEqual([undefined]);
});

test.each(["HF_INFERENCE_ENDPOINT", "HF_ENDPOINT"])("it goes to the host of %s", async (name) => {
  const client = onMachine({ [name]: target.url }, { model: address() });
  await client.textGeneration("The");
  expect(await sentTokens()).toEqual([withToken]);
});

test("it goes anywhere when the caller asks for it", async () => {
  await onMachine({}, { model: address(), token: true }).textGeneration("The");
  expect(await sentTokens()).toEqual([withToken]);
});

test("a given token goes where the call goes", async () => {
  await onMachine({ HF_TOKEN: "hf_another" }, { model: address(), token: PRIVATE_TOKEN }).textGeneration(
    "The",
  );
  expect(await sentTokens()).toEqual([withToken]);
});

test.each<[string, Record<string, string>, InferenceClientOptions]>([
  ["token: false", {}, { token: false }],
  ["HF_HUB_DISABLE_IMPLICIT_TOKEN", { HF_HUB_DISABLE_IMPLICIT_TOKEN: "1" }, {}],
])("none is sent with %s", async (_, variables, options) => {
  const client = onMachine(
    { HF_INFERENCE_ENDPOINT: target.url, ...variables },
    { model: address(), ...options },
  );
  await expect(client.textGeneration("The")).rejects.toMatchObject({ status: 401 });
  expect(await sentTokens()).toEqual([undefined]);
});

test("no error shows the token", async () => {
  const client = target.client({ model: `${target.url}/private/nowhere`, token: PRIVATE_TOKEN });
  const error: unknown = await client.textGeneration("The").catch((caught: unknown) => caught);
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error)) + String(error)).not.toContain(
    PRIVATE_TOKEN,
  );
});
