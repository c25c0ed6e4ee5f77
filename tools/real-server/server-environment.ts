import { join } from "node:path";

export interface ServerEnvironmentOptions {
  readonly run: string;
  readonly port: number;
  readonly streamManagerPort: number;
  readonly flags?: Readonly<Record<string, string>> | undefined;
}

/** The variables of the user that the server may see. Anything else (keys, flags, proxies) would change its answers. */
const PASSED_ON = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "TZ"];

/**
 * The environment that keeps the server on this machine: the platform is local (`API_BASE_URL` and `ROBOFLOW_API_HOST` are set by the
 * caller, the server has two code paths), nothing is reported, no version is looked up, caches lie in the run's folder.
 */
export function serverEnvironment(
  options: ServerEnvironmentOptions,
  userEnv: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const passedOn: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = userEnv[name];
    if (value !== undefined) passedOn[name] = value;
  }
  return {
    ...passedOn,
    PYTHONUNBUFFERED: "1",
    NO_PROXY: "127.0.0.1,localhost",
    TELEMETRY_OPT_OUT: "True",
    METRICS_ENABLED: "False",
    DISABLE_VERSION_CHECK: "True",
    HF_HUB_OFFLINE: "1",
    // Images by http:// URL of this machine; the server's own default refuses plain http.
    ALLOW_NON_HTTPS_URL_INPUT: "True",
    ALLOW_URL_INPUT_WITHOUT_FQDN: "True",
    // The manager's usual port cannot be bound again for a minute after a stop.
    STREAM_MANAGER_PORT: String(options.streamManagerPort),
    MODEL_CACHE_DIR: join(options.run, "cache"),
    HOST: "127.0.0.1",
    PORT: String(options.port),
    NUM_WORKERS: "1",
    ...options.flags,
  };
}
