import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../process/run-command.ts";
import { type PythonSdk, pythonSdk } from "./python-sdk.ts";

const VERSION = "1.8.3";

/** The SDK, or why this machine cannot run it. */
export type PythonInstallation = { readonly sdk: PythonSdk } | { readonly missing: string };

/**
 * Installs the Python SDK into a virtual environment below `cacheDir`, once.
 *
 * @param python - Name or path of the interpreter that makes the environment.
 */
export async function installPythonSdk(cacheDir: string, python = "python3"): Promise<PythonInstallation> {
  const venv = join(cacheDir, `python-sdk-${VERSION}`);
  const interpreter = join(venv, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const completeMark = join(venv, "complete");
  if (!existsSync(completeMark)) {
    rmSync(venv, { recursive: true, force: true });
    mkdirSync(cacheDir, { recursive: true });
    const made = await runCommand(python, ["-m", "venv", venv], { cwd: cacheDir });
    if (made.exitCode !== 0) return { missing: `${python} -m venv failed: ${lastLine(made.output)}` };
    const pip = [
      "-m",
      "pip",
      "--disable-pip-version-check",
      "install",
      "--quiet",
      `inference-sdk==${VERSION}`,
    ];
    const installed = await runCommand(interpreter, pip, { cwd: cacheDir });
    if (installed.exitCode !== 0) return { missing: `pip install failed: ${lastLine(installed.output)}` };
    writeFileSync(completeMark, "");
  }
  const imported = await runCommand(interpreter, ["-c", "import inference_sdk"], { cwd: cacheDir });
  if (imported.exitCode !== 0) return { missing: `it cannot be imported: ${lastLine(imported.output)}` };
  return { sdk: pythonSdk(interpreter, VERSION) };
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) ?? "";
}
