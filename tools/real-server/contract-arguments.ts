import { parseArgs } from "node:util";
import {
  DEFAULT_SERVER_VERSION,
  isRealServerVersion,
  type RealServerVersion,
  SERVER_VERSIONS,
} from "./versions.ts";

export const USAGE = `usage: npm run contract:real -- [--server ${Object.keys(SERVER_VERSIONS).join("|")}] [--keep] [--required]
  --server    version of the real server (default ${DEFAULT_SERVER_VERSION})
  --keep      leave the server running after the suite, until Ctrl-C
  --required  exit 1 instead of 0 where the server cannot run on this machine`;

export interface ContractArguments {
  readonly server: RealServerVersion;
  readonly keep: boolean;
  readonly required: boolean;
}

/** Reads the command line; throws an `Error` that says what is wrong with it. */
export function contractArguments(args: readonly string[]): ContractArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      server: { type: "string", default: DEFAULT_SERVER_VERSION },
      keep: { type: "boolean", default: false },
      required: { type: "boolean", default: false },
    },
  });
  if (!isRealServerVersion(values.server)) {
    throw new Error(
      `--server ${values.server}: no lock file for this version; there are ${Object.keys(SERVER_VERSIONS).join(", ")}`,
    );
  }
  return { server: values.server, keep: values.keep, required: values.required };
}
