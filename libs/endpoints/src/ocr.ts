import type { CoreModelEndpoint } from "./core-model-endpoint.ts";
import { endpointAnswer, fetchWith } from "./endpoint-client.ts";

/** `POST /doctr/ocr`: text in an image, with DocTR. */
export const readWithDoctr: CoreModelEndpoint<"DoctrOCRInferenceRequest"> = async (
  client,
  body,
  query,
  send,
) => endpointAnswer(await client.POST("/doctr/ocr", { body, params: { query }, fetch: fetchWith(send) }));

/** `POST /easy_ocr/ocr`: text in an image, with EasyOCR. */
export const readWithEasyOcr: CoreModelEndpoint<"EasyOCRInferenceRequest"> = async (
  client,
  body,
  query,
  send,
) => endpointAnswer(await client.POST("/easy_ocr/ocr", { body, params: { query }, fetch: fetchWith(send) }));

/** `POST /ocr/trocr`: one line of text, with TrOCR. */
export const readWithTrocr: CoreModelEndpoint<"TrOCRInferenceRequest"> = async (client, body, query, send) =>
  endpointAnswer(await client.POST("/ocr/trocr", { body, params: { query }, fetch: fetchWith(send) }));

/** `POST /ocr/pp-ocr`: text in an image, with PP-OCR. */
export const readWithPpOcr: CoreModelEndpoint<"PPOCRInferenceRequest"> = async (client, body, query, send) =>
  endpointAnswer(await client.POST("/ocr/pp-ocr", { body, params: { query }, fetch: fetchWith(send) }));
