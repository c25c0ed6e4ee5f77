import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { runCli } from "./cli.ts";
import { FILES } from "./folder.ts";
import { canonical, isObject, type Json, parseJson } from "./json.ts";

const root = join(import.meta.dirname, "../..");

/** A copy of the pipeline's files that a test may change. */
async function copyOfRepository(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "openapi-"));
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  await cp(join(root, "openapi"), join(copy, "openapi"), { recursive: true });
  await cp(join(root, dirname(FILES.types)), join(copy, dirname(FILES.types)), { recursive: true });
  return copy;
}

async function edit(folder: string, file: string, change: (text: string) => string): Promise<void> {
  const path = join(folder, file);
  const before = await readFile(path, "utf8");
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(path, after);
}

/** The current document with a route and a property more, one route less, of the given version. */
async function nextDocument(folder: string, version: string): Promise<string> {
  const text = await readFile(join(folder, FILES.spec), "utf8");
  const document = parseJson(text, FILES.spec);
  if (!isObject(document) || !isObject(document.paths)) throw new Error("not a document");
  const { "/info": info = null, "/metrics": _, ...paths } = document.paths;
  const fresh = { get: { operationId: "fresh", responses: { 200: { description: "" } } } };
  const next: Json = {
    ...document,
    info: { title: "Next", version },
    paths: { ...paths, "/info": info, "/new": fresh },
  };
  const path = join(folder, "next.json");
  await writeFile(path, JSON.stringify(next).replace('"uuid":{', '"region":{"type":"string"},"uuid":{'));
  return path;
}

const printed = ({ lines }: { readonly lines: readonly string[] }) => lines.join("\n");

describe("check", () => {
  test("finds the repository in step", async () => {
    expect(await runCli(["check"], root)).toEqual({
      stream: "stdout",
      lines: ["openapi: in step"],
      exitCode: 0,
    });
  });

  test.each<[string, string, (text: string) => string, string]>([
    [
      "edited types",
      FILES.types,
      (text) => text.replace("id?: string", "id: string"),
      "is not what the document",
    ],
    [
      "an edited document",
      FILES.spec,
      (text) => text.replace('"0.4"', '"0.4"').replace("0.4", "0.5"),
      "SHA-256",
    ],
    [
      "a document by hand",
      FILES.spec,
      (text) => text.replace('{\n  "comp', '{\n\n  "comp'),
      "not in normal form",
    ],
    [
      "an operation without entry",
      FILES.coverage,
      (text) => text.replace("GET /info", "GET /inform"),
      "GET /info is not in coverage",
    ],
    [
      "an entry without operation",
      FILES.coverage,
      (text) => text.replace("GET /info", "GET /inform"),
      "GET /inform is in coverage",
    ],
    [
      "a route of no profile",
      "openapi/profiles/hosted.json",
      (text) => text.replace("GET /info", "GET /inform"),
      "names GET /inform",
    ],
    [
      "edited history",
      FILES.history,
      (text) => text.replace("0.51.10", "0.51.11"),
      "history.json is not what",
    ],
    [
      "an edited archive",
      "openapi/versions/1.5.0.json",
      (text) => text.replace("0.4", "0.5"),
      "1.5.0.json is missing or has not",
    ],
    [
      "a correction without target",
      FILES.overlay,
      (text) => text.replace("*Request", "*Inquiry"),
      "no longer applies to server",
    ],
  ])("exits with 1 on %s", async (_, file, change, message) => {
    const copy = await copyOfRepository();
    await edit(copy, file, change);
    const outcome = await runCli(["check"], copy);
    expect(outcome).toMatchObject({ stream: "stdout", exitCode: 1 });
    expect(printed(outcome)).toContain(message);
  });
});

