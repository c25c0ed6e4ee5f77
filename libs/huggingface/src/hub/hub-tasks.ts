// What is asked about models and endpoints, loaded together: each alone is smaller than what another file costs.
export { listDeployedModels } from "./deployed-models.ts";
export { getEndpointInfo, getModelStatus, healthCheck } from "./model-status.ts";
