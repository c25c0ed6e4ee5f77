import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../process/run-command.ts";

/** Packages that detections are compared with. */
const PACKAGES = ["numpy==2.4.6", "pycocotools==2.0.11", "opencv-python-headless==5.0.0.93"];

/** The interpreter of an environment with the packages, or why this machine has none. */
export type PackagesInstallation = { readonly interpreter: string } | { readonly missing: string };

/**
 * Installs numpy, pycocotools and OpenCV into a virtual environment below `cacheDir`, once.
 *
 * @param python - Name or path of the interpreter that makes the environment.
 */
export async function installPackages(cacheDir: string, python = "python3"): Promise<PackagesInstallation> {
  const venv = join(cacheDir, "python-packages");
  const interpreter = join(venv, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  // Holds what was installed, so that other versions are a new environment.
  const completeMark = join(venv, "complete");
  const wanted = PACKAGES.join("\n");
  if (existsSync(completeMark) && readFileSync(completeMark, "utf8") === wanted) return { interpreter };
  rmSync(venv, { recursive: true, force: true });
  mkdirSync(cacheDir, { recursive: true });
  const steps: readonly (readonly [command: string, ...args: readonly string[]])[] = [
    [python, "-m", "venv", venv],
    [interpreter, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", ...PACKAGES],
    [interpreter, "-c", "import cv2, numpy, pycocotools.mask"],
  ];
  for (const [command, ...args] of steps) {
    const { exitCode, output } = await runCommand(command, args, { cwd: cacheDir });
    const lastLine = output.trim().split("\n").at(-1) ?? "";
    if (exitCode !== 0) return { missing: `${[command, ...args].join(" ")} failed: ${lastLine}` };
  }
  writeFileSync(completeMark, wanted);
  return { interpreter };
}
