import type { ImageSource } from "@inference-ts/images";
import type { TaskOptions } from "../client-options.ts";
import type { AudioToAudioOutputElement, AutomaticSpeechRecognitionOutput, LabelScore } from "../results.ts";
import type { AudioClassificationOptions } from "../tasks/audio-classification.ts";
import type { TextToSpeechOptions } from "../tasks/text-to-speech.ts";
import { mediaTasks } from "./task-modules.ts";
import { VisionMethods } from "./vision-methods.ts";

/** Methods of the audio tasks. */
export class AudioMethods extends VisionMethods {
  /**
   * Writes down what is said in a sound.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidInputFormatError and InvalidUrlInputError for an input that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const { text } = await client.automaticSpeechRecognition("hello.flac");
   * console.log(text);
   * ```
   */
  automaticSpeechRecognition(
    audio: ImageSource,
    options: TaskOptions = {},
  ): Promise<AutomaticSpeechRecognitionOutput> {
    return this.task(mediaTasks, "automaticSpeechRecognition", audio, options);
  }

  /**
   * Names what is heard in a sound, best first.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidInputFormatError and InvalidUrlInputError for an input that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const [best] = await client.audioClassification("hello.flac", { topK: 2 });
   * console.log(best?.label);
   * ```
   */
  audioClassification(audio: ImageSource, options: AudioClassificationOptions = {}): Promise<LabelScore[]> {
    return this.task(mediaTasks, "audioClassification", audio, options);
  }

  /**
   * Makes sounds out of a sound, such as one for each speaker.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidInputFormatError and InvalidUrlInputError for an input that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * for (const { label, blob } of await client.audioToAudio("two-voices.wav")) console.log(label, blob.size);
   * ```
   */
  audioToAudio(audio: ImageSource, options: TaskOptions = {}): Promise<AudioToAudioOutputElement[]> {
    return this.task(mediaTasks, "audioToAudio", audio, options);
  }

  /**
   * Speaks a text. The type of the blob is that of the sound.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for arguments that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const sound = await client.textToSpeech("Hello");
   * console.log(sound.type, sound.size);
   * ```
   */
  textToSpeech(text: string, options: TextToSpeechOptions = {}): Promise<Blob> {
    return this.task(mediaTasks, "textToSpeech", text, options);
  }
}
