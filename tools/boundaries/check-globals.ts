import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOMS, TEST_CODE } from "./rooms.ts";
import type { Violation } from "./violation.ts";

/** Globals that exist in Node and not in a browser. */
const NODE_GLOBALS = new Set([
  "Buffer",
  "process",
  "global",
  "require",
  "__dirname",
  "__filename",
  "setImmediate",
  "clearImmediate",
]);

/** Finds Node's globals in code of runtime `any`, and anything that is left at run time in a room of types. */
export function checkGlobals(root: string): readonly Violation[] {
  return Object.entries(ROOMS).flatMap(([name, room]) => {
    if (room.runtime === "node") return [];
    const nodeOnly = (room.nodeOnly ?? []).map((path) => new RegExp(`^libs/${name}/${path}`));
    return globSync(`libs/${name}/src/**/*.ts`, { cwd: root })
      .filter(
        (file) =>
          !TEST_CODE.some((pattern) => new RegExp(pattern).test(file)) &&
          !nodeOnly.some((path) => path.test(file)),
      )
      .sort()
      .flatMap((file) => {
        const source = parse(join(root, file));
        const findings = nodeGlobalsIn(source).map((problem) => ({ rule: "no-node-globals", file, problem }));
        const left = room.typesOnly === true ? runtimeCodeIn(source) : [];
        return [...findings, ...left.map((problem) => ({ rule: "types-only", file, problem }))];
      });
  });
}

const parse = (file: string) =>
  ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);

function nodeGlobalsIn(source: ts.SourceFile): readonly string[] {
  const problems: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = nameOf(node);
    if (name !== undefined && NODE_GLOBALS.has(name)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      problems.push(`line ${line + 1} uses ${name}, which a browser does not have`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return problems;
}

/** The name that a node takes from the globals, if it does: as an identifier, or as the text in `globalThis["process"]`. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return isReference(node) ? node.text : undefined;
  const { parent } = node;
  const isKey = ts.isStringLiteralLike(node) && ts.isElementAccessExpression(parent);
  return isKey && isGlobalThis(parent.expression) ? node.text : undefined;
}

const isGlobalThis = (node: ts.Node | undefined): boolean =>
  node !== undefined && ts.isIdentifier(node) && node.text === "globalThis";

/** Whether a name stands for the global, not for a property, a key or a declaration. `globalThis.process` counts. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isBindingElement(parent) && parent.initializer !== node) {
    // `const { process } = globalThis` takes the global; what it is called from then on is a declaration.
    const isTaken = (parent.propertyName ?? parent.name) === node;
    const owner = parent.parent.parent;
    return isTaken && ts.isVariableDeclaration(owner) && isGlobalThis(owner.initializer);
  }
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return isGlobalThis(parent.expression);
  }
  const named =
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isGetAccessorDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isFunctionDeclaration(parent);
  return !(named && parent.name === node);
}

/** Statements of a file that survive compiling. */
function runtimeCodeIn(source: ts.SourceFile): readonly string[] {
  return source.statements
    .filter((statement) => {
      if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return false;
      if (ts.isExportDeclaration(statement)) return !statement.isTypeOnly;
      if (ts.isImportDeclaration(statement))
        return statement.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword;
      return true;
    })
    .map((statement) => {
      const { line } = source.getLineAndCharacterOfPosition(statement.getStart());
      return `line ${line + 1} is code that runs; this library holds types alone`;
    });
}
