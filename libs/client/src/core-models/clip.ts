import { compareClip, embedClipImage, embedClipText } from "@inference-ts/endpoints";
import type { CallScope } from "../call/call-scope.ts";
import { given } from "../given.ts";
import { checkOptions } from "./check-options.ts";
import { type CompareResult, type Comparison, compare } from "./compare.ts";
import type { CoreModelOptions, ImageInput } from "./core-model-options.ts";
import { requestOnce } from "./core-request.ts";
import {
  decodeEmbeddings,
  type Embeddings,
  splitEmbeddings,
  type VectorForm,
  type VectorOptions,
} from "./embeddings.ts";
import { forEachImage } from "./for-each-image.ts";

/** Which CLIP. */
export interface ClipVersion {
  /** Such as `ViT-B-32` or `RN50`. Default: the server's, `ViT-B-16`. */
  readonly clipVersion?: string | undefined;
}

/** What the CLIP embedding methods take. */
export type ClipOptions<Form extends VectorForm = VectorForm> = CoreModelOptions &
  VectorOptions<Form> &
  ClipVersion;

/** Vectors of CLIP. For images: one per result. */
export type ClipEmbeddings<Form extends VectorForm = "numbers"> = Embeddings<"ClipEmbeddingResponse", Form>;

const clip = (operation: string) => ({ operation: `POST /clip/${operation}`, modelId: "clip" });
const versionOf = ({ clipVersion }: ClipVersion) => given({ clip_version_id: clipVersion || undefined });

/** See `getClipImageEmbeddings` of the client. */
export function getClipImageEmbeddings<Form extends VectorForm>(
  scope: CallScope,
  input: ImageInput,
  options: ClipOptions<Form>,
): Promise<ClipEmbeddings<Form> | ClipEmbeddings<Form>[]> {
  return forEachImage(scope, input, {
    ...clip("embed_image"),
    batches: true,
    request: ({ images }, { client, fields, query, send }) =>
      embedClipImage(client, { ...fields, ...versionOf(options), image: images }, query, send),
    split: splitEmbeddings,
    decode: (body) => decodeEmbeddings<"ClipEmbeddingResponse", Form>(body, options.as),
  });
}

/** See `getClipTextEmbeddings` of the client. */
export async function getClipTextEmbeddings<Form extends VectorForm>(
  scope: CallScope,
  text: string | readonly string[],
  options: ClipOptions<Form>,
): Promise<ClipEmbeddings<Form>> {
  checkOptions("getClipTextEmbeddings", { text }, { text: "text or texts" });
  const data = await requestOnce(scope, clip("embed_text"), [], (_images, { client, fields, query, send }) =>
    embedClipText(
      client,
      { ...fields, ...versionOf(options), text: typeof text === "string" ? text : [...text] },
      query,
      send,
    ),
  );
  return decodeEmbeddings<"ClipEmbeddingResponse", Form>(data, options.as);
}

/** See `clipCompare` of the client. */
export function clipCompare(
  scope: CallScope,
  comparison: Comparison,
  options: ClipVersion,
): Promise<CompareResult> {
  return compare(scope, clip("compare"), comparison, (compared, { client, fields, query, send }) =>
    compareClip(client, { ...fields, ...compared, ...versionOf(options) }, query, send),
  );
}
