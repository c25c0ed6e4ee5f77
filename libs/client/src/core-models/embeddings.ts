import type { SchemaName } from "@inference-ts/schema";
import { type CheckedAnswer, checkAnswer, refuseAnswer } from "./check-answer.ts";

/** How vectors are given: as the answer has them, or packed. */
export type VectorForm = "numbers" | "float32";

/** Vectors of a form: `embeddings[i]` belongs to the i-th input. */
export type Vectors<Form extends VectorForm> = Form extends "float32"
  ? readonly Float32Array[]
  : readonly (readonly number[])[];

/** What every embedding call takes. */
export interface VectorOptions<Form extends VectorForm> {
  /** `"float32"`: vectors as `Float32Array`. Default `"numbers"`. */
  readonly as?: Form | undefined;
}

/** An answer with vectors. `Name` is its schema. */
export type Embeddings<
  Name extends "ClipEmbeddingResponse" | "PerceptionEncoderEmbeddingResponse" | "ImageEmbeddingResponse",
  Form extends VectorForm,
> = Omit<CheckedAnswer<Name, never>, "embeddings"> & { readonly embeddings: Vectors<Form> };

/** A schema that has vectors. */
export type EmbeddingSchema = Extract<
  SchemaName,
  "ClipEmbeddingResponse" | "PerceptionEncoderEmbeddingResponse" | "ImageEmbeddingResponse"
>;

/**
 * The answers of the images of one request: servers put the vectors of a batch into one answer, whose other fields hold for each
 * image.
 */
export function splitEmbeddings(data: unknown, count: number): readonly unknown[] {
  if (Array.isArray(data)) {
    if (data.length === count) return data;
    return refuseAnswer("", `a list of ${count}`, data);
  }
  const body = checkAnswer<{ readonly embeddings: readonly unknown[] }>(data, { embeddings: "list" });
  if (count === 1) return [body];
  if (body.embeddings.length !== count)
    refuseAnswer("embeddings", `a list of ${count} vectors`, body.embeddings);
  return body.embeddings.map((vector) => ({ ...body, embeddings: [vector] }));
}

/** Checks the vectors of an answer and brings them to the wanted form. */
export function decodeEmbeddings<Name extends EmbeddingSchema, Form extends VectorForm>(
  body: unknown,
  form: Form | undefined,
): Embeddings<Name, Form>;
export function decodeEmbeddings(body: unknown, form: VectorForm | undefined): object {
  const { embeddings, ...rest } = checkAnswer<{ readonly embeddings: readonly unknown[] }>(body, {
    embeddings: "list",
  });
  const vectors = embeddings.map((vector, index) => {
    const at = `embeddings[${index}]`;
    if (!Array.isArray(vector)) return refuseAnswer(at, "a list of numbers", vector);
    const wrong = vector.findIndex((value: unknown) => typeof value !== "number");
    if (wrong >= 0) return refuseAnswer(`${at}[${wrong}]`, "a number", vector[wrong]);
    return form === "float32" ? Float32Array.from(vector) : vector;
  });
  return { ...rest, embeddings: vectors };
}
