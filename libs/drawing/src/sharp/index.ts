export { type DrawOnImageOptions, drawOnImage } from "./draw-on-image.ts";
