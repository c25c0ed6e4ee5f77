import { join } from "node:path";

/** What is installed into one virtual environment. The lock files hold everything but torch. */
interface PackageSet {
  readonly lockFile: string;
  /** Installed apart: the index has only the CUDA build, which is then cut down to its CPU part. */
  readonly torch: readonly string[];
}

const lock = (version: string) => join(import.meta.dirname, "locks", `${version}.txt`);
const torch = ["torch==2.15.0", "torchvision==0.29.2"] as const;

/** The server versions that have a lock file here. */
export const SERVER_VERSIONS = {
  "1.8.3": { lockFile: lock("1.8.3"), torch },
  "1.5.0": { lockFile: lock("1.5.0"), torch },
} as const satisfies Record<string, PackageSet>;

export type RealServerVersion = keyof typeof SERVER_VERSIONS;

/** Every virtual environment there is: one per server version, one for the server with the rules of Hugging Face. */
export const PACKAGE_SETS = {
  ...SERVER_VERSIONS,
  huggingface: { lockFile: lock("huggingface"), torch },
} as const satisfies Record<string, PackageSet>;

export type PackageSetName = keyof typeof PACKAGE_SETS;

export const DEFAULT_SERVER_VERSION: RealServerVersion = "1.8.3";

export function isRealServerVersion(value: string): value is RealServerVersion {
  return Object.hasOwn(SERVER_VERSIONS, value);
}
