export { throwIfAborted } from "./abort.ts";
export { base64Length, encodeBase64Into } from "./base64.ts";
export { browserImageRuntime } from "./browser-runtime.ts";
export { readDrawable } from "./canvas-codec.ts";
export { decodeDataUrl } from "./data-url.ts";
export { decodeBase64 } from "./decode-base64.ts";
export { describeText, fileUrl, shownName } from "./describe-text.ts";
export { type Downsizing, planDownsizing, scalingFactor } from "./downsizing.ts";
export {
  type EncodedImage,
  type ImageFormat,
  isEncodedImage,
  isRemoteImage,
  type RemoteImage,
} from "./encoded-image.ts";
export { failureCode } from "./failure-code.ts";
export { followRedirects } from "./follow-redirects.ts";
export { type ImageHeader, readImageHeader, readImageSize } from "./image-header.ts";
export {
  type BitmapLike,
  type CanvasLike,
  type ImageDataLike,
  type ImageSource,
  remoteImage,
  type SharpLike,
} from "./image-source.ts";
export { isGlobalAddress } from "./ip-address.ts";
export { DEFAULT_JPEG_QUALITY, DEFAULT_MAX_IMAGE_BYTES, DEFAULT_MAX_IMAGE_PIXELS } from "./limits.ts";
export { type LoadImageOptions, loadImage } from "./load.ts";
export { type LoadedMedia, type LoadMediaOptions, loadMedia } from "./load-media.ts";
export { isWholePng } from "./png.ts";
export type {
  Base64Writer,
  EncodeOptions,
  ExtraImage,
  ExtraInputReader,
  FileReader,
  FileReadOptions,
  FolderOptions,
  ImageCodec,
  ImageRuntime,
  ImageSize,
  OpenedFile,
  OpenVideo,
  OpenVideoOptions,
  RawPixels,
  SourceReader,
  UrlFetcher,
  VideoFrame,
} from "./ports.ts";
export { type ChunkStream, readStream } from "./read-stream.ts";
export { sniffImageFormat } from "./sniff.ts";
export {
  createUrlFetcher,
  type FollowContext,
  type RedirectFollower,
  type UrlFetcherOptions,
} from "./url-fetcher.ts";
export { type AddressJudge, checkUrl, DEFAULT_URL_POLICY, type UrlPolicy } from "./url-policy.ts";
