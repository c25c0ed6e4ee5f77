import type { HTTPCallError } from "./http-call-error.ts";
import { InferenceError, type InferenceErrorOptions } from "./inference-error.ts";

/** What is known about a route that a server does not have. */
export interface MissingRouteDetails extends InferenceErrorOptions {
  /** `METHOD /path` of the route. */
  readonly route: string;
  /** First known server version that has the route; `undefined` for a route that no known version has. */
  readonly since: string | undefined;
  /** The error answer that told it; also kept as `cause`. */
  readonly answer: HTTPCallError;
}

/**
 * The server does not have the route behind the method: it is older, was started without the feature, or is a hosted one. The fields
 * of the error answer are those of `HTTPCallError`.
 */
export class RouteNotAvailableError extends InferenceError {
  override readonly code = "ROUTE_NOT_AVAILABLE";
  /** `METHOD /path`, such as `POST /infer/embeddings`. */
  readonly route: string;
  /** First known server version that has the route; `undefined` for a route that no known version has. */
  readonly since: string | undefined;
  readonly status: number;
  readonly method: string;
  readonly url: string;
  readonly serverMessage: string | undefined;
  readonly requestId: string | undefined;
  readonly attempts: number;

  constructor(message: string, details: MissingRouteDetails) {
    const { route, since, answer } = details;
    super(message, { cause: answer, ...details });
    this.route = route;
    this.since = since;
    this.status = answer.status;
    this.method = answer.method;
    this.url = answer.url;
    this.serverMessage = answer.serverMessage;
    this.requestId = answer.requestId;
    this.attempts = answer.attempts;
  }
}
