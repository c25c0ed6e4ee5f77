/** A label with its score. */
export interface LabelScore {
  readonly label: string;
  /** From 0 to 1. */
  readonly score: number;
}

/** A box in whole pixels of the picture, corners included. */
export interface DetectionBox {
  readonly xmin: number;
  readonly ymin: number;
  readonly xmax: number;
  readonly ymax: number;
}

/** One object that was found (`ObjectDetectionOutputElement`). */
export interface ObjectDetectionOutputElement extends LabelScore {
  readonly box: DetectionBox;
}

/** One segment of a picture (`ImageSegmentationOutputElement`). */
export interface ImageSegmentationOutputElement {
  readonly label: string;
  /** Absent where the model gives none. */
  readonly score?: number | null;
  /** The mask as an encoded grey PNG, white where the segment is; `undefined` where the server sent none. */
  readonly mask: Uint8Array | undefined;
}

/** The depth of a picture. Newer than huggingface_hub 0.27.1; the fields beside `depth` are those of the server. */
export interface DepthEstimationOutput {
  /** A grey PNG, bright where something is near; `undefined` where the server sent none. */
  readonly depth: Uint8Array | undefined;
  readonly [field: string]: unknown;
}

/** Text made from a picture (`ImageToTextOutput`). */
export interface ImageToTextOutput {
  readonly generated_text: string;
}

/** An answer about a picture (`VisualQuestionAnsweringOutputElement`). */
export interface VisualQuestionAnsweringOutputElement {
  readonly answer: string;
  readonly score: number;
}

/** An answer out of a document or text; `start` and `end` are places in it. */
export interface ExtractedAnswer {
  readonly answer: string;
  readonly score: number;
  readonly start: number;
  readonly end: number;
}

/** Recognised speech (`AutomaticSpeechRecognitionOutput`). */
export interface AutomaticSpeechRecognitionOutput {
  readonly text: string;
  /** Pieces with their times in seconds, where they were asked for. */
  readonly chunks?:
    | readonly { readonly text: string; readonly timestamp: readonly (number | null)[] }[]
    | null;
}

/** One sound made from a sound (`AudioToAudioOutputElement`). */
export interface AudioToAudioOutputElement {
  readonly label: string;
  readonly "content-type": string;
  /** The sound itself; `blob.type` is its content type. */
  readonly blob: Blob;
}

/** One filling of the mask (`FillMaskOutputElement`). */
export interface FillMaskOutputElement {
  readonly sequence: string;
  readonly score: number;
  /** Id of the filled token, and its text. */
  readonly token: number;
  readonly token_str: string;
}

/** A summary (`SummarizationOutput`). */
export interface SummarizationOutput {
  readonly summary_text: string;
}

/** A translation (`TranslationOutput`). */
export interface TranslationOutput {
  readonly translation_text: string;
}

/** One found entity (`TokenClassificationOutputElement`); `start` and `end` are places in the text. */
export interface TokenClassificationOutputElement {
  /** With an aggregation strategy. */
  readonly entity_group?: string | null;
  /** Without one. */
  readonly entity?: string | null;
  readonly score: number;
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** An answer out of a table (`TableQuestionAnsweringOutputElement`). */
export interface TableQuestionAnsweringOutputElement {
  readonly answer: string;
  readonly cells: readonly string[];
  /** Row and column of each cell. */
  readonly coordinates: readonly (readonly number[])[];
  readonly aggregator?: string | null;
}

/** Columns of a table by name; the values are text. */
export type Table = Readonly<Record<string, readonly unknown[]>>;

/** Vectors of texts: numbers, nested as the model gives them. */
export type Embedding = number[] | Embedding[];
