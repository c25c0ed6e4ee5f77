/** What a classification model found, as a workflow gives it out. With several labels `predictions` is an object by class. */
export type WorkflowClassification = WorkflowSingleLabel | WorkflowMultiLabel;

interface ClassificationFields {
  /** Size of the picture in pixels. */
  readonly image: { readonly width: number | null; readonly height: number | null };
  readonly inference_id?: string | null;
  readonly parent_id?: string;
  readonly root_parent_id?: string;
  readonly prediction_type?: string;
  readonly [field: string]: unknown;
}

/** Classes in falling order of confidence; `top` is empty where none passed the threshold. */
export interface WorkflowSingleLabel extends ClassificationFields {
  readonly predictions: readonly {
    readonly class: string;
    readonly class_id: number;
    readonly confidence: number;
  }[];
  readonly top: string;
  readonly confidence: number;
}

/** Every class with its confidence, and the names of those that passed the threshold. */
export interface WorkflowMultiLabel extends ClassificationFields {
  readonly predictions: Readonly<Record<string, { readonly class_id: number; readonly confidence: number }>>;
  readonly predicted_classes: readonly string[];
}

/** A piece of a video clip in which an action was seen. */
export interface WorkflowActionSpan {
  readonly start_frame_idx: number;
  readonly end_frame_idx: number;
  readonly class: string;
  readonly class_id: number;
  readonly confidence?: number | null;
}

/** Numbers of an array with any number of dimensions. */
export type WorkflowNumbers = number | readonly WorkflowNumbers[];

/** An object of the wire whose fields depend on the block. */
export type WorkflowRecord = Readonly<Record<string, unknown>>;

/** One value per element, in lists nested as deep as the steps before it made them; `null` where a step was skipped. */
export type WorkflowNested<T> = T | null | readonly WorkflowNested<T>[];

/** The value of a batch input that is no picture: one, a list, or nested lists. */
export type WorkflowBatch<T> = T | readonly WorkflowBatch<T>[];
