/** What a machine can tell a client: variables and the file with the saved token. Only `./huggingface/node` has one. */
export interface HuggingFaceEnvironment {
  /** Environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
  /** A small text file, `null` when it cannot be read. */
  readFile(path: string): string | null;
}

/** Where requests go when only a model id is known. */
export interface HubEndpoints {
  /** Address of the serverless API, without a slash at the end. */
  readonly inference: string;
  /** Address of the hub, without a slash at the end. */
  readonly hub: string;
}

const DEFAULT_ENDPOINTS: HubEndpoints = {
  inference: "https://api-inference.huggingface.co",
  hub: "https://huggingface.co",
};

const TRUE_VALUES: readonly string[] = ["1", "ON", "YES", "TRUE"];

/** Whether a variable switches something on, as the Python package reads it. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && TRUE_VALUES.includes(value.toUpperCase());
}

/** The endpoints that `HF_INFERENCE_ENDPOINT` and `HF_ENDPOINT` name; an empty variable counts as not set. */
export function endpointsOf(environment: HuggingFaceEnvironment | undefined): HubEndpoints {
  const { HF_INFERENCE_ENDPOINT, HF_ENDPOINT } = environment?.variables ?? {};
  return {
    inference: withoutSlash(HF_INFERENCE_ENDPOINT) || DEFAULT_ENDPOINTS.inference,
    hub: withoutSlash(HF_ENDPOINT) || DEFAULT_ENDPOINTS.hub,
  };
}

function withoutSlash(address = ""): string {
  return address.trim().replace(/\/+$/, "");
}

/**
 * Path of the file with the saved token: `HF_TOKEN_PATH`, else `token` in `HF_HOME`, else in `huggingface` of the cache folder. A `~` is
 * expanded where huggingface_hub 0.27.1 does: in the folder, not in `HF_TOKEN_PATH`.
 */
export function tokenFilePath({ variables, home }: HuggingFaceEnvironment): string {
  const { HF_TOKEN_PATH, HF_HOME, XDG_CACHE_HOME } = variables;
  if (HF_TOKEN_PATH !== undefined) return HF_TOKEN_PATH;
  const folder = HF_HOME ?? `${XDG_CACHE_HOME ?? `${home}/.cache`}/huggingface`;
  return `${folder.replace(/^~(?=\/|$)/, home)}/token`;
}
