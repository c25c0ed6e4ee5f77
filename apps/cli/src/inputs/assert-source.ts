import { stat } from "node:fs/promises";
import { InvalidParameterError } from "@inference-ts/sdk/node";

/** Cameras by number or name, and addresses; one letter before the colon is a drive. */
const NO_PATH = /^\d+$|^camera:|^[a-z][a-z\d+.-]+:\/\//i;

/**
 * Refuses a video that is not there, before a file of results is emptied or a worker is started for it.
 *
 * @param source argument of the command; cameras and addresses are left to who opens them
 * @throws InvalidParameterError for a missing file and for a folder.
 */
export async function assertSource(source: string): Promise<void> {
  if (NO_PATH.test(source)) return;
  const found = await stat(source).catch(() => null);
  if (found === null) {
    throw new InvalidParameterError(`There is no such file: ${source}.`, {
      hint: "Paths are relative to the working directory.",
    });
  }
  if (found.isDirectory()) {
    throw new InvalidParameterError(`${source} is a folder, no video. Use \`infer run\` for pictures.`);
  }
}
