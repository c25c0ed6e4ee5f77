// Runs before every npm script, on whatever Node the machine has (>= 20), so that a fresh clone needs no separate
// install step. Does nothing when node_modules already matches the lockfile.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const stamp = join(root, "node_modules", ".bootstrap");
const lockHash = () => {
  const hash = createHash("sha256");
  for (const name of ["package.json", "package-lock.json"]) {
    const file = join(root, name);
    hash.update(existsSync(file) ? readFileSync(file) : "");
  }
  return hash.digest("hex");
};

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lockHash()) {
  process.stderr.write("bootstrap: installing dependencies (once per lockfile)\n");
  // `npm install`, not `npm ci`: the lockfile cannot name every platform's binary packages.
  const npm = spawnSync("npm", ["install", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
    env: { ...process.env, SKIP_FFMPEG: "true", npm_config_loglevel: "error" },
  });
  if (npm.status !== 0) {
    process.stderr.write("bootstrap: `npm install` failed; run it by hand to see why\n");
    process.exit(npm.status ?? 1);
  }
  writeFileSync(stamp, lockHash());
}
