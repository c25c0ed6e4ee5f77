/** Measures the memory of a long upload: `node --conditions=source apps/contract-tests/src/clips/main.ts [--mb 500] [--most-mb 60]`. */
import { parseArgs } from "node:util";
import { measureUpload, type UploadCase } from "./measure-upload.ts";

const { values } = parseArgs({
  options: { mb: { type: "string", default: "500" }, "most-mb": { type: "string", default: "60" } },
});
const MB = 1024 * 1024;
const clipBytes = Number(values.mb) * MB;
const most = Number(values["most-mb"]);

const CASES: readonly UploadCase[] = [
  { clipBytes, upload: "multipart", apiMode: "v0" },
  { clipBytes, upload: "base64", apiMode: "v0" },
  { clipBytes, upload: "auto", apiMode: "v1" },
];

let failed = 0;
for (const uploadCase of CASES) {
  const { extraBytes, seen } = await measureUpload(uploadCase);
  const isGood = extraBytes <= most * MB && seen.receivedBytes >= clipBytes;
  if (!isGood) failed += 1;
  const { apiMode, upload } = uploadCase;
  console.log(
    `${isGood ? "ok" : "FAILED"} ${apiMode} ${upload}: clip ${values.mb} MB, ${(seen.receivedBytes / MB).toFixed(0)} MB sent, ` +
      `${(extraBytes / MB).toFixed(1)} MB of extra memory (at most ${most})`,
  );
}
console.log(`${CASES.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
