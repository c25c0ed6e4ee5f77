import { expect, test } from "vitest";
import { serverEnvironment } from "./server-environment.ts";

const options = { run: "/run", port: 1234, streamManagerPort: 2345 };

test("the user's keys, proxies and server flags do not reach the server", () => {
  const user = {
    PATH: "/bin",
    ROBOFLOW_API_KEY: "secret",
    API_KEY: "secret",
    HTTP_PROXY: "http://proxy.example",
    GCP_SERVERLESS: "True",
    PYTHONPATH: "/elsewhere",
  };
  const environment = serverEnvironment(options, user);
  expect(environment).toMatchObject({ PATH: "/bin", PORT: "1234", STREAM_MANAGER_PORT: "2345" });
  expect(Object.values(environment)).not.toContain("secret");
  for (const name of ["HTTP_PROXY", "GCP_SERVERLESS", "PYTHONPATH"])
    expect(environment).not.toHaveProperty(name);
});

test("flags of the caller win over the defaults", () => {
  const flags = { ENABLE_STREAM_API: "True", ALLOW_NON_HTTPS_URL_INPUT: "False" };
  expect(serverEnvironment({ ...options, flags }, {})).toMatchObject(flags);
});
