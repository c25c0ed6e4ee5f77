export { httpCallError } from "@inference-ts/errors";
