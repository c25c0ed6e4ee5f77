/**
 * The real Roboflow Inference server on this machine, offline: a virtual environment with the published package, a
 * stand-in of the platform API and six tiny ONNX models that look at colour.
 */
export { realServerHome } from "./home.ts";
export { type InstallOptions, installRealServer } from "./install.ts";
export { type ProbeOptions, type ProbeResult, probe } from "./probe.ts";
export { type RealServer, type StartOptions, startRealServer } from "./start.ts";
export {
  DEFAULT_SERVER_VERSION,
  isRealServerVersion,
  type RealServerVersion,
  SERVER_VERSIONS,
} from "./versions.ts";
