import { type ErrorAnswer, type HTTPCallError, httpCallError } from "@inference-ts/errors";

/** What the caller can do about a refusal of the stream manager, by its own name (recorded on the real server 1.8.3). */
const HINTS: Readonly<Record<string, string>> = {
  ProcessesManagerNotFoundError:
    "Check the id, or at a start the names of workspace and workflow: a pipeline is gone once it was ended, and within a second after its sources.",
  ProcessesManagerInvalidPayload:
    "Check the workflow and the settings of the pipeline; to end a pipeline that is gone is refused like this, too.",
  ProcessesManagerOperationError:
    "The pipeline is not in a state for this (paused already, not paused, its source just being opened): see its status.",
  ProcessesManagerInternalError:
    "The server's log says why: too many pipelines at once (8 unless set), a model or workflow that is not there, a refused key.",
  ConnectivityError: "The stream manager of the server does not answer; restart the server.",
};

/** The error of an answer of the pipeline routes: like every other, with a hint that speaks of pipelines. */
export function pipelineError(answer: ErrorAnswer): HTTPCallError {
  const error = httpCallError(answer);
  const hint = HINTS[error.errorType ?? ""];
  return hint === undefined ? error : httpCallError({ ...answer, hints: { [answer.status]: hint } });
}
