import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type CodeBlock, codeBlocks } from "./code-blocks.ts";
import { ROOT } from "./documents.ts";

/** Entries whose exports an example may use without importing them, the first that has a name wins. */
const ENTRIES = [
  "@inference-ts/sdk/node",
  "@inference-ts/sdk/predictions",
  "@inference-ts/sdk/drawing",
  "@inference-ts/sdk/annotators",
  "@inference-ts/sdk/workflows",
  "@inference-ts/sdk/webrtc/node",
  "@inference-ts/sdk/huggingface/node",
  "@inference-ts/sdk/testing",
  "@inference-ts/sdk/schema",
  "@inference-ts/testing/msw",
];

/** Names that examples use without importing or declaring them, and what they stand for. */
const AMBIENT: Readonly<Record<string, string>> = {
  client: 'declare const client: import("@inference-ts/sdk/node").InferenceHTTPClient;',
  image: "declare const image: Uint8Array;",
  images: "declare const images: Uint8Array[];",
  setupServer: 'import { setupServer } from "msw/node";',
  specification: "declare const specification: Record<string, unknown>;",
  workflow: 'declare const workflow: import("@inference-ts/sdk/node").WorkflowReference;',
  signal: "declare const signal: AbortSignal;",
};

/** The `ts` blocks in the doc comments of the libraries. */
export function exampleBlocks(): readonly CodeBlock[] {
  const files = globSync("libs/*/src/**/*.ts", { cwd: ROOT }).filter((file) => !file.endsWith(".test.ts"));
  const found = files.sort().flatMap((file) => {
    const text = readFileSync(join(ROOT, file), "utf8");
    return text.includes("```ts") ? commentsOf(text).flatMap((comment) => blocksIn(file, comment)) : [];
  });
  if (found.length === 0) return [];
  const exported = exportedNames();
  return found.map((block) => ({ ...block, code: withImports(block.code, exported) }));
}

interface Comment {
  readonly text: string;
  /** Line of the comment's first line, from 1. */
  readonly line: number;
}

function commentsOf(text: string): readonly Comment[] {
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].map((match) => ({
    text: match[0].replaceAll(/^\s*\* ?/gm, ""),
    line: text.slice(0, match.index).split("\n").length,
  }));
}

function blocksIn(file: string, { text, line }: Comment): readonly CodeBlock[] {
  return (
    codeBlocks(file, text)
      .filter((block) => block.language === "ts")
      // A doc comment is type checked and never run, so `no-run` needs no reason there.
      .map((block) => ({ ...block, line: line + block.line - 1, flags: [], reason: undefined }))
  );
}

function exportedNames(): ReadonlyMap<string, string> {
  const host = join(ROOT, "tools", "docs", "tsdoc-examples.ts");
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ["source"],
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    noLib: true,
  };
  const files = ENTRIES.map(
    (entry) => ts.resolveModuleName(entry, host, options, ts.sys).resolvedModule?.resolvedFileName,
  );
  const program = ts.createProgram(
    files.flatMap((file) => file ?? []),
    options,
  );
  const checker = program.getTypeChecker();
  const names = new Map<string, string>();
  for (const [index, entry] of ENTRIES.entries()) {
    const source = files[index] === undefined ? undefined : program.getSourceFile(files[index]);
    const symbol = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    for (const { name } of symbol === undefined ? [] : checker.getExportsOfModule(symbol)) {
      if (!names.has(name)) names.set(name, entry);
    }
  }
  return names;
}

/** Adds the imports that an example leaves out. An example with imports of its own is taken as it stands. */
function withImports(code: string, exported: ReadonlyMap<string, string>): string {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest, true);
  if (source.statements.some((statement) => ts.isImportDeclaration(statement))) return code;
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      if (ts.isVariableDeclaration(parent) && parent.name === node) declared.add(node.text);
      else if (!(ts.isPropertyAccessExpression(parent) && parent.name === node)) used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const free = [...used].filter((name) => !declared.has(name));
  const imports = free.flatMap((name) => {
    const entry = exported.get(name);
    return entry === undefined ? [] : [`import { ${name} } from "${entry}";`];
  });
  const ambient = free.flatMap((name) => AMBIENT[name] ?? []);
  // On one line, so that the compiler's line numbers stay those of the example.
  const before = [...imports, ...ambient].join(" ");
  return before === "" ? code : `${before} ${code}`;
}
