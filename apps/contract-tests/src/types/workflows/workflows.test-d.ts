/** What the compiler says of generated workflow modules. Nothing here runs: the type check is the test. */
import type {
  Base64WorkflowImage,
  ImageSource,
  InferenceHTTPClient as PortableClient,
  SharpWorkflowImage,
  WorkflowDetections,
  WorkflowImage,
} from "@inference-ts/sdk";
import type { InferenceHTTPClient as NodeClient } from "@inference-ts/sdk/node";
import { expectTypeOf } from "vitest";
import { run as countDetections } from "./generated/count-detections.ts";
import { run as cropDetections } from "./generated/dynamic-crop.ts";
import { run as parseJson } from "./generated/json-parser.ts";

export async function outputs(client: PortableClient | NodeClient, image: ImageSource): Promise<void> {
  const counted = await countDetections(client, { images: { image }, parameters: { confidence: 0.5 } });
  expectTypeOf(counted.outputs).items.toHaveProperty("count").toEqualTypeOf<unknown>();
  expectTypeOf(counted.outputs)
    .items.toHaveProperty("predictions")
    .toEqualTypeOf<WorkflowDetections | null>();
  // A parameter with a default may be left out, and a list of pictures is a batch.
  await countDetections(client, { images: { image: [image, image] } });

  const cropped = await cropDetections(client, { images: { image } });
  expectTypeOf(cropped.outputs)
    .items.toHaveProperty("crops")
    .toEqualTypeOf<readonly (WorkflowImage | null)[] | null>();
  expectTypeOf(cropped.outputs)
    .items.toHaveProperty("inside")
    .toEqualTypeOf<readonly (WorkflowDetections | null)[] | null>();
  const inForm = await cropDetections(client, { images: { image } }, { outputImages: "base64" });
  expectTypeOf(inForm.outputs)
    .items.toHaveProperty("crops")
    .toEqualTypeOf<readonly (Base64WorkflowImage | null)[] | null>();
  const opened = await cropDetections(client, { images: { image } }, { outputImages: "sharp" });
  expectTypeOf(opened.outputs)
    .items.toHaveProperty("crops")
    .toEqualTypeOf<readonly (SharpWorkflowImage | null)[] | null>();
  const without = await cropDetections(client, { images: { image } }, { excludedFields: ["crops"] });
  expectTypeOf(without.outputs).items.toHaveProperty("inside");
  expectTypeOf(without.outputs).items.not.toHaveProperty("crops");

  const parsed = await parseJson(client, { parameters: { text: "{}" } });
  const all = parsed.outputs[0]?.all;
  expectTypeOf(all?.error_status).toEqualTypeOf<boolean | null | undefined>();
  expectTypeOf(all?.colour).toEqualTypeOf<unknown>();
}

export function wrongUse(client: NodeClient, image: ImageSource): void {
  // @ts-expect-error the image is missing
  countDetections(client, { images: {} });
  // @ts-expect-error all images are missing
  countDetections(client, {});
  // @ts-expect-error no image of this name
  countDetections(client, { images: { image, picture: image } });
  // @ts-expect-error an image is not a number
  countDetections(client, { images: { image: 1 } });
  // @ts-expect-error no parameter of this name
  countDetections(client, { images: { image }, parameters: { confidance: 0.5 } });
  // @ts-expect-error the parameter is a number
  countDetections(client, { images: { image }, parameters: { confidence: "0.5" } });
  // @ts-expect-error this workflow has no parameters
  cropDetections(client, { images: { image }, parameters: { confidence: 0.5 } });
  // @ts-expect-error no output of this name
  cropDetections(client, { images: { image } }, { excludedFields: ["crop"] });
  // @ts-expect-error no such form
  cropDetections(client, { images: { image } }, { outputImages: "jpeg" });
  // @ts-expect-error the inputs belong into the second argument
  cropDetections(client, { images: { image } }, { images: { image } });
  // @ts-expect-error a parameter without a default is required
  parseJson(client, { parameters: {} });
  // @ts-expect-error this workflow has no images
  parseJson(client, { images: { image }, parameters: { text: "{}" } });
  // @ts-expect-error no client
  parseJson({}, { parameters: { text: "{}" } });
}
