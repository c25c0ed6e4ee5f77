import { embedSamImage, segmentWithSam } from "@inference-ts/endpoints";
import type { ImageSource } from "@inference-ts/images";
import type { CallScope } from "../call/call-scope.ts";
import { given } from "../given.ts";
import { type BinaryAnswer, bytesOr } from "./binary-answer.ts";
import type { CheckedAnswer } from "./check-answer.ts";
import { checkOptions } from "./check-options.ts";
import type { CoreModelOptions, ImageInput } from "./core-model-options.ts";
import { requestOnce } from "./core-request.ts";
import { forEachImage } from "./for-each-image.ts";

/** How SAM 1 answers: numbers, or the bytes of a NumPy archive. */
export type SamFormat = "json" | "binary";

interface SamModel {
  /** Such as `vit_b`. Default: the server's, `vit_h`. */
  readonly samVersionId?: string | undefined;
  /** The server keeps the embedding of an image under this id, so that it is computed once. */
  readonly imageId?: string | undefined;
}

/** What `samEmbedImage` takes beside its images. */
export interface SamEmbedOptions<Format extends SamFormat = SamFormat> extends CoreModelOptions, SamModel {
  /** Default `json`. */
  readonly format?: Format | undefined;
}

/** The embedding of one image: nested lists of numbers, or bytes. */
export type SamEmbedding<Format extends SamFormat = "json"> = Format extends "binary"
  ? BinaryAnswer
  : CheckedAnswer<"SamEmbeddingResponse", "embeddings">;

/** See `samEmbedImage` of the client. */
export function samEmbedImage<Format extends SamFormat>(
  scope: CallScope,
  input: ImageInput,
  { samVersionId, imageId, format }: SamEmbedOptions<Format>,
): Promise<SamEmbedding<Format> | SamEmbedding<Format>[]> {
  const own = given({ sam_version_id: samVersionId, image_id: imageId, format });
  return forEachImage(scope, input, {
    operation: "POST /sam/embed_image",
    modelId: "sam",
    batches: false,
    request: ({ image }, { client, fields, query, send }) =>
      embedSamImage(client, { ...fields, ...own, image }, query, send),
    decode: (body) => bytesOr<SamEmbedding<Format>>(body, format, { embeddings: "list" }),
  });
}

/** What `samSegmentImage` takes beside its image. */
export interface SamSegmentOptions<Format extends SamFormat = SamFormat> extends CoreModelOptions, SamModel {
  /** Points `[x, y]` in pixels of the image. */
  readonly pointCoords: readonly (readonly [x: number, y: number])[];
  /** One per point: 1 = inside, 0 = outside, 2 and 3 = corners of a box, -1 = padding. */
  readonly pointLabels: readonly number[];
  /** The embedding that `samEmbedImage` gave; without it the image, or the one kept under `imageId`, counts. */
  readonly embeddings?: readonly (readonly (readonly (readonly number[])[])[])[] | undefined;
  /** `[height, width]` of the image in pixels, with `embeddings`. */
  readonly origImSize?: readonly [height: number, width: number] | undefined;
  /** Masks of low resolution from an earlier answer (`low_res_masks`). */
  readonly maskInput?: readonly (readonly (readonly number[])[])[] | undefined;
  readonly hasMaskInput?: boolean | undefined;
  /** Start from the mask of the last answer for this image. Server's default true. */
  readonly useMaskInputCache?: boolean | undefined;
  /** Default `json`. */
  readonly format?: Format | undefined;
}

/** Masks of SAM 1: polygons in pixels of the image, or bytes. */
export type SamSegmentation<Format extends SamFormat = "json"> = Format extends "binary"
  ? BinaryAnswer
  : CheckedAnswer<"SamSegmentationResponse", "masks" | "low_res_masks">;

/** See `samSegmentImage` of the client. */
export async function samSegmentImage<Format extends SamFormat>(
  scope: CallScope,
  image: ImageSource | null,
  options: SamSegmentOptions<Format>,
): Promise<SamSegmentation<Format>> {
  checkOptions(
    "samSegmentImage",
    options,
    { pointCoords: "objects", pointLabels: "list" },
    { origImSize: "list" },
  );
  const { format, embeddings, origImSize, maskInput } = options;
  const own = given({
    sam_version_id: options.samVersionId,
    image_id: options.imageId,
    embeddings,
    orig_im_size: origImSize ? [...origImSize] : undefined,
    mask_input: maskInput,
    has_mask_input: options.hasMaskInput,
    use_mask_input_cache: options.useMaskInputCache,
    format,
  });
  const route = { operation: "POST /sam/segment_image", modelId: "sam" };
  const inputs = image === null ? [] : [image];
  const data = await requestOnce(scope, route, inputs, ([wire], { client, fields, query, send }) =>
    segmentWithSam(
      client,
      {
        ...fields,
        ...own,
        point_coords: options.pointCoords.map((point) => [...point]),
        point_labels: [...options.pointLabels],
        ...given({ image: wire }),
      },
      query,
      send,
    ),
  );
  return bytesOr<SamSegmentation<Format>>(data, format, { masks: "list", low_res_masks: "list" });
}
