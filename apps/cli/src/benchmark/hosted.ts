/** Domains of servers that are paid by use. Compared with whole labels of the host. */
const PAID_DOMAINS = ["roboflow.com", "roboflow.one", "roboflow.eu", "roboflow-eu.one", "roboflow.cloud"];

/** Whether requests to this address cost credits. */
export function isPaidHost(apiUrl: string): boolean {
  const host = new URL(apiUrl).hostname.replace(/\.$/, "");
  return PAID_DOMAINS.some((domain) => host === domain || host.endsWith(`.${domain}`));
}
