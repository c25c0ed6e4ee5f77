import { expect, expectTypeOf, test } from "vitest";
import type {
  ClassificationInferenceRequest,
  InstanceSegmentationInferenceResponse,
  LegacyInferenceQuery,
  ObjectDetectionInferenceRequest,
  operations,
  paths,
  Schema,
  SchemaName,
} from "./index.ts";
import * as schema from "./index.ts";

type Answer<Path extends keyof paths> = paths[Path] extends {
  post: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;

test("there is no code at run time", () => {
  expect(Object.keys(schema)).toEqual([]);
});

// The assertions below are checked by the type checker.
test("the server fills in the id of a request", () => {
  const request: ObjectDetectionInferenceRequest = {
    model_id: "colours/1",
    image: { type: "base64", value: "" },
  };
  expect(request).not.toHaveProperty("id");
  type RequestName = Extract<SchemaName, `${string}Request`>;
  type NeedsId = {
    [Name in RequestName]: Schema<Name> extends { id: string } ? Name : never;
  }[RequestName];
  expectTypeOf<NeedsId>().toEqualTypeOf<never>();
});

test("what has a default may be left out, what is nullable may be null", () => {
  expectTypeOf<ClassificationInferenceRequest["confidence"]>().toEqualTypeOf<
    number | "best" | "default" | undefined
  >();
  expectTypeOf<ObjectDetectionInferenceRequest["model_id"]>().toEqualTypeOf<string | null>();
});

test("every task route answers one result or a list", () => {
  expectTypeOf<InstanceSegmentationInferenceResponse[]>().toExtend<Answer<"/infer/instance_segmentation">>();
  expectTypeOf<Schema<"ObjectDetectionInferenceResponse">[]>().toExtend<Answer<"/infer/object_detection">>();
  expectTypeOf<Schema<"KeypointsDetectionInferenceResponse">[]>().toExtend<
    Answer<"/infer/keypoints_detection">
  >();
  expectTypeOf<Schema<"MultiLabelClassificationInferenceResponse">[]>().toExtend<
    Answer<"/infer/classification">
  >();
  expectTypeOf<Schema<"SemanticSegmentationInferenceResponse">[]>().toExtend<
    Answer<"/infer/semantic_segmentation">
  >();
});

test("the legacy route takes base64 text, and its answer is not unknown", () => {
  type Legacy = paths["/{dataset_id}/{version_id}"]["post"];
  type Body = NonNullable<Legacy["requestBody"]>["content"]["application/json"];
  expectTypeOf<Body>().toEqualTypeOf<string>();
  expectTypeOf<Answer<"/{dataset_id}/{version_id}">>().not.toBeUnknown();
  expectTypeOf<LegacyInferenceQuery>().toHaveProperty("countinference");
  expectTypeOf<operations>().toHaveProperty("registry_model_registry_get");
});
