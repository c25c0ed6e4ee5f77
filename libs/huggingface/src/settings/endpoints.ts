/** Where requests go when only a model id is known. */
export interface HubEndpoints {
  /** Address of the serverless API, without a slash at the end. */
  readonly inference: string;
  /** Address of the hub, without a slash at the end. */
  readonly hub: string;
}

/** Hugging Face's router of providers. */
export const ROUTER = "https://router.huggingface.co";

export const DEFAULT_ENDPOINTS: HubEndpoints = {
  inference: "https://api-inference.huggingface.co",
  hub: "https://huggingface.co",
};

/** What a machine says about its clients; read by `readMachine`, which only `./huggingface/node` uses. */
export interface MachineSettings {
  /** The token of its variables or of its saved file, `null` when there is none. */
  readonly token: string | null;
  /** Whether a client uses that token unasked. */
  readonly offersToken: boolean;
  /** Whether that token, unasked, may go to an address. */
  readonly mayReceiveToken: (url: URL) => boolean;
  readonly endpoints: HubEndpoints;
  /** Nothing may be sent. */
  readonly offline: boolean;
}
