import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSender } from "@inference-ts/transport";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeHttpTransport } from "./node-http-transport.ts";

function hasOpenssl(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe.runIf(hasOpenssl())("https", () => {
  let server: Server;
  let url: string;
  let certificate: string;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "transport-tls-"));
    const [keyFile, certificateFile] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    const self = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject];
    execFileSync("openssl", [...self, "-keyout", keyFile, "-out", certificateFile], { stdio: "ignore" });
    certificate = readFileSync(certificateFile, "utf8");
    server = createServer({ key: readFileSync(keyFile), cert: certificate }, (request, response) =>
      request.resume().on("end", () => response.end("secret ok")),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const send = async (transport: ReturnType<typeof nodeHttpTransport>) => {
    try {
      return await createSender({ transport }).send(
        { method: "POST", url, headers: {}, body: Uint8Array.of(1) },
        { timeoutMs: 10_000, replay: "always", maxResponseBytes: 100 },
        { secrets: [], operation: "test" },
      );
    } finally {
      await transport.close();
    }
  };

  test("a given certificate authority is trusted", async () => {
    const answer = await send(nodeHttpTransport({ tls: { ca: certificate } }));
    expect(new TextDecoder().decode(answer.body)).toBe("secret ok");
  });

  test("an unknown certificate is refused at the first attempt", async () => {
    await expect(send(nodeHttpTransport())).rejects.toMatchObject({
      code: "CONNECTION_FAILED",
      systemCode: "DEPTH_ZERO_SELF_SIGNED_CERT",
      attempts: 1,
    });
  });
});
