import type { ChatMessage } from "@inference-ts/sdk/huggingface/node";
import type { HfCall, HfTask } from "./hf-task.ts";

/** What all methods take: parameters with their names on the wire, and the signal. */
const settings = ({ options: { param }, signal }: HfCall) => ({ signal, parameters: param });

function messagesOf({ options: { system } }: HfCall, text: string): readonly ChatMessage[] {
  const user = { role: "user", content: text };
  return system === undefined ? [user] : [{ role: "system", content: system }, user];
}

const chatSettings = (call: HfCall) => ({ ...settings(call), maxTokens: call.options.maxTokens });
const generationSettings = (call: HfCall) => ({ ...settings(call), maxNewTokens: call.options.maxTokens });

/** The tasks of `infer hf`. */
export const HF_TASKS: readonly HfTask[] = [
  {
    name: "object-detection",
    summary: "Finds objects: label, score, box in pixels.",
    takes: "pictures",
    draws: true,
    run: (call, image) => call.client.objectDetection(image, settings(call)),
  },
  {
    name: "image-classification",
    summary: "Names what a picture shows.",
    takes: "pictures",
    run: (call, image) => call.client.imageClassification(image, settings(call)),
  },
  {
    name: "image-segmentation",
    summary: "Finds the parts of a picture, each with a mask.",
    takes: "pictures",
    writesFiles: true,
    run: (call, image) => call.client.imageSegmentation(image, settings(call)),
  },
  {
    name: "image-to-text",
    summary: "Describes a picture in words.",
    takes: "pictures",
    run: (call, image) => call.client.imageToText(image, settings(call)),
  },
  {
    name: "zero-shot-image-classification",
    summary: "Tells which of some labels fits a picture.",
    takes: "pictures",
    needs: ["label"],
    run: (call, image) =>
      call.client.zeroShotImageClassification(image, call.options.label ?? [], settings(call)),
  },
  {
    name: "zero-shot-object-detection",
    summary: "Finds objects of some labels.",
    takes: "pictures",
    needs: ["label"],
    draws: true,
    run: (call, image) =>
      call.client.zeroShotObjectDetection(image, call.options.label ?? [], settings(call)),
  },
  {
    name: "visual-question-answering",
    summary: "Answers a question about a picture.",
    takes: "pictures",
    needs: ["question"],
    run: (call, image) =>
      call.client.visualQuestionAnswering(image, call.options.question ?? "", settings(call)),
  },
  {
    name: "document-question-answering",
    summary: "Answers a question about the picture of a document.",
    takes: "pictures",
    needs: ["question"],
    run: (call, image) =>
      call.client.documentQuestionAnswering(image, call.options.question ?? "", settings(call)),
  },
  {
    name: "automatic-speech-recognition",
    summary: "Writes down what is said.",
    takes: "media",
    run: (call, audio) => call.client.automaticSpeechRecognition(audio, settings(call)),
  },
  {
    name: "audio-classification",
    summary: "Names what is heard.",
    takes: "media",
    run: (call, audio) => call.client.audioClassification(audio, settings(call)),
  },
  {
    name: "text-classification",
    summary: "Names what kind of text it is.",
    takes: "texts",
    run: (call, text) => call.client.textClassification(text, settings(call)),
  },
  {
    name: "token-classification",
    summary: "Finds names, places and other entities.",
    takes: "texts",
    run: (call, text) => call.client.tokenClassification(text, settings(call)),
  },
  {
    name: "zero-shot-classification",
    summary: "Tells which of some labels fits a text.",
    takes: "texts",
    needs: ["label"],
    run: (call, text) => call.client.zeroShotClassification(text, call.options.label ?? [], settings(call)),
  },
  {
    name: "fill-mask",
    summary: "Fills the gap of a text.",
    takes: "texts",
    run: (call, text) => call.client.fillMask(text, settings(call)),
  },
  {
    name: "feature-extraction",
    summary: "Turns a text into vectors.",
    takes: "texts",
    run: (call, text) => call.client.featureExtraction(text, settings(call)),
  },
  {
    name: "summarization",
    summary: "Makes a text short.",
    takes: "texts",
    run: (call, text) => call.client.summarization(text, settings(call)),
  },
  {
    name: "translation",
    summary: "Translates a text.",
    takes: "texts",
    run: (call, text) => call.client.translation(text, settings(call)),
  },
  {
    name: "text-generation",
    summary: "Writes on after a text, in pieces as they come.",
    takes: "texts",
    needs: ["maxTokens"],
    writesText: true,
    run: (call, text) => call.client.textGeneration(text, { ...generationSettings(call), details: true }),
    pieces: async function* (call, text) {
      yield* await call.client.textGeneration(text, { ...generationSettings(call), stream: true });
    },
  },
  {
    name: "chat",
    summary: "Asks a language model; the answer comes in pieces.",
    takes: "texts",
    needs: ["system", "maxTokens"],
    writesText: true,
    run: (call, text) => call.client.chatCompletion(messagesOf(call, text), chatSettings(call)),
    pieces: async function* (call, text) {
      const stream = await call.client.chatCompletion(messagesOf(call, text), {
        ...chatSettings(call),
        stream: true,
      });
      for await (const { choices } of stream) yield choices[0]?.delta.content ?? "";
    },
  },
];
