import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@inference-ts/sdk/testing";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runInfer, startInfer } from "../../testing/run-infer.ts";
import { createWorkplace, twoBoxes, type Workplace } from "../../testing/workplace.ts";
import { HF_TASKS } from "./hf-tasks.ts";

const TOKEN = "hf_secret_of_this_test";
let sandbox: Sandbox;
let place: Workplace;
let picture: Uint8Array;

beforeAll(async () => {
  sandbox = await startSandbox();
  place = createWorkplace();
  picture = await twoBoxes();
  for (const name of ["a", "b"]) place.write(`shots/${name}.png`, picture);
  place.write("bad.png", "not a picture");
});

afterAll(async () => {
  await sandbox?.close();
  place?.remove();
});

const hub = () => `${sandbox.url}/huggingface`;
const endpoint = (task: string) => `${hub()}/endpoints/${task}`;
const settings = () => ({
  cwd: place.path,
  env: { HF_TOKEN: TOKEN, HF_HOME: place.path, HF_INFERENCE_ENDPOINT: hub(), HF_ENDPOINT: hub() },
});
const hf = (args: readonly string[], input?: Uint8Array) =>
  runInfer(["hf", ...args], { ...settings(), ...(input === undefined ? {} : { input }) });

describe("pictures", () => {
  test("objects come as JSON, with parameters of the model", async () => {
    const args = ["object-detection", "shots/a.png", "-m", endpoint("object-detection")];
    const { code, stdout, stderr } = await hf(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [{ input, result }] = JSON.parse(stdout);
    expect(input).toBe("shots/a.png");
    expect(result).toEqual(
      expect.arrayContaining([
        { label: "red", score: expect.any(Number), box: { xmin: 32, ymin: 64, xmax: 192, ymax: 224 } },
      ]),
    );
    const none = await hf([...args, "--param", "threshold=1"]);
    expect(JSON.parse(none.stdout)).toEqual([{ input: "shots/a.png", result: [] }]);
  });

  test("boxes are drawn on copies, a folder gives a line for each", async () => {
    const { code, stdout } = await hf(
      ["object-detection", "shots", "-m", endpoint("object-detection"), "--draw", "-o", "drawn"].concat([
        "--format",
        "jsonl",
      ]),
    );
    expect(code).toBe(0);
    expect(stdout.trim().split("\n")).toHaveLength(2);
    const drawn = await sharp(join(place.path, "drawn", "a.annotated.png"))
      .removeAlpha()
      .raw()
      .toBuffer();
    const original = await sharp(Buffer.from(picture)).removeAlpha().raw().toBuffer();
    expect(drawn.length).toBe(original.length);
    expect(drawn.equals(original)).toBe(false);
  });

  test("a picture is never written over by its drawing, also in its own folder", async () => {
    const path = place.write("own/a.png", picture);
    const args = ["object-detection", "own/a.png", "-m", endpoint("object-detection"), "--draw", "-o", "own"];
    expect((await hf(args)).code).toBe(0);
    expect(readFileSync(path).equals(picture)).toBe(true);
    expect(readdirSync(join(place.path, "own")).sort()).toEqual(["a.annotated.png", "a.png"]);
  });

  test("masks become files with --out, and stay in the JSON without", async () => {
    const args = ["image-segmentation", "shots/a.png", "-m", endpoint("image-segmentation")];
    const [inside] = JSON.parse((await hf(args)).stdout);
    expect(Buffer.from(inside.result[0].mask, "base64").subarray(1, 4).toString()).toBe("PNG");
    const [{ result }] = JSON.parse((await hf([...args, "--out", "masks"])).stdout);
    expect(result).toHaveLength(3);
    for (const { mask } of result) expect((await sharp(join(place.path, mask)).metadata()).width).toBe(512);
  });

  test("a picture on standard input, and the model that the hub recommends", async () => {
    const { code, stdout } = await hf(["image-classification", "-"], picture);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ input: "stdin", result: [{ label: "blue" }, {}, {}] }]);
  });

  test("what fails is named, the rest goes on", async () => {
    const { code, stdout, stderr } = await hf([
      "image-classification",
      "bad.png",
      "shots/a.png",
      "-m",
      endpoint("image-classification"),
      "--quiet",
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain("failed bad.png");
    expect(JSON.parse(stdout)).toMatchObject([
      { input: "bad.png", error: { code: expect.any(String) } },
      { input: "shots/a.png", result: expect.any(Array) },
    ]);
  });
});

