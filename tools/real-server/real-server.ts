/**
 * The real Roboflow Inference server on this machine, offline: a virtual environment with the published package, a
 * stand-in of the platform API and six tiny ONNX models that look at colour.
 */
export { installRealServer } from "./install.ts";
export { probe } from "./probe.ts";
export { startRealServer } from "./start.ts";
