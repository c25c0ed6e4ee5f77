import { concurrent } from "./concurrent.ts";
import { detections } from "./detections.ts";
import { huggingFace } from "./huggingface.ts";
import { latency } from "./latency.ts";
import { memory } from "./memory.ts";
import type { Scenario } from "./scenario.ts";
import { sequential } from "./sequential.ts";
import { startUp } from "./start-up.ts";
import { video } from "./video.ts";
import { webrtc } from "./webrtc.ts";

/** All scenarios, in the order in which they run. */
export const SCENARIOS: readonly Scenario[] = [
  sequential,
  concurrent,
  latency,
  memory,
  startUp,
  detections,
  huggingFace,
  video,
  webrtc,
];