describe("texts", () => {
  test("chat and generation are written as they arrive", async () => {
    const args = ["chat", "Say hello", "-m", `${hub()}/llm`, "--system", "Be kind", "--timeout", "none"];
    const said = await hf(args);
    expect(said).toEqual({ code: 0, stdout: "[sandbox echo] Say hello\n", stderr: "" });
    const generated = await hf(["text-generation", "-", "-m", `${hub()}/llm`], Buffer.from("one two\n"));
    expect(generated.stdout).toBe("[sandbox echo] one two\n");
  });

  test("and are whole answers with --format json", async () => {
    const { stdout } = await hf([
      "chat",
      "Hi",
      "-m",
      `${hub()}/llm`,
      "--format",
      "json",
      "--max-tokens",
      "1",
    ]);
    expect(JSON.parse(stdout)).toMatchObject([
      { input: "Hi", result: { choices: [{ finish_reason: "length" }], usage: { completion_tokens: 1 } } },
    ]);
  });

  test("gaps, vectors, kinds", async () => {
    const filled = await hf([
      "fill-mask",
      "I am a [MASK].",
      "-m",
      endpoint("fill-mask"),
      "--param",
      "top_k=1",
    ]);
    expect(JSON.parse(filled.stdout)[0].result).toHaveLength(1);
    const vectors = await hf(["feature-extraction", "a b", "-m", "tiny/random-bert"]);
    expect(JSON.parse(vectors.stdout)[0].result[0]).toHaveLength(4);
  });
});

describe("status", () => {
  test("of an endpoint that tells about itself, and of one that does not", async () => {
    const { code, stdout } = await hf(["status", `${hub()}/llm`]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^healthy +true\nmodel_id +tiny\/talk-llama\n/);
    expect(JSON.parse((await hf(["status", endpoint("fill-mask"), "--json"])).stdout)).toEqual({
      healthy: true,
    });
  });

  test("of a model", async () => {
    const { stdout } = await hf(["status", "tiny/random-bert", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ loaded: true, framework: "transformers" });
  });

  test("of nothing", async () => {
    const { code, stderr } = await hf(["status", "http://127.0.0.1:9"]);
    expect(code).toBe(4);
    expect(stderr).toContain("--model names a model id or the address of an endpoint.");
  });

  test("of a server that is not well is exit code 1", async () => {
    expect((await hf(["status", `${hub()}/nowhere`])).code).toBe(1);
  });
});

describe("exit codes", () => {
  test.each<[number, string, readonly string[]]>([
    [2, "--draw needs --out", ["object-detection", "shots/a.png", "--draw"]],
    [2, "There is no such file", ["object-detection", "missing.png"]],
    [2, "required option '--label", ["zero-shot-classification", "text"]],
    [2, "a name and a value with =", ["fill-mask", "text", "--param", "top_k"]],
    [4, "CONNECTION_FAILED", ["fill-mask", "[MASK]", "-m", "http://127.0.0.1:9"]],
  ])("%i, %s", async (expected, message, args) => {
    const { code, stderr } = await hf(args);
    expect(stderr).toContain(message);
    expect(code).toBe(expected);
  });

  test("3 for a token that is refused or missing, and it is never shown", async () => {
    const address = `${hub()}/private/llm`;
    const refused = await hf(["chat", "Hi", "-m", address, "--token", TOKEN, "--verbose"]);
    expect(refused.code).toBe(3);
    expect(refused.stdout + refused.stderr).not.toContain(TOKEN);
    expect((await hf(["chat", "Hi", "-m", address, "--no-token"])).code).toBe(3);
    expect((await hf(["chat", "Hi", "-m", address, "--token", "hf_contract_token"])).code).toBe(0);
  });
});

describe("a server that does not answer", () => {
  let silent: Server;
  let url: string;

  beforeAll(async () => {
    silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    url = `http://127.0.0.1:${typeof address === "object" ? address?.port : undefined}`;
  });

  afterAll(() => {
    silent.closeAllConnections();
    silent.close();
  });

  test("--timeout ends it with 4", async () => {
    const { code, stderr } = await hf(["chat", "Hi", "-m", url, "--timeout", "0.3"]);
    expect(code).toBe(4);
    expect(stderr).toContain("--timeout sets the limit in seconds.");
  });

  test("Ctrl-C ends it with 130 at once", async () => {
    const asked = once(silent, "request");
    const { child, finished } = startInfer(["hf", "chat", "Hi", "-m", url], settings());
    await asked;
    const startedAt = performance.now();
    child.kill("SIGINT");
    expect((await finished).code).toBe(130);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

test("every task is in the documentation of the command line", () => {
  const file = new URL("../../../../../docs/cli.md", import.meta.url);
  const text = readFileSync(file, "utf8");
  expect(HF_TASKS.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});
