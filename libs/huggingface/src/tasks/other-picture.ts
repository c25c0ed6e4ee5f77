export { readImageHeader } from "@inference-ts/images";
