import { type ClientState, checkTimeout } from "../client-core.ts";
import { createConfiguration } from "../configuration/create-configuration.ts";
import { given } from "../given.ts";
import type { InferOptions } from "../infer/infer-options.ts";

/**
 * The state of one call that runs models: the client's, with the call's settings over it.
 *
 * @throws InvalidParameterError for a value that is not allowed.
 */
export function stateForCall(state: ClientState, options: InferOptions): ClientState {
  checkTimeout(options.timeoutMs);
  const { configuration, maxConcurrentRequests, maxBatchSize, usageTags, outboundServiceSecret } = options;
  const changes = [configuration, maxConcurrentRequests, maxBatchSize, usageTags, outboundServiceSecret];
  if (changes.every((change) => change === undefined)) return state;
  return {
    ...state,
    configuration: createConfiguration(
      {
        ...configuration,
        ...given({ maxConcurrentRequests, maxBatchSize }),
        ...given({ source: usageTags?.source, sourceInfo: usageTags?.source_info }),
        // The secret vouches for work that is billed elsewhere, whatever the configuration says of billing.
        ...(outboundServiceSecret === undefined
          ? {}
          : { serviceSecret: outboundServiceSecret, countInference: false }),
      },
      state.configuration,
    ),
  };
}
