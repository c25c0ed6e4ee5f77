/** What a caller may ask of a model, whichever route carried it. */
export interface TaskParameters {
  readonly confidence: number;
  readonly iouThreshold: number;
  readonly maxDetections: number;
  readonly classAgnosticNms: boolean;
  /** Class names to keep; `null` keeps all. */
  readonly classFilter: readonly string[] | null;
  readonly maskFormat: "polygon" | "rle";
  readonly visualize: boolean;
  readonly strokeWidth: number;
  readonly autoOrient: boolean;
}

/** The server's own defaults (1.8.3). */
export const DEFAULT_PARAMETERS: TaskParameters = {
  confidence: 0.4,
  iouThreshold: 0.3,
  maxDetections: 300,
  classAgnosticNms: false,
  classFilter: null,
  maskFormat: "polygon",
  visualize: false,
  strokeWidth: 1,
  autoOrient: true,
};
