/** What the compiler says of results and options. Nothing here runs: the type check of this folder is the test. */
import type {
  ClassificationResult,
  ImageSource,
  InferEachItem,
  InferenceResult,
  InstanceSegmentationResult,
  MultiLabelClassificationResult,
  ObjectDetectionResult,
  InferenceHTTPClient as PortableClient,
} from "@inference-ts/sdk";
import type { InferenceHTTPClient as NodeClient } from "@inference-ts/sdk/node";
import { expectTypeOf } from "vitest";

export async function results(client: PortableClient | NodeClient, image: ImageSource): Promise<void> {
  // The task decides the result.
  expectTypeOf(
    await client.infer(image, { task: "object-detection" }),
  ).toEqualTypeOf<ObjectDetectionResult>();
  expectTypeOf(
    await client.infer(image, { task: "instance-segmentation", modelId: "a/1" }),
  ).toEqualTypeOf<InstanceSegmentationResult>();
  expectTypeOf(await client.infer(image)).toEqualTypeOf<InferenceResult>();
  expectTypeOf(
    await client.inferFromApiV0(image, { task: "classification" }),
  ).toEqualTypeOf<ClassificationResult>();
  expectTypeOf(
    await client.inferFromApiV1(image, { task: "classification" }),
  ).toEqualTypeOf<ClassificationResult>();

  // A list gives a list.
  expectTypeOf(await client.infer([image])).toEqualTypeOf<InferenceResult[]>();
  expectTypeOf(await client.infer([image], { task: "object-detection" })).toEqualTypeOf<
    ObjectDetectionResult[]
  >();
  expectTypeOf(await client.inferFromApiV1([image], { task: "object-detection" })).toEqualTypeOf<
    ObjectDetectionResult[]
  >();
  expectTypeOf(await client.infer([image] as const)).toEqualTypeOf<InferenceResult[]>();

  // Metadata comes with the same data.
  const { data, meta } = await client.infer([image], { task: "classification" }).withMeta();
  expectTypeOf(data).toEqualTypeOf<ClassificationResult[]>();
  expectTypeOf(meta.attempts).toEqualTypeOf<number>();
  expectTypeOf(meta.coldStart).toEqualTypeOf<boolean | undefined>();

  // The discriminant narrows.
  const any = await client.infer(image);
  if (any.task === "multi-label-classification") {
    expectTypeOf(any).toEqualTypeOf<MultiLabelClassificationResult>();
    expectTypeOf(any.predicted_classes).toEqualTypeOf<readonly string[]>();
  }
  // @ts-expect-error Which fields a prediction has depends on the task.
  any.predictions[0].width;

  // inferEach: items with the caller's own inputs, results by task.
  const files: string[] = ["a.jpg", "b.jpg"];
  for await (const item of client.inferEach(files, { task: "object-detection" })) {
    expectTypeOf(item).toEqualTypeOf<InferEachItem<ObjectDetectionResult, string>>();
    expectTypeOf(item.input).toEqualTypeOf<string>();
    if (item.ok) expectTypeOf(item.result.predictions[0]?.width).toEqualTypeOf<number | undefined>();
    else expectTypeOf(item.error.code).toExtend<string>();
    // @ts-expect-error Whether there is a result is known after a look at `ok`.
    item.result.task;
  }
  for await (const item of client.inferEach([image])) {
    expectTypeOf(item).toEqualTypeOf<InferEachItem<InferenceResult, ImageSource>>();
  }
}

export async function options(client: NodeClient, image: ImageSource): Promise<void> {
  // @ts-expect-error No such task.
  await client.infer(image, { task: "detection" });
  // @ts-expect-error Python's spelling.
  await client.infer(image, { model_id: "a/1" });
  // @ts-expect-error A field of the configuration, not of the call.
  await client.infer(image, { confidenceThreshold: 0.4 });
  // @ts-expect-error A wrong name.
  await client.infer(image, { configuration: { confidence: 0.4 } });
  // @ts-expect-error A wrong type.
  await client.infer(image, { configuration: { classFilter: "red" } });
  // @ts-expect-error Milliseconds are a number.
  await client.infer(image, { timeoutMs: "30s" });
  // @ts-expect-error A number is no image.
  await client.infer(7);
  // @ts-expect-error An unknown mode.
  client.with({ apiMode: "v2" });
  // @ts-expect-error The configuration is immutable.
  client.configuration.maxBatchSize = 4;
  // @ts-expect-error Read only.
  client.apiUrl = "http://localhost";
  // @ts-expect-error The address is needed.
  new (client.constructor as typeof NodeClient)({});
  await client.infer(image, { configuration: { confidenceThreshold: "best" }, timeoutMs: null });
}

export async function derived(client: NodeClient, image: ImageSource): Promise<void> {
  // A derived client is of the same class, and the callback's result is the call's.
  expectTypeOf(client.with({})).toEqualTypeOf<NodeClient>();
  expectTypeOf(
    await client.useModel("a/1", (one) => one.infer(image, { task: "classification" })),
  ).toEqualTypeOf<ClassificationResult>();
  expectTypeOf(await client.useApiV0(async (one) => one.selectedModel)).toEqualTypeOf<string | null>();
}
