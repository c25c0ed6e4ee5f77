import { InvalidParameterError } from "@inference-ts/sdk/node";
import { pictureTask } from "./core-task.ts";

/** Families of models with routes of their own; what follows the slash is the version. */
const FAMILIES: readonly string[] = ["clip", "perception-encoder"];

/** `infer embed`. */
export const EMBED_TASK = pictureTask({
  name: "embed",
  summary: "Makes vectors of pictures, for search and comparison.",
  options: {
    model: {
      kind: "text",
      short: "-m",
      value: "id",
      required: true,
      help: "clip, clip/ViT-B-32, perception-encoder, or a classification model such as resnet50 or my-project/3",
    },
    layer: {
      kind: "text",
      choices: ["feature_vector", "logits"],
      help: "the vector before the last layer (default) or what comes out of it; classification models only",
    },
  },
  work: ({ model, layer }) => {
    const [family = "", ...rest] = model.split("/");
    const version = rest.length === 0 ? undefined : rest.join("/");
    if (FAMILIES.includes(family) && layer !== undefined) {
      throw new InvalidParameterError(`--layer is for classification models, not for ${family}.`);
    }
    return {
      run: (client, source, settings) => {
        if (family === "clip")
          return client.getClipImageEmbeddings(source, { ...settings, clipVersion: version });
        if (family === "perception-encoder") {
          const options = { ...settings, perceptionEncoderVersion: version };
          return client.getPerceptionEncoderImageEmbeddings(source, options);
        }
        return client.getImageEmbeddings(source, { ...settings, modelId: model, outputType: layer });
      },
    };
  },
});
