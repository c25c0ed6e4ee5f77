import { cruise, type ICruiseResult } from "dependency-cruiser";
import { FORBIDDEN } from "./rules.ts";
import type { Violation } from "./violation.ts";

/** Source folders, relative to the workspace. */
const SOURCES = ["libs", "apps", "tools"];

const COMMENTS = new Map(FORBIDDEN.map((rule) => [rule.name, rule.comment]));

/** Applies the import rules to the workspace at `root`. */
export async function checkImports(root: string): Promise<readonly Violation[]> {
  const { output } = await cruise(
    SOURCES,
    {
      baseDir: root,
      ruleSet: { forbidden: [...FORBIDDEN] },
      validate: true,
      tsPreCompilationDeps: true,
      combinedDependencies: true,
      doNotFollow: { path: "node_modules" },
      exclude: { path: "^(?:libs|apps)/(?:samples/)?[^/]+/(?:dist|dist-pack)/" },
    },
    {
      bustTheCache: true,
      conditionNames: ["source", "import", "node", "default"],
      exportsFields: ["exports"],
      mainFields: ["main", "types"],
      extensions: [".ts", ".mts", ".js", ".mjs", ".json", ".d.ts"],
    },
  );
  if (typeof output === "string") throw new Error(`dependency-cruiser printed text:\n${output}`);
  if (output.summary.totalCruised === 0) throw new Error(`dependency-cruiser found no files in ${root}`);
  return [...ruleViolations(output), ...relativeAcrossRooms(output)];
}

function ruleViolations({ summary }: ICruiseResult): readonly Violation[] {
  return summary.violations.map(({ rule, from, to, unresolvedTo, cycle }) => {
    const what =
      cycle === undefined
        ? `imports ${unresolvedTo ?? to}`
        : `is part of the circle ${cycle.map(({ name }) => name).join(" -> ")}`;
    return { rule: rule.name, file: from, problem: `${what}: ${COMMENTS.get(rule.name) ?? ""}` };
  });
}

const ROOM_OF = /^(?:libs|apps(?:\/samples)?)\/[^/]+\//;

/** A relative path into another library would go around its list of exports. */
function relativeAcrossRooms({ modules }: ICruiseResult): readonly Violation[] {
  return modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(({ module, resolved }) => {
        const target = ROOM_OF.exec(resolved)?.[0];
        return module.startsWith(".") && target !== undefined && target !== ROOM_OF.exec(source)?.[0];
      })
      .map(({ module }) => ({
        rule: "no-relative-path-into-a-library",
        file: source,
        problem: `imports "${module}": another library is imported by its name`,
      })),
  );
}
