/** Everything that is loaded with the first call of a core model. */
export { clipCompare, getClipImageEmbeddings, getClipTextEmbeddings } from "./clip.ts";
export { depthEstimation } from "./depth.ts";
export { inferFromGroundingDino, inferFromOwlv2, inferFromYoloWorld } from "./detectors.ts";
export { detectGazes } from "./gaze.ts";
export { getImageEmbeddings } from "./image-embeddings.ts";
export { inferLmm, promptCogvlm } from "./lmm.ts";
export { ocrImage } from "./ocr.ts";
export {
  getPerceptionEncoderImageEmbeddings,
  getPerceptionEncoderTextEmbeddings,
  perceptionEncoderCompare,
} from "./perception-encoder.ts";
export { samEmbedImage, samSegmentImage } from "./sam.ts";
export { sam2EmbedImage, sam2SegmentImage } from "./sam2.ts";
export { sam3_3dInfer, sam3ConceptSegment, sam3EmbedImage, sam3VisualSegment } from "./sam3.ts";
