import { InvalidParameterError } from "@inference-ts/errors";

/** Addresses of Roboflow's hosted services in one region. */
export interface ServiceUrls {
  readonly api: string;
  readonly app: string;
  readonly serverless: string;
}

const DOMAINS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  us: { prod: "roboflow.com", staging: "roboflow.one" },
  eu: { prod: "roboflow.eu", staging: "roboflow-eu.one" },
};

/**
 * The addresses of Roboflow's hosted services, by the values that Python reads from `ROBOFLOW_REGION` and
 * `ROBOFLOW_ENVIRONMENT`; case and spaces around them do not count. Nothing is read from the environment here.
 *
 * @throws InvalidParameterError for an unknown region or environment: data must not go to another region than was meant.
 * @example
 * ```ts
 * import { serviceUrls } from "@inference-ts/sdk/node";
 * console.log(serviceUrls({ region: "eu" }).serverless); // https://serverless.roboflow.eu
 * ```
 */
export function serviceUrls(
  options: { readonly region?: string | undefined; readonly environment?: string | undefined } = {},
): ServiceUrls {
  const byEnvironment = choose("region", DOMAINS, options.region ?? "us");
  const domain = choose("environment", byEnvironment, options.environment ?? "prod");
  return {
    api: `https://api.${domain}`,
    app: `https://app.${domain}`,
    serverless: `https://serverless.${domain}`,
  };
}

function choose<T>(what: string, values: Readonly<Record<string, T>>, wanted: string): T {
  const name = wanted.trim().toLowerCase();
  const found = Object.hasOwn(values, name) ? values[name] : undefined;
  if (found !== undefined) return found;
  throw new InvalidParameterError(`There is no ${what} "${wanted.slice(0, 40)}".`, {
    hint: `Known: ${Object.keys(values).join(", ")}.`,
  });
}
