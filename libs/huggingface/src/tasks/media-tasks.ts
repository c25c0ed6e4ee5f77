// Tasks of pictures and sounds but the three most used, loaded together: each alone is smaller than what another file costs.
export { audioClassification } from "./audio-classification.ts";
export { audioToAudio } from "./audio-to-audio.ts";
export { automaticSpeechRecognition } from "./automatic-speech-recognition.ts";
export { depthEstimation } from "./depth-estimation.ts";
export { documentQuestionAnswering } from "./document-question-answering.ts";
export { imageToImage } from "./image-to-image.ts";
export { imageToText } from "./image-to-text.ts";
export { textToImage } from "./text-to-image.ts";
export { textToSpeech } from "./text-to-speech.ts";
export { visualQuestionAnswering } from "./visual-question-answering.ts";
export { zeroShotImageClassification } from "./zero-shot-image-classification.ts";
export { zeroShotObjectDetection } from "./zero-shot-object-detection.ts";
