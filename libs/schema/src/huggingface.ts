/**
 * Types of the two servers of Hugging Face that publish an OpenAPI document: Text Generation Inference (TGI) and Text
 * Embeddings Inference (TEI), generated from those documents. No code at run time.
 *
 * The default container of Inference Endpoints and the vision tasks have no document, so they have no types here.
 */
import type { components as TeiComponents, paths as TeiPaths } from "./generated/huggingface-tei.ts";
import type { components as TgiComponents, paths as TgiPaths } from "./generated/huggingface-tgi.ts";

export type { TeiPaths, TgiPaths };

/** A schema of TGI's document by its name, such as `"ChatRequest"`. */
export type TgiSchema<Name extends keyof TgiComponents["schemas"]> = TgiComponents["schemas"][Name];
/** A schema of TEI's document by its name, such as `"EmbedRequest"`. */
export type TeiSchema<Name extends keyof TeiComponents["schemas"]> = TeiComponents["schemas"][Name];

/** Body of TGI's `POST /generate` and `POST /generate_stream`. */
export type TgiGenerateRequest = TgiSchema<"GenerateRequest">;
/** The `parameters` of {@link TgiGenerateRequest}. */
export type TgiGenerateParameters = TgiSchema<"GenerateParameters">;
/** Answer of TGI's `POST /generate`; `POST /` answers a list of one. */
export type TgiGenerateResponse = TgiSchema<"GenerateResponse">;
/** One event of TGI's `POST /generate_stream`. */
export type TgiStreamResponse = TgiSchema<"StreamResponse">;
/** A rule that the generated text has to follow. */
export type TgiGrammar = TgiSchema<"GrammarType">;

/** Body of `POST /v1/chat/completions`. */
export type ChatCompletionRequest = TgiSchema<"ChatRequest">;
/** One message of a {@link ChatCompletionRequest}. */
export type ChatCompletionRequestMessage = TgiSchema<"Message">;
/** Answer of `POST /v1/chat/completions`. */
export type ChatCompletionResponse = TgiSchema<"ChatCompletion">;
/** One event of a streamed chat answer. The last one may have `usage` and no choice. */
export type ChatCompletionStreamEvent = TgiSchema<"ChatCompletionChunk">;
/** A function that the model may ask to be called. */
export type ChatCompletionTool = TgiSchema<"Tool">;

/** Answer of TGI's `GET /info`. */
export type TgiInfo = TgiSchema<"Info">;
/** Error body of TGI: 422 validation, 424 generation, 429 overloaded, 500 incomplete. */
export type TgiErrorResponse = TgiSchema<"ErrorResponse">;

/** Body of TEI's `POST /embed`. */
export type TeiEmbedRequest = TeiSchema<"EmbedRequest">;
/** Answer of TEI's `POST /embed`: one vector per input. */
export type TeiEmbedResponse = TeiSchema<"EmbedResponse">;
/** Body of TEI's `POST /rerank`. */
export type TeiRerankRequest = TeiSchema<"RerankRequest">;
/** Answer of TEI's `POST /rerank`, best first. */
export type TeiRerankResponse = TeiSchema<"RerankResponse">;
/** Body of TEI's `POST /predict`. */
export type TeiPredictRequest = TeiSchema<"PredictRequest">;
/** Answer of TEI's `POST /predict`. */
export type TeiPredictResponse = TeiSchema<"PredictResponse">;
/** Body of TEI's `POST /similarity`. */
export type TeiSimilarityRequest = TeiSchema<"SimilarityRequest">;
/** Answer of TEI's `POST /similarity`: one number per sentence. */
export type TeiSimilarityResponse = TeiSchema<"SimilarityResponse">;
/** Answer of TEI's `GET /info`. */
export type TeiInfo = TeiSchema<"Info">;
/** Error body of TEI; its types are capitalised, TGI's are not. */
export type TeiErrorResponse = TeiSchema<"ErrorResponse">;
