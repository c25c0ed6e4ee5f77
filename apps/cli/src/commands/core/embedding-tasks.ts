import { type CoreTask, pictureTask, textTask } from "./core-task.ts";
import { promptsOf } from "./prompts.ts";

const CLIP = {
  modelVersion: {
    kind: "text",
    value: "id",
    help: "such as ViT-B-32 or RN50 (default: the server's, ViT-B-16)",
  },
} as const;

const PERCEPTION_ENCODER = {
  modelVersion: { kind: "text", value: "id", help: "such as PE-Core-L14-336 (default: the server's)" },
} as const;

const PROMPTS = {
  prompt: { kind: "texts", value: "text", help: "what to compare with; can be given again" },
  promptImage: {
    kind: "texts",
    value: "file",
    help: "a picture to compare with instead; can be given again",
  },
} as const;

/** One answer with a vector for each text, as one answer for each. */
function perText<Answer extends { readonly embeddings: readonly unknown[] }>(answer: Answer): object[] {
  return answer.embeddings.map((vector) => ({ ...answer, embeddings: [vector] }));
}

/** Embeddings of pictures and texts, and comparing them. */
export const EMBEDDING_TASKS: readonly CoreTask[] = [
  pictureTask({
    name: "clip-image",
    summary: "CLIP vectors of pictures",
    options: CLIP,
    work: ({ modelVersion }) => ({
      run: (client, source, settings) =>
        client.getClipImageEmbeddings(source, { ...settings, clipVersion: modelVersion }),
    }),
  }),
  textTask({
    name: "clip-text",
    summary: "CLIP vectors of texts",
    options: CLIP,
    work: ({ modelVersion }) => ({
      run: async (client, texts, settings) =>
        perText(await client.getClipTextEmbeddings(texts, { ...settings, clipVersion: modelVersion })),
    }),
  }),
  pictureTask({
    name: "clip-compare",
    summary: "how alike CLIP finds each picture and the prompts, -1 to 1",
    options: { ...PROMPTS, ...CLIP },
    work: ({ modelVersion, ...given }) => {
      const { prompt, promptType } = promptsOf(given);
      return {
        run: (client, source, settings) =>
          client.clipCompare(source, prompt, { ...settings, promptType, clipVersion: modelVersion }),
      };
    },
  }),
  pictureTask({
    name: "pe-image",
    summary: "vectors of pictures by Perception Encoder",
    options: PERCEPTION_ENCODER,
    work: ({ modelVersion }) => ({
      run: (client, source, settings) =>
        client.getPerceptionEncoderImageEmbeddings(source, {
          ...settings,
          perceptionEncoderVersion: modelVersion,
        }),
    }),
  }),
  textTask({
    name: "pe-text",
    summary: "vectors of texts by Perception Encoder",
    options: PERCEPTION_ENCODER,
    work: ({ modelVersion }) => ({
      run: async (client, texts, settings) => {
        const options = { ...settings, perceptionEncoderVersion: modelVersion };
        return perText(await client.getPerceptionEncoderTextEmbeddings(texts, options));
      },
    }),
  }),
  pictureTask({
    name: "pe-compare",
    summary: "how alike Perception Encoder finds each picture and the prompts, -1 to 1",
    options: { ...PROMPTS, ...PERCEPTION_ENCODER },
    work: ({ modelVersion, ...given }) => {
      const { prompt, promptType } = promptsOf(given);
      return {
        run: (client, source, settings) =>
          client.perceptionEncoderCompare(source, prompt, {
            ...settings,
            promptType,
            perceptionEncoderVersion: modelVersion,
          }),
      };
    },
  }),
];
