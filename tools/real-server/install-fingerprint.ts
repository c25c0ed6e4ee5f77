import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PACKAGE_SETS, type PackageSetName } from "./versions.ts";

export const PYTHON_FOLDER = join(import.meta.dirname, "python");

/** Changes whenever another set of packages, or another treatment of torch, would be installed. */
export async function fingerprintOf(packages: PackageSetName): Promise<string> {
  const { lockFile, torch } = PACKAGE_SETS[packages];
  const hash = createHash("sha256");
  hash.update(await readFile(lockFile)).update(torch.join(" "));
  hash.update(await readFile(join(PYTHON_FOLDER, "slim_torch.py")));
  return hash.digest("hex");
}
