import { FeatureDeprecatedError } from "@inference-ts/errors";

/** See `detectGazes` of the client. */
export async function detectGazes(): Promise<never> {
  throw new FeatureDeprecatedError(
    "Gaze detection was removed: servers answer POST /gaze/gaze_detection with 410 (removed at the end of Q2 2026).",
    {
      hint: "There is no successor on the server; run a gaze model of your own, or a server of before the removal.",
    },
  );
}
