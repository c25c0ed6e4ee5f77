/** `npm run build`: builds the published packages into their `dist`, and stages what is packed in `dist-pack`. */
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildPackage, filesIn, fingerprint, stagePackage } from "./build-package.ts";
import { PUBLISHED, ROOT, readManifest } from "./packages.ts";

const { values } = parseArgs({
  options: {
    /** Builds a second time and fails when a byte differs. */
    twice: { type: "boolean", default: false },
  },
});

for (const pkg of PUBLISHED) {
  const outDir = join(ROOT, pkg.dir, "dist");
  await buildPackage(pkg, outDir);
  if (values.twice) {
    const first = fingerprint(outDir);
    await buildPackage(pkg, outDir);
    const second = fingerprint(outDir);
    const differing = Object.keys({ ...first, ...second }).filter((file) => first[file] !== second[file]);
    if (differing.length > 0) {
      rmSync(outDir, { recursive: true });
      throw new Error(`${pkg.dir}: two builds of the same sources differ in ${differing.join(", ")}`);
    }
  }
  stagePackage(pkg);
  const files = filesIn(outDir);
  const kilobytes = files.reduce((sum, file) => sum + statSync(join(outDir, file)).size, 0) / 1000;
  console.log(
    `${readManifest(pkg.dir).name}: ${files.length} files, ${kilobytes.toFixed(0)} kB in ${pkg.dir}/dist`,
  );
}
