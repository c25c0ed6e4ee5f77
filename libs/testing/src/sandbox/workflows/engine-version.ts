import { refuseWorkflow } from "./failures.ts";

/** Version of the engine whose behaviour the sandbox follows (server 1.8.3). */
export const ENGINE_VERSION = "1.17.0";

const VERSION = /^\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?\s*$/;
const ENGINE_CONTEXT = "workflow_compilation | engine_initialisation";

function refuseVersion(version: unknown, details: string, innerType: string): never {
  const message =
    `Workflow definition contains \`version\` defined as \`${version}\` which cannot be parsed as valid ` +
    `version definition. Error details: ${details}`;
  return refuseWorkflow({
    message,
    errorType: "WorkflowDefinitionError",
    context: ENGINE_CONTEXT,
    innerType,
    innerMessage: details,
  });
}

/** The specification must ask for an engine of the same major version and not for a newer one. */
export function checkEngineVersion(version: unknown): void {
  if (version === undefined || version === null || version === "") return;
  if (typeof version !== "string") {
    const details = `expected string or bytes-like object, got '${Number.isInteger(version) ? "int" : typeof version}'`;
    refuseVersion(version, details, "TypeError");
  }
  const parts = VERSION.exec(version);
  if (parts === null) refuseVersion(version, `Invalid version: '${version}'`, "InvalidVersion");
  const wanted = [1, 2, 3].map((part) => Number(parts[part] ?? 0));
  const engine = ENGINE_VERSION.split(".").map(Number);
  const difference = wanted.map((part, index) => part - (engine[index] ?? 0)).find((part) => part !== 0) ?? 0;
  if (wanted[0] === engine[0] && difference <= 0) return;
  refuseWorkflow({
    message:
      `Workflow definition requested Execution Engine in version: \`<${(wanted[0] ?? 0) + 1}.0.0,>=${version}\` which ` +
      `cannot be found in existing setup. Available Execution Engines versions: \`[<Version('${ENGINE_VERSION}')>]\`.`,
    errorType: "NotSupportedExecutionEngineError",
    context: ENGINE_CONTEXT,
  });
}
