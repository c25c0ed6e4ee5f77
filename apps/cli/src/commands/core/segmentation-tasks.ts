import { type ConceptPrompt, InvalidParameterError, type MaskInput } from "@inference-ts/sdk/node";
import { type CoreTask, pictureTask, type ResultFile } from "./core-task.ts";
import { readJsonFile } from "./detection-tasks.ts";
import { visualPrompts } from "./prompts.ts";

const POINTS = {
  point: { kind: "points", value: "x,y", help: "a point inside the object, in pixels; can be given again" },
  outsidePoint: { kind: "points", value: "x,y", help: "a point outside of it; can be given again" },
} as const;

const VISUAL = {
  box: {
    kind: "boxes",
    value: "x,y,width,height",
    help: "a box around an object, x and y its CENTRE, in pixels; can be given again",
  },
  ...POINTS,
  masks: {
    kind: "text",
    choices: ["json", "rle"],
    help: "form of the masks: polygons (json, default) or COCO run lengths",
  },
  imageId: {
    kind: "text",
    oneInput: true,
    value: "id",
    help: "keep the picture's embedding on the server under this id; for one input",
  },
} as const;

const IMAGE_ID = {
  imageId: {
    kind: "text",
    oneInput: true,
    value: "id",
    help: "id to keep it under (default: one that the server makes); for one input",
  },
} as const;

/** Masks of what boxes, points and words mean. */
export const SEGMENTATION_TASKS: readonly CoreTask[] = [
  pictureTask({
    name: "sam",
    summary: "masks for points, by SAM 1",
    options: {
      ...POINTS,
      modelVersion: { kind: "text", value: "id", help: "such as vit_h (default: the server's)" },
    },
    work: ({ point = [], outsidePoint = [], modelVersion }) => {
      if (point.length + outsidePoint.length === 0) {
        throw new InvalidParameterError("Give at least one --point x,y inside the object.");
      }
      const pointCoords = [...point, ...outsidePoint].map(({ x, y }) => [x, y] as const);
      const pointLabels = [...point.map(() => 1), ...outsidePoint.map(() => 0)];
      return {
        run: (client, source, settings) =>
          client.samSegmentImage(source, {
            ...settings,
            pointCoords,
            pointLabels,
            samVersionId: modelVersion,
          }),
      };
    },
  }),
  pictureTask({
    name: "sam2",
    summary: "masks for boxes and points, by SAM 2; without any, of what the model finds",
    options: {
      ...VISUAL,
      modelVersion: { kind: "text", value: "id", help: "such as hiera_large (default: hiera_tiny)" },
    },
    work: ({ masks, imageId, modelVersion, ...visual }) => ({
      run: (client, source, settings) =>
        client.sam2SegmentImage(source, {
          ...settings,
          prompts: visualPrompts(visual),
          maskInputFormat: masks,
          imageId,
          sam2VersionId: modelVersion,
        }),
    }),
  }),
  pictureTask({
    name: "sam2-embed",
    summary: "makes the server compute and keep SAM 2 embeddings",
    options: {
      ...IMAGE_ID,
      modelVersion: { kind: "text", value: "id", help: "such as hiera_tiny (default: the server's)" },
    },
    work: ({ imageId, modelVersion }) => ({
      run: (client, source, settings) =>
        client.sam2EmbedImage(source, { ...settings, imageId, sam2VersionId: modelVersion }),
    }),
  }),
  pictureTask({
    name: "sam3-concept",
    summary: "masks of everything that words or example boxes mean, by SAM 3",
    options: {
      text: { kind: "texts", value: "words", help: "a concept to look for; can be given again" },
      box: {
        kind: "boxes",
        value: "x,y,width,height",
        help: "an example, x and y its TOP LEFT corner, in pixels; can be given again (one more concept)",
      },
      threshold: {
        kind: "fraction",
        value: "probability",
        help: "least probability of a mask, 0..1 (default: 0.5)",
      },
      nmsIou: {
        kind: "fraction",
        value: "overlap",
        help: "drop the weaker of two masks of different concepts that overlap more, 0..1",
      },
      masks: { kind: "text", choices: ["polygon", "rle"], help: "form of the masks (default: polygon)" },
      model: { kind: "text", short: "-m", value: "id", help: "default: sam3/sam3_final" },
    },
    work: ({ text = [], box = [], threshold, nmsIou, masks, model }) => {
      const concepts = text.map((words): ConceptPrompt => ({ type: "text", text: words }));
      const examples: ConceptPrompt[] =
        box.length === 0 ? [] : [{ type: "visual", boxes: box, box_labels: box.map(() => 1) }];
      const prompts = [...concepts, ...examples];
      if (prompts.length === 0)
        throw new InvalidParameterError("Give what to look for: --text words, or --box.");
      return {
        run: (client, source, settings) =>
          client.sam3ConceptSegment(source, {
            ...settings,
            prompts,
            outputProbThresh: threshold,
            nmsIouThreshold: nmsIou,
            format: masks,
            modelId: model,
          }),
      };
    },
  }),
  pictureTask({
    name: "sam3-visual",
    summary: "masks for boxes and points, by SAM 3",
    options: VISUAL,
    work: ({ masks, imageId, ...visual }) => ({
      run: (client, source, settings) =>
        client.sam3VisualSegment(source, {
          ...settings,
          prompts: visualPrompts(visual),
          maskInputFormat: masks,
          imageId,
        }),
    }),
  }),
  pictureTask({
    name: "sam3-embed",
    summary: "makes the server compute and keep SAM 3 embeddings",
    options: IMAGE_ID,
    work: ({ imageId }) => ({
      run: (client, source, settings) => client.sam3EmbedImage(source, { ...settings, imageId }),
    }),
  }),
  pictureTask({
    name: "sam3-3d",
    summary: "3D objects of masks, by SAM 3D; --out writes their files",
    writesFiles: true,
    options: {
      mask: {
        kind: "text",
        value: "file",
        required: true,
        help: "JSON with the masks: polygons or COCO run lengths",
      },
      model: { kind: "text", short: "-m", value: "id", help: "default: sam3-3d-objects" },
      quick: { kind: "switch", help: "smaller networks: quicker, less exact" },
    },
    work: async ({ mask, model, quick }) => {
      const maskInput = await readMask(mask);
      return {
        run: (client, source, settings) =>
          client.sam3_3dInfer(source, { ...settings, maskInput, modelId: model, useDistillations: quick }),
        split: async (result) => splitFiles(result),
      };
    },
  }),
];

