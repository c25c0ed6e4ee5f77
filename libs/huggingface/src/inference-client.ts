import { HubMethods } from "./methods/hub-methods.ts";

/**
 * The client of Hugging Face's inference services and of every server that speaks like them (Python: `InferenceClient` of
 * huggingface_hub 0.27.1): the serverless API, Inference Endpoints, Text Generation Inference, Text Embeddings Inference, and servers
 * with OpenAI's chat route. One class for `InferenceClient` and `AsyncInferenceClient`: every method gives a promise.
 */
export class HuggingFaceClient extends HubMethods {}
