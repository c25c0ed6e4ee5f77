// Runs every npm script: `bootstrap.mjs <command> [arguments]`. It runs on whatever Node the machine has (>= 20) and installs the
// dependencies when node_modules does not match the lockfile, so that a fresh clone needs no separate step; the command then
// finds the installed programs first, the workspace's own Node among them. (A shell would not: it remembers where it found
// `node` before the install.)
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
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

const [command, ...args] = process.argv.slice(2);
if (command !== undefined) {
  const programs = join(root, "node_modules", ".bin");
  const child = spawn(command, args, {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH ?? ""}` },
  });
  // A terminal sends Ctrl-C to both; this process only waits, so that the command can end in its own way.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on("error", (error) => {
    process.stderr.write(`bootstrap: ${command} could not be started: ${error.message}\n`);
    process.exitCode = 127;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (signal === "SIGINT" ? 2 : signal === "SIGKILL" ? 9 : 15);
  });
}
