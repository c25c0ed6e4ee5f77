import { createEndpointClient, type EndpointClient } from "@inference-ts/endpoints";
import type { ClientCore } from "../client-core.ts";
import { ModelDescriptions } from "../models/model-descriptions.ts";

// What calls need and constructing a client does not: kept beside the core, so that a page loads it with its first call.

const endpointClients = new WeakMap<ClientCore, EndpointClient>();
const modelDescriptions = new WeakMap<ClientCore, ModelDescriptions>();

/** The typed operations of the client's server. */
export function endpointsOf(core: ClientCore): EndpointClient {
  const known = endpointClients.get(core);
  if (known !== undefined) return known;
  const made = createEndpointClient(core.address.baseUrl);
  endpointClients.set(core, made);
  return made;
}

/** What the client knows of its server's models. */
export function descriptionsOf(core: ClientCore): ModelDescriptions {
  const known = modelDescriptions.get(core);
  if (known !== undefined) return known;
  const made = new ModelDescriptions();
  modelDescriptions.set(core, made);
  return made;
}
