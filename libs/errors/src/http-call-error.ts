import { InferenceError, type InferenceErrorOptions } from "./inference-error.ts";

/** One failed block of a workflow, as the server describes it (`WorkflowBlockError`; not in the OpenAPI document). */
export interface WorkflowBlockError {
  readonly blockId: string | undefined;
  readonly blockType: string | undefined;
  readonly blockDetails: string | undefined;
  readonly propertyName: string | undefined;
  readonly propertyDetails: string | undefined;
}

/** What is known about an HTTP answer with an error status. */
export interface HttpCallErrorDetails extends InferenceErrorOptions {
  /** HTTP status of the last answer. */
  readonly status: number;
  /** HTTP method and URL without query: never holds a key. */
  readonly method: string;
  readonly url: string;
  /** What the server said, read from whatever shape the body had; keys and images removed, cut to 2,000 characters. */
  readonly serverMessage: string | undefined;
  /** The server's own name for the error, such as `StepExecutionError`. */
  readonly errorType?: string | undefined;
  readonly innerErrorType?: string | undefined;
  /** What the error behind this one said; also part of `serverMessage`. */
  readonly innerErrorMessage?: string | undefined;
  /** Where a workflow failed, such as `workflow_execution | step_execution`. */
  readonly context?: string | undefined;
  readonly helpUrl?: string | undefined;
  readonly blockErrors?: readonly WorkflowBlockError[];
  /** The server's id of the request (`x-request-id`). */
  readonly requestId?: string | undefined;
  /** The model that the server worked with (`x-model-id`), when it says so. */
  readonly modelId?: string | undefined;
  /** How many attempts were made, 1 or more. */
  readonly attempts?: number;
  /** `Retry-After` of the last answer, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/** The server answered with an error status (Python: `HTTPCallErrorError`). */
export class HTTPCallError extends InferenceError {
  override readonly code = "HTTP_ERROR";
  readonly status: number;
  readonly method: string;
  readonly url: string;
  readonly serverMessage: string | undefined;
  readonly errorType: string | undefined;
  readonly innerErrorType: string | undefined;
  /** What the error behind this one said; also part of `serverMessage`. */
  readonly innerErrorMessage: string | undefined;
  /** Where a workflow failed, such as `workflow_execution | step_execution`. */
  readonly context: string | undefined;
  readonly helpUrl: string | undefined;
  readonly blockErrors: readonly WorkflowBlockError[];
  readonly requestId: string | undefined;
  /** The model that the server worked with, when it says so. */
  readonly modelId: string | undefined;
  readonly attempts: number;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, details: HttpCallErrorDetails) {
    super(message, details);
    this.status = details.status;
    this.method = details.method;
    this.url = details.url;
    this.serverMessage = details.serverMessage;
    this.errorType = details.errorType;
    this.innerErrorType = details.innerErrorType;
    this.innerErrorMessage = details.innerErrorMessage;
    this.context = details.context;
    this.helpUrl = details.helpUrl;
    this.blockErrors = details.blockErrors ?? [];
    this.requestId = details.requestId;
    this.modelId = details.modelId;
    this.attempts = details.attempts ?? 1;
    this.retryAfterMs = details.retryAfterMs;
  }
}
