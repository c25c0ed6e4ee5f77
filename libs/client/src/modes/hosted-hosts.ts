/**
 * Hosts of Roboflow's hosted API, which speaks v0. Compared with the whole host of the address, never as a prefix. An expression,
 * because it is loaded with every client and shorter than a list.
 * Source: `ALL_ROBOFLOW_API_URLS` of the Python client 1.8.3 plus `segment.roboflow.com`, which the server knows as hosted.
 */
export const HOSTED_HOST =
  /^((detect|outline|segment|classify|infer|serverless|asyncinfer)\.roboflow\.com|(serverless|asyncinfer)\.roboflow\.one|serverless\.roboflow(-eu\.one|\.eu))$/;
