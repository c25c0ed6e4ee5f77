import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { HTTPCallError, InvalidParameterError, ServerConnectionError } from "@inference-ts/errors";
import { expect, onTestFinished, test } from "vitest";
import { loadSpec, sha256 } from "./source.ts";
import { sampleSpec } from "./testing/sample-spec.ts";

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const body = JSON.stringify(sampleSpec({ "GET /a": {} }));

test("a server's URL is enough, and a key in it is not kept", async () => {
  const asked: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    asked.push(request.url);
    response.end(body);
  });
  const loaded = await loadSpec(`${url}/?api_key=verysecret`);
  expect(asked).toEqual(["/openapi.json?api_key=verysecret"]);
  expect(loaded).toEqual({
    spec: sampleSpec({ "GET /a": {} }),
    how: `GET ${url}/openapi.json`,
    rawSha256: sha256(body),
  });
});

test("an error answer, a page and a server that is not there are told apart", async () => {
  const url = await serve((request, response) => {
    response.statusCode = request.url === "/page" ? 200 : 404;
    response.end("<html>");
  });
  await expect(loadSpec(`${url}/?api_key=verysecret`)).rejects.toSatisfy(
    (error) =>
      error instanceof HTTPCallError && error.status === 404 && !error.message.includes("verysecret"),
  );
  await expect(loadSpec(`${url}/page`)).rejects.toThrow(`${url}/page is not JSON`);
  await expect(loadSpec("http://127.0.0.1:1/?api_key=verysecret")).rejects.toSatisfy(
    (error) => error instanceof ServerConnectionError && !error.message.includes("verysecret"),
  );
});

test("a file that is not there is named with the way out", async () => {
  await expect(loadSpec("no-such-folder/x.json")).rejects.toThrow(InvalidParameterError);
  await expect(loadSpec("9.9.9")).rejects.toThrow('"9.9.9" is not a file that can be read. Give a file');
});
