import type { ImageFormat, SharpLike } from "@inference-ts/images";

/** How the pictures among the outputs are handed out; `"sharp"` only by `./node`. */
export type OutputImageForm = "bytes" | "base64" | "data-url" | "sharp";

/** Where a cropped picture lies in the picture that it was cut from, in pixels. */
export interface ImageOrigin {
  readonly offset_x: number;
  readonly offset_y: number;
  /** Size of the picture that it was cut from. */
  readonly width: number;
  readonly height: number;
}

/** What the server knows of the frame that a picture is. */
export interface WorkflowVideoMetadata {
  readonly video_identifier: string;
  readonly frame_number: number;
  /** ISO 8601. */
  readonly frame_timestamp: string;
  readonly fps?: number | null;
  readonly measured_fps?: number | null;
  readonly comes_from_video_file?: boolean | null;
  readonly total_frames?: number | null;
  readonly [field: string]: unknown;
}

/** What every picture among the outputs carries beside itself; fields are those of the wire. */
export interface WorkflowImageFields {
  readonly video_metadata?: WorkflowVideoMetadata;
  readonly parent_id?: string;
  readonly parent_origin?: ImageOrigin;
  readonly root_parent_id?: string;
  readonly root_parent_origin?: ImageOrigin;
  readonly [field: string]: unknown;
}

/** What was read from the header of a picture. */
interface ReadHeader {
  readonly format: ImageFormat;
  /** Pixels after EXIF orientation; `null` for formats whose header is not read. */
  readonly width: number | null;
  readonly height: number | null;
}

/** A picture among the outputs as encoded bytes: the input's own where no block changed it, else JPEG. */
export interface WorkflowImage extends WorkflowImageFields, ReadHeader {
  readonly type: "bytes";
  readonly value: Uint8Array;
}

/** A picture among the outputs as the server sent it. */
export interface Base64WorkflowImage extends WorkflowImageFields {
  readonly type: "base64";
  /** Base64 text, with or without a `data:` prefix. */
  readonly value: string;
}

/** A picture among the outputs as a `data:` URL, for web pages. */
export interface DataUrlWorkflowImage extends WorkflowImageFields, ReadHeader {
  readonly type: "data-url";
  readonly value: string;
}

/** A picture among the outputs as a pipeline of sharp, upright; `./node` only. */
export interface SharpWorkflowImage extends WorkflowImageFields, ReadHeader {
  readonly type: "sharp";
  /** An instance of `Sharp`. */
  readonly value: SharpLike;
}

/** A picture among the outputs, by form. */
export interface WorkflowImageForms {
  readonly bytes: WorkflowImage;
  readonly base64: Base64WorkflowImage;
  readonly "data-url": DataUrlWorkflowImage;
  readonly sharp: SharpWorkflowImage;
}

const isText = (value: unknown) => typeof value === "string";

const VALUE_CHECKS: Readonly<Record<OutputImageForm, (value: unknown) => boolean>> = {
  bytes: (value) => value instanceof Uint8Array,
  base64: isText,
  "data-url": isText,
  sharp: (value) => typeof value === "object" && value !== null && "toBuffer" in value,
};

/** Names of the forms. */
export const OUTPUT_IMAGE_FORMS: readonly string[] = Object.keys(VALUE_CHECKS);

/** True for a picture among the outputs, in the form that was asked for. */
export function isWorkflowImage(value: unknown): value is WorkflowImage;
export function isWorkflowImage<Form extends OutputImageForm>(
  value: unknown,
  form: Form,
): value is WorkflowImageForms[Form];
export function isWorkflowImage(value: unknown, form: OutputImageForm = "bytes"): boolean {
  if (typeof value !== "object" || value === null || !("type" in value) || !("value" in value)) return false;
  return value.type === form && VALUE_CHECKS[form](value.value);
}