describe("update", () => {
  test("takes a new server's document, tells what it means, and check then asks for the ledger only", async () => {
    const copy = await copyOfRepository();
    const outcome = await runCli(["update", await nextDocument(copy, "9.0.0"), "--profile", "all"], copy);
    expect(outcome.exitCode).toBe(0);
    for (const line of [
      "  + GET /new",
      "  - GET /metrics",
      '      + /properties/region  {"type":"string"}',
      "  getServerInfo (wrapped): GET /info",
      "  GET /new is not in coverage.json: say which method wraps it, or why none does.",
      'Note: profile "hosted" is still that of server 1.8.3; update it with the document of such a server.',
    ]) {
      expect(outcome.lines).toContain(line);
    }
    expect(await readFile(join(copy, FILES.types), "utf8")).toContain("region?: string");
    expect((await runCli(["check"], copy)).lines).toEqual([
      "openapi: GET /new is not in coverage.json: say which method wraps it, or why none does.",
      "openapi: GET /metrics is in coverage.json but not in the document: remove the entry.",
    ]);
    const history = parseJson(await readFile(join(copy, FILES.history), "utf8"), FILES.history);
    expect(history).toMatchObject({
      versions: ["0.51.10", "1.2.0", "1.5.0", "1.7.4", "1.8.3", "9.0.0"],
      operations: { "GET /new": { since: "9.0.0" }, "GET /metrics": { until: "1.8.3" } },
    });
    expect((await runCli(["diff", "1.8.3", "current"], copy)).lines).toContain("  + GET /new");
  });

  test("of the document that is there changes no file", async () => {
    const copy = await copyOfRepository();
    const files = [FILES.spec, FILES.types, FILES.history, "openapi/profiles/default.json"];
    const read = () => Promise.all(files.map((file) => readFile(join(copy, file), "utf8")));
    const before = await read();
    expect((await runCli(["update", join(copy, FILES.spec), "--profile", "all"], copy)).exitCode).toBe(0);
    expect(await read()).toEqual(before);
    expect((await runCli(["check"], copy)).exitCode).toBe(0);
  });

  test("writes nothing with --dry-run, and nothing when the overlay does not apply", async () => {
    const copy = await copyOfRepository();
    const next = await nextDocument(copy, "9.0.0");
    const read = () => readFile(join(copy, FILES.spec), "utf8");
    const before = await read();
    expect(printed(await runCli(["update", next, "--dry-run"], copy))).toContain("  + GET /new");
    expect(await read()).toBe(before);
    await edit(copy, FILES.overlay, (text) => text.replace("~1infer~1classification", "~1infer~1gone"));
    const failed = await runCli(["update", next], copy);
    expect(failed).toMatchObject({ stream: "stderr", exitCode: 1 });
    expect(printed(failed)).toContain("no longer applies to server 9.0.0");
    expect(await read()).toBe(before);
  });

  test("refuses a version that is no file name", async () => {
    const copy = await copyOfRepository();
    const outcome = await runCli(
      ["update", await nextDocument(copy, "../../evil"), "--profile", "all"],
      copy,
    );
    expect(outcome.exitCode).toBe(1);
    expect(printed(outcome)).toContain('"../../evil" is not a server version');
  });
});

test("archive keeps another server's document and makes the history again", async () => {
  const copy = await copyOfRepository();
  const place = await nextDocument(copy, "9.0.0");
  expect((await runCli(["archive", place], copy)).lines).toEqual(["Archived server 9.0.0"]);
  expect((await runCli(["check"], copy)).lines).toEqual(["openapi: in step"]);
  expect((await runCli(["diff", "1.8.3", "9.0.0"], copy)).lines).toContain("  + GET /new");
  const own = await nextDocument(copy, "1.8.3");
  expect(printed(await runCli(["archive", own], copy))).toContain(
    "1.8.3 is the version of openapi/inference.json itself",
  );
});

describe("diff", () => {
  test("names what a version brought, with the methods it touches", async () => {
    const { lines } = await runCli(["diff", "1.5.0", "1.8.3"], root);
    expect(lines).toContain("  + POST /infer/embeddings");
    expect(lines.some((line) => line.startsWith("  infer (wrapped): "))).toBe(true);
  });

  test("is JSON with --json", async () => {
    const diff = parseJson(printed(await runCli(["diff", "1.7.4", "1.8.3", "--json"], root)), "diff");
    expect(canonical(diff)).toContain('"name":"AnomalyDetectionResponse"');
    expect(diff).toMatchObject({
      from: "1.7.4",
      to: "1.8.3",
      operations: { added: [], removed: [], changed: [] },
    });
  });
});

describe("the command line", () => {
  test("explains itself", async () => {
    const help = await runCli(["--help"], root);
    expect(help).toMatchObject({ stream: "stdout", exitCode: 0 });
    for (const command of ["update", "check", "diff", "generate", "archive"])
      expect(printed(help)).toContain(command);
  });

  test.each([
    [[], "Name a command."],
    [["upgrade"], 'There is no command "upgrade".'],
    [["toString"], 'There is no command "toString".'],
    [["diff", "1.5.0"], "Expected 2 argument(s), got 1."],
    [["update", "x", "--profile", "full"], '"full" is not a profile: default, all, hosted.'],
    [["check", "--fast"], "--fast"],
  ])("refuses %j with 2", async (argv, message) => {
    const outcome = await runCli(argv, root);
    expect(outcome).toMatchObject({ stream: "stderr", exitCode: 2 });
    expect(printed(outcome)).toContain(message);
  });

  test("exits with 1 when a place cannot be read", async () => {
    expect(await runCli(["diff", "1.5.0", "no-such-file.json"], root)).toMatchObject({
      stream: "stderr",
      exitCode: 1,
    });
  });
});
