import { comparePerception, embedPerceptionImage, embedPerceptionText } from "@inference-ts/endpoints";
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

/** Which Perception Encoder. */
export interface PerceptionEncoderVersion {
  /** Such as `PE-Core-B16-224`. Default: the server's, `PE-Core-L14-336`. */
  readonly perceptionEncoderVersion?: string | undefined;
}

/** What the Perception Encoder's embedding methods take. */
export type PerceptionEncoderOptions<Form extends VectorForm = VectorForm> = CoreModelOptions &
  VectorOptions<Form> &
  PerceptionEncoderVersion;

/** Vectors of the Perception Encoder. For images: one per result. */
export type PerceptionEncoderEmbeddings<Form extends VectorForm = "numbers"> = Embeddings<
  "PerceptionEncoderEmbeddingResponse",
  Form
>;

const encoder = (operation: string) => ({
  operation: `POST /perception_encoder/${operation}`,
  modelId: "perception_encoder",
});
const versionOf = ({ perceptionEncoderVersion: version }: PerceptionEncoderVersion) =>
  given({ perception_encoder_version_id: version || undefined });

/** See `getPerceptionEncoderImageEmbeddings` of the client. */
export function getPerceptionEncoderImageEmbeddings<Form extends VectorForm>(
  scope: CallScope,
  input: ImageInput,
  options: PerceptionEncoderOptions<Form>,
): Promise<PerceptionEncoderEmbeddings<Form> | PerceptionEncoderEmbeddings<Form>[]> {
  return forEachImage(scope, input, {
    ...encoder("embed_image"),
    batches: true,
    request: ({ images }, { client, fields, query, send }) =>
      embedPerceptionImage(client, { ...fields, ...versionOf(options), image: images }, query, send),
    split: splitEmbeddings,
    decode: (body) => decodeEmbeddings<"PerceptionEncoderEmbeddingResponse", Form>(body, options.as),
  });
}

/** See `getPerceptionEncoderTextEmbeddings` of the client. */
export async function getPerceptionEncoderTextEmbeddings<Form extends VectorForm>(
  scope: CallScope,
  text: string | readonly string[],
  options: PerceptionEncoderOptions<Form>,
): Promise<PerceptionEncoderEmbeddings<Form>> {
  checkOptions("getPerceptionEncoderTextEmbeddings", { text }, { text: "text or texts" });
  const wanted = typeof text === "string" ? text : [...text];
  const data = await requestOnce(scope, encoder("embed_text"), [], (_images, target) =>
    embedPerceptionText(
      target.client,
      { ...target.fields, ...versionOf(options), text: wanted },
      target.query,
      target.send,
    ),
  );
  return decodeEmbeddings<"PerceptionEncoderEmbeddingResponse", Form>(data, options.as);
}

/** See `perceptionEncoderCompare` of the client. */
export function perceptionEncoderCompare(
  scope: CallScope,
  comparison: Comparison,
  options: PerceptionEncoderVersion,
): Promise<CompareResult> {
  return compare(scope, encoder("compare"), comparison, (compared, { client, fields, query, send }) =>
    comparePerception(client, { ...fields, ...compared, ...versionOf(options) }, query, send),
  );
}
