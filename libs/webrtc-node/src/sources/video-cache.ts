import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { extname, join } from "node:path";

const DIGITS = 32;
const DEFAULT_EXTENSION = ".mp4";

/** Name of a downloaded video, the same as the Python client's: the first half of the address's SHA-256 and its extension. */
export function cacheName(url: URL): string {
  const extension = extname(url.pathname);
  const isPlain = /^\.[A-Za-z0-9]{1,8}$/.test(extension);
  const digest = createHash("sha256").update(url.href).digest("hex").slice(0, DIGITS);
  return `${digest}${isPlain ? extension : DEFAULT_EXTENSION}`;
}

/** Folder of this user's downloaded videos; one that all users share could be filled by others. */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  return join(userCache(environment, platform), "inference-ts", "videos");
}

function userCache(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  if (platform === "win32") return environment.LOCALAPPDATA ?? join(homedir(), "AppData", "Local");
  if (platform === "darwin") return join(homedir(), "Library", "Caches");
  return environment.XDG_CACHE_HOME || join(homedir(), ".cache");
}