async function readMask(path: string): Promise<MaskInput> {
  const data = await readJsonFile(path, "masks");
  if (typeof data === "string" || (typeof data === "object" && data !== null)) return data;
  throw new InvalidParameterError(`${path} must hold a mask: a list, an object or a text.`);
}

/** Fields whose text is a file in base64. */
const FILE_FIELDS: Readonly<Record<string, string>> = { mesh_glb: "glb", gaussian_ply: "ply" };

/** Takes the files out of a scene and of its objects. */
function splitFiles(scene: object): { readonly result: object; readonly files: readonly ResultFile[] } {
  const files: ResultFile[] = [];
  const strip = (fields: object, prefix: string): object =>
    Object.fromEntries(
      Object.entries(fields).filter(([name, value]) => {
        const ending = FILE_FIELDS[name];
        if (ending === undefined || typeof value !== "string") return true;
        files.push({ ending: `${prefix}.${ending}`, bytes: Buffer.from(value, "base64") });
        return false;
      }),
    );
  const result = strip(scene, "");
  const objects: unknown = "objects" in scene ? scene.objects : undefined;
  if (!Array.isArray(objects)) return { result, files };
  const stripped = objects.map((one: unknown, index) =>
    typeof one === "object" && one !== null ? strip(one, `.object-${index + 1}`) : one,
  );
  return { result: { ...result, objects: stripped }, files };
}
