import { readDepthMap } from "@inference-ts/sdk/node";
import { type CoreTask, clipTask, pictureTask } from "./core-task.ts";
import { depthPicture } from "./depth-picture.ts";

/** Depth, language, actions. */
export const OTHER_TASKS: readonly CoreTask[] = [
  pictureTask({
    name: "depth",
    summary: "how far away every pixel is, relative to the others; --out writes grey PNGs of 16 bits",
    writesFiles: true,
    options: {
      model: { kind: "text", short: "-m", value: "id", help: "default: depth-anything-v3/small" },
      map: {
        kind: "text",
        choices: ["json", "png16", "png8"],
        help: "form of normalized_depth: lists of numbers, or a PNG in base64 (default: png16; servers before 1.5 give lists)",
      },
    },
    work: ({ model, map = "png16" }) => ({
      run: (client, source, settings) =>
        client.depthEstimation(source, { ...settings, modelId: model, depthMapFormat: map }),
      split: async (answer) => {
        const { normalized_depth, ...result } = { normalized_depth: undefined, ...answer };
        const depth = await readDepthMap({ normalized_depth });
        const { width, height } = depth;
        const files = [{ ending: ".depth.png", bytes: await depthPicture(depth) }];
        return { result: { ...result, width, height }, files };
      },
    }),
  }),
  pictureTask({
    name: "lmm",
    summary: "what a multimodal model says about each picture",
    options: {
      model: {
        kind: "text",
        short: "-m",
        value: "id",
        required: true,
        help: "such as florence-2-base or qwen3vl-2b-instruct",
      },
      prompt: { kind: "text", value: "text", help: "what is asked, or a task word such as <CAPTION>" },
      maxNewTokens: { kind: "count", value: "count", help: "longest answer (default: the model's)" },
      thinking: { kind: "switch", help: "let a model that can think before it answers do so" },
    },
    work: ({ model, prompt, maxNewTokens, thinking }) => ({
      run: (client, source, settings) =>
        client.inferLmm(source, {
          ...settings,
          modelId: model,
          prompt,
          maxNewTokens,
          enableThinking: thinking,
        }),
    }),
  }),
  pictureTask({
    name: "cogvlm",
    summary: "what CogVLM says about each picture (servers before 1.0)",
    options: { prompt: { kind: "text", value: "text", required: true, help: "what is asked" } },
    work: ({ prompt }) => ({
      run: (client, source, settings) => client.promptCogvlm(source, { ...settings, textPrompt: prompt }),
    }),
  }),
  clipTask({
    name: "actions",
    summary: "which actions a video clip shows, and when",
    options: {
      model: { kind: "text", short: "-m", value: "id", required: true, help: "model id (project/version)" },
      class: {
        kind: "names",
        value: "names",
        help: "classes to look for, separated by commas or given again",
      },
      confidence: { kind: "fraction", value: "threshold", help: "least confidence, 0..1" },
      candidates: { kind: "switch", help: "also what was considered and dropped" },
    },
    work: ({ model, class: classFilter, confidence, candidates }) => ({
      run: (client, source, settings) =>
        client.inferOnVideo(source, {
          ...settings,
          modelId: model,
          classFilter,
          confidence,
          includeCandidates: candidates,
        }),
    }),
  }),
];
