// The most used tasks of pictures: the file that is loaded for them is small.
export { imageClassification } from "./image-classification.ts";
export { objectDetection } from "./object-detection.ts";
