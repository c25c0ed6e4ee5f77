import type { CodeBlock } from "./code-blocks.ts";
import { noRunReasonOf } from "./programs.ts";

/** What is done with one command line of a document. */
export type ShellLine =
  /** Run as it stands, in a shell where `infer` is this workspace's command line. */
  | { readonly kind: "run"; readonly command: string }
  /** `npm test`, `npm run demo`, ...: it would start this test again or take long, so the script must exist. */
  | { readonly kind: "npm-script"; readonly script: string; readonly command: string }
  /** `npm install <packages>`: the packages must be ours or declared by one of ours. */
  | { readonly kind: "npm-install"; readonly packages: readonly string[]; readonly command: string }
  /** `bash <file>`: the file must exist. */
  | { readonly kind: "file"; readonly path: string; readonly command: string }
  /** `infer sandbox`: started, waited for until it listens, and stopped. */
  | { readonly kind: "server"; readonly command: string };

/** The commands of a `sh` block; empty when the block is marked `no-run` (with a reason). */
export function shellLines(block: CodeBlock): readonly ShellLine[] {
  if (noRunReasonOf(block) !== undefined) return [];
  return block.code
    .replaceAll("\\\n", " ")
    .split("\n")
    .map((line) => line.replace(/^\$ /, "").trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map(classify);
}

function classify(command: string): ShellLine {
  const words = command.replace(/\s+#.*$/, "").split(/\s+/);
  const [program = "", first = "", second = ""] = words;
  if (program === "npm" && (first === "test" || first === "t")) {
    return { kind: "npm-script", script: "test", command };
  }
  if (program === "npm" && (first === "run" || first === "run-script")) {
    return { kind: "npm-script", script: second, command };
  }
  if (program === "npm" && ["install", "i", "add"].includes(first)) {
    const packages = words.slice(2).filter((word) => !word.startsWith("-"));
    return { kind: "npm-install", packages, command };
  }
  if (program === "bash" || program === "sh") return { kind: "file", path: first, command };
  const [infer, ...args] = program === "npx" ? words.slice(1) : words;
  const isInfer = infer === "infer" || infer === "@inference-ts/cli";
  if (isInfer && args[0] === "sandbox" && !args.includes("--help")) return { kind: "server", command };
  return { kind: "run", command };
}
