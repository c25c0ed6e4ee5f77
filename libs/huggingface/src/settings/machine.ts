import { DEFAULT_ENDPOINTS, type HubEndpoints, type MachineSettings } from "./endpoints.ts";
import { cleanedToken } from "./token.ts";

/** What a machine can tell: variables and the file with the saved token. */
export interface HuggingFaceEnvironment {
  /** Environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
  /** A small text file, `null` when it cannot be read. */
  readFile(path: string): string | null;
}

const TRUE_VALUES: readonly string[] = ["1", "ON", "YES", "TRUE"];

/** Whether a variable switches something on, as the Python package reads it. */
function isOn(value: string | undefined): boolean {
  return value !== undefined && TRUE_VALUES.includes(value.toUpperCase());
}

/** Reads the variables and the saved token that huggingface_hub reads; an empty address counts as not set. */
export function readMachine(environment: HuggingFaceEnvironment): MachineSettings {
  const { variables } = environment;
  const { HF_INFERENCE_ENDPOINT, HF_ENDPOINT, HF_HUB_DISABLE_IMPLICIT_TOKEN } = variables;
  const endpoints = {
    inference: withoutSlash(HF_INFERENCE_ENDPOINT) || DEFAULT_ENDPOINTS.inference,
    hub: withoutSlash(HF_ENDPOINT) || DEFAULT_ENDPOINTS.hub,
  };
  return {
    token: tokenOfMachine(environment),
    offersToken: !isOn(HF_HUB_DISABLE_IMPLICIT_TOKEN),
    mayReceiveToken: (url) => mayReceiveToken(url, endpoints),
    endpoints,
    offline: isOn(variables.HF_HUB_OFFLINE || variables.TRANSFORMERS_OFFLINE),
  };
}

function withoutSlash(address = ""): string {
  return address.trim().replace(/\/+$/, "");
}

/** The token of the variables, else of the saved file; line breaks and blanks around it go, as in Python. */
function tokenOfMachine(environment: HuggingFaceEnvironment): string | null {
  const { HF_TOKEN, HUGGING_FACE_HUB_TOKEN } = environment.variables;
  const ofVariables = cleanedToken(HF_TOKEN || HUGGING_FACE_HUB_TOKEN);
  return ofVariables ?? cleanedToken(environment.readFile(tokenFilePath(environment)));
}

/**
 * Path of the file with the saved token: `HF_TOKEN_PATH`, else `token` in `HF_HOME`, else in `huggingface` of the cache folder. A `~` is
 * expanded where huggingface_hub 0.27.1 does: in the folder, not in `HF_TOKEN_PATH`.
 */
export function tokenFilePath({
  variables,
  home,
}: Pick<HuggingFaceEnvironment, "variables" | "home">): string {
  const { HF_TOKEN_PATH, HF_HOME, XDG_CACHE_HOME } = variables;
  if (HF_TOKEN_PATH !== undefined) return HF_TOKEN_PATH;
  const folder = HF_HOME ?? `${XDG_CACHE_HOME ?? `${home}/.cache`}/huggingface`;
  return `${folder.replace(/^~(?=\/|$)/, home)}/token`;
}

/** Hosts of Hugging Face, with everything below them. */
const OWN_HOSTS: readonly string[] = ["huggingface.co", "hf.co", "hf.space", "huggingface.cloud"];

/** What was found on the machine goes to no foreign host: only to configured endpoints, and encrypted to Hugging Face. */
export function mayReceiveToken(url: URL, { inference, hub }: HubEndpoints): boolean {
  const isConfigured = [inference, hub].some((address) => URL.parse(address)?.origin === url.origin);
  return isConfigured || (url.protocol === "https:" && isOwnHost(url.hostname));
}

function isOwnHost(hostname: string): boolean {
  return OWN_HOSTS.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}
