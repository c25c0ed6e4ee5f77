export { nodeFileReader } from "./file-reader.ts";
export { type FindImagesOptions, findImages, IMAGE_EXTENSIONS } from "./find-images.ts";
export { compareNames, comparePaths } from "./natural-order.ts";
export { nodeBase64Decoder, nodeBase64Writer } from "./node-base64.ts";
export { nodeExtras } from "./node-extras.ts";
export { type NodeImageRuntimeOptions, nodeImageRuntime, nodeLookup } from "./node-image-runtime.ts";
export { type SharpCodecOptions, sharpCodec } from "./sharp-codec.ts";
export { nodeSourceReader } from "./source-reader.ts";
export { openVideo } from "./video/open-video.ts";
