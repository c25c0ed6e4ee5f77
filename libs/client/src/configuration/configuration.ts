/** Where the API key travels; see `keys/key-placement.ts` for the table. */
export type ApiKeyTransport = "auto" | "header" | "legacy" | "both";

/**
 * Every setting of a call, immutable. The fields are those of the Python `InferenceConfiguration` 1.8.3 in camelCase;
 * `undefined` leaves the decision to the server.
 */
export interface InferenceConfiguration {
  /** Minimum confidence, 0..1, or the model's own `"best"` / `"default"`. Self-hosted v0 also reads 1..100 as per cent. */
  readonly confidenceThreshold: number | "best" | "default" | undefined;
  /** Minimum confidence of a key point, 0..1. */
  readonly keypointConfidenceThreshold: number | undefined;
  /** v0 only: `json`, `image` (a JPEG with the drawn results) or `image_and_json`. */
  readonly format: string | undefined;
  /** How masks are decoded: `accurate`, `fast` or `tradeoff`. */
  readonly maskDecodeMode: string | undefined;
  /** 0..1, with `maskDecodeMode: "tradeoff"`. */
  readonly tradeoffFactor: number | undefined;
  /** v1 only: candidates before non-maximum suppression. */
  readonly maxCandidates: number | undefined;
  /** Most results per image. */
  readonly maxDetections: number | undefined;
  /** Overlap at which the weaker of two boxes is dropped, 0..1. */
  readonly iouThreshold: number | undefined;
  /** Line width of server-drawn pictures, in pixels. */
  readonly strokeWidth: number | undefined;
  /** `false` asks the server not to bill; needs `serviceSecret`. */
  readonly countInference: boolean | undefined;
  /** Secret that goes with `countInference: false`. Sent in the query; never appears in errors or events. */
  readonly serviceSecret: string | undefined;
  readonly disablePreprocAutoOrientation: boolean | undefined;
  readonly disablePreprocContrast: boolean | undefined;
  readonly disablePreprocGrayscale: boolean | undefined;
  readonly disablePreprocStaticCrop: boolean | undefined;
  /** v1 only: suppress overlapping boxes of different classes too. */
  readonly classAgnosticNms: boolean | undefined;
  /** v1 only: names of the classes to keep. */
  readonly classFilter: readonly string[] | undefined;
  readonly fixBatchSize: boolean | undefined;
  /** Ask an anomaly model for its map. */
  readonly includeAnomalyMap: boolean | undefined;
  /** v1 only: ask for a picture with the results drawn by the server. Default false. */
  readonly visualizePredictions: boolean;
  readonly visualizeLabels: boolean | undefined;
  /** How a server-drawn picture is returned: base64 text (default) or bytes. */
  readonly outputVisualisationFormat: "base64" | "bytes";
  /** File name endings of pictures when a directory is read. */
  readonly imageExtensionsForDirectoryScan: readonly string[];
  /** `false` shrinks pictures on the client to the model's input size before sending. Default true. */
  readonly clientDownsizingDisabled: boolean;
  /** Longest side in pixels for client downsizing where the model's size is unknown (v0). Default 1024. */
  readonly defaultMaxInputSize: number;
  readonly disableActiveLearning: boolean;
  readonly activeLearningTargetDataset: string | undefined;
  /** Most requests in flight at once; a sliding window. Default 1. */
  readonly maxConcurrentRequests: number;
  /** Most images in one v1 request. Default 1. */
  readonly maxBatchSize: number;
  /** Marks where a call comes from, for the platform's statistics. */
  readonly source: string | undefined;
  readonly sourceInfo: string | undefined;
  readonly profilingDirectory: string;
  readonly workflowRunRetriesEnabled: boolean;
  /** `polygon` or `rle` (COCO run lengths). */
  readonly responseMaskFormat: "polygon" | "rle" | undefined;
  /** Where the API key travels. Default `auto`: header and the place that older servers read. */
  readonly apiKeyTransport: ApiKeyTransport;
  /** Allow masks on the model's own grid, with `mask_metadata` to map them back. Default false. */
  readonly allowReducedMaskResolution: boolean;
}

/** Any part of the configuration; what is left out (or `undefined`) keeps its default. */
export type InferenceConfigurationInput = {
  readonly [K in keyof InferenceConfiguration]?: InferenceConfiguration[K] | undefined;
};
