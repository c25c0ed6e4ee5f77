import { execFile } from "node:child_process";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type SeenUpload, startClipServer } from "./clip-server.ts";

const run = promisify(execFile);
const PROGRAM = join(import.meta.dirname, "upload-program.ts");

/** What is uploaded. */
export interface UploadCase {
  readonly clipBytes: number;
  readonly upload: "multipart" | "base64" | "auto";
  readonly apiMode: "v0" | "v1";
}

/** What an upload took. */
export interface UploadMeasurement {
  /** Peak of the whole process over what it had just before the call. */
  readonly extraBytes: number;
  readonly seen: SeenUpload;
}

/** Uploads a file that takes no room on the disk, in a process of its own. */
export async function measureUpload({ clipBytes, upload, apiMode }: UploadCase): Promise<UploadMeasurement> {
  const folder = await mkdtemp(join(tmpdir(), "clip-"));
  const server = await startClipServer();
  try {
    const clip = join(folder, "clip.mp4");
    const file = await open(clip, "w");
    await file.truncate(clipBytes);
    await file.close();
    const { stdout } = await run(process.execPath, [
      "--conditions=source",
      "--expose-gc",
      PROGRAM,
      server.url,
      clip,
      upload,
      apiMode,
    ]);
    const printed: unknown = JSON.parse(stdout);
    const seen = server.uploads.at(-1);
    if (typeof printed !== "object" || printed === null || !("extraBytes" in printed) || seen === undefined) {
      throw new Error(`The upload printed ${stdout.slice(0, 200)}`);
    }
    return { extraBytes: Number(printed.extraBytes), seen };
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
