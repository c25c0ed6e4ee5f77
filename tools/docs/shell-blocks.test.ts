import { expect, test } from "vitest";
import { codeBlocks } from "./code-blocks.ts";
import { shellLines } from "./shell-blocks.ts";

const linesOf = (code: string, info = "sh") =>
  codeBlocks("a.md", `\`\`\`${info}\n${code}\n\`\`\`\n`).flatMap(shellLines);

test.each([
  ["npm test", { kind: "npm-script", script: "test" }],
  ["$ npm run openapi -- check", { kind: "npm-script", script: "openapi" }],
  [
    "npm install @inference-ts/sdk sharp --save-exact",
    { kind: "npm-install", packages: ["@inference-ts/sdk", "sharp"] },
  ],
  ["npm install            # once", { kind: "npm-install", packages: [] }],
  ["bash .ci/run", { kind: "file", path: ".ci/run" }],
  ["infer sandbox --port 9001", { kind: "server" }],
  ["npx @inference-ts/cli sandbox &", { kind: "server" }],
  ["infer sandbox --help", { kind: "run" }],
  ["infer run street.jpg -m colours/1 | head -1", { kind: "run" }],
])("%s", (command, expected) => {
  expect(linesOf(command)).toEqual([expect.objectContaining(expected)]);
});

test("joins continued lines, leaves out comments and empty lines", () => {
  expect(linesOf("# first\n\ninfer run a.jpg \\\n  -m colours/1\n")).toEqual([
    { kind: "run", command: "infer run a.jpg    -m colours/1" },
  ]);
});

test("a block marked no-run has no commands to run, but needs a reason", () => {
  expect(linesOf("docker run x", "sh no-run: needs Docker")).toEqual([]);
  expect(() => linesOf("docker run x", "sh no-run")).toThrow("say why it is not run");
});
