import { expect, test } from "vitest";
import { codeBlocks } from "./code-blocks.ts";
import { programsOf } from "./programs.ts";

const DOCUMENT = `# Title

\`\`\`ts
const a = 1;
\`\`\`

<!-- no-run: needs a hosted key -->
\`\`\`ts no-run
const b = 2;
\`\`\`

- a list

  \`\`\`sh
  npm test
  \`\`\`

<!-- ts
const hidden = 3;
-->
\`\`\`ts continued
console.log(hidden);
\`\`\`

\`\`\`\`md
\`\`\`ts
this is text, not code
\`\`\`
\`\`\`\`

\`\`\`ts no-run: listens for ever
const c = 4;
\`\`\`
`;

test("finds visible, indented and hidden blocks with their place and flags", () => {
  expect(codeBlocks("a.md", DOCUMENT)).toEqual([
    { file: "a.md", line: 4, language: "ts", flags: [], reason: undefined, code: "const a = 1;" },
    {
      file: "a.md",
      line: 9,
      language: "ts",
      flags: ["no-run"],
      reason: "needs a hosted key",
      code: "const b = 2;",
    },
    { file: "a.md", line: 15, language: "sh", flags: [], reason: undefined, code: "npm test" },
    { file: "a.md", line: 19, language: "ts", flags: [], reason: undefined, code: "const hidden = 3;" },
    {
      file: "a.md",
      line: 22,
      language: "ts",
      flags: ["continued"],
      reason: undefined,
      code: "console.log(hidden);",
    },
    expect.objectContaining({ language: "md" }),
    {
      file: "a.md",
      line: 32,
      language: "ts",
      flags: ["no-run", "listens", "for", "ever"],
      reason: "listens for ever",
      code: "const c = 4;",
    },
  ]);
});

test("puts continued blocks onto the program before", () => {
  const programs = programsOf(codeBlocks("a.md", DOCUMENT));
  expect(programs.map(({ name, noRunReason }) => [name, noRunReason])).toEqual([
    ["a.md:4", undefined],
    ["a.md:9", "needs a hosted key"],
    ["a.md:19", undefined],
    ["a.md:32", "listens for ever"],
  ]);
  expect(programs[2]).toEqual({
    name: "a.md:19",
    fileName: "a-md-19.ts",
    code: "const hidden = 3;\nconsole.log(hidden);",
    noRunReason: undefined,
  });
});

test.each([
  ["a block without an end", "```ts\nconst a = 1;\n", "a.md:1: this code block has no end"],
  ["no-run without a reason", "```ts no-run\nconst a = 1;\n```\n", "a.md:2: say why it is not run"],
  ["continued without a beginning", "```ts continued\nconst a = 1;\n```\n", 'a.md:2: "continued"'],
])("%s is refused", (_name, markdown, message) => {
  expect(() => programsOf(codeBlocks("a.md", markdown))).toThrow(message);
});
