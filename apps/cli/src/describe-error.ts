import { HTTPCallError, type InferenceError, isInferenceError, redact } from "@inference-ts/sdk/node";

/** What to do on the command line, beside what the error itself says. */
const WAY_OUT: Readonly<Record<string, string>> = {
  CONNECTION_FAILED:
    "`infer sandbox` starts a stand-in server; --api-url or INFERENCE_API_URL names another one.",
  TIMEOUT: "--timeout sets the limit in seconds.",
  API_KEY_NOT_PROVIDED: "Set INFERENCE_API_KEY (or ROBOFLOW_API_KEY), or give --api-key.",
};

/** How errors are shown. */
export interface DescribeOptions {
  /** With the stack. */
  readonly verbose?: boolean | undefined;
  /** Values that must not be shown, also where an error comes from elsewhere. */
  readonly secrets?: readonly string[] | undefined;
  /** What to do on the command line, by error code, for commands that have other options. */
  readonly wayOut?: Readonly<Record<string, string>> | undefined;
}

/** An error as text for people: message and way out; never a key, and a stack only when it is asked for. */
export function describeError(error: unknown, options: DescribeOptions = {}): string {
  const { verbose = false, secrets = [], wayOut: ways = WAY_OUT } = options;
  const wayOut = isInferenceError(error) ? ways[error.code] : undefined;
  const lines = [messageOf(error, verbose), ...(wayOut === undefined ? [] : [wayOut])];
  // The client's own errors are free of secrets; masking them again could hide a word of the explanation.
  return isInferenceError(error) ? lines.join("\n") : redact(lines.join("\n"), secrets);
}

function messageOf(error: unknown, verbose: boolean): string {
  if (!(error instanceof Error)) return `Unexpected failure: ${String(error)}`;
  if (verbose && error.stack !== undefined) return error.stack;
  return isInferenceError(error) ? error.message : `Unexpected failure: ${error.message}`;
}

/** An error as it stands in JSON results. */
export interface ErrorFields {
  readonly code: string;
  readonly message: string;
  /** HTTP status, where the server answered. */
  readonly status?: number;
  readonly request_id?: string;
}

/** The fields of an error for JSON results. */
export function errorFields(error: InferenceError): ErrorFields {
  const fields = { code: error.code, message: error.message };
  if (!(error instanceof HTTPCallError)) return fields;
  const { status, requestId } = error;
  return { ...fields, status, ...(requestId === undefined ? {} : { request_id: requestId }) };
}
