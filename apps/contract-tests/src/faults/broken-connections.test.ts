import { describe, expect, test } from "vitest";
import { ENTRIES, eventsOf } from "../rig/entries.ts";
import { failureOf } from "../rig/failures.ts";
import { PIXEL } from "../rig/images.ts";
import { DETECTION, detect, type Handler, json, MODEL, startServer } from "../rig/server.ts";

const KEY = "test-key-0123456789";
const BODY = JSON.stringify(DETECTION);

/** Ways to lose a connection in the middle of a call. */
const BREAKS: Readonly<Record<string, Handler>> = {
  "reset before the answer": (_request, response) => {
    response.socket?.resetAndDestroy();
  },
  "closed before the answer": (_request, response) => {
    response.socket?.destroy();
  },
  "reset after the headers": (_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": BODY.length });
    response.flushHeaders();
    response.write(BODY.slice(0, 10), () => response.socket?.resetAndDestroy());
  },
  "body cut off before its announced end": (_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": BODY.length });
    response.write(BODY.slice(0, 20), () => response.socket?.end());
  },
  "chunked body cut off": (_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "transfer-encoding": "chunked" });
    response.write(BODY.slice(0, 20), () => response.socket?.end());
  },
};

describe.each(ENTRIES)("$name", ({ name, open }) => {
  test.each(Object.entries(BREAKS))("%s: three attempts, then CONNECTION_FAILED", async (_name, infer) => {
    await using server = await startServer({ infer });
    await using client = open({ apiUrl: server.url, apiMode: "v0", apiKey: KEY, modelId: MODEL });
    const error = await failureOf(client.infer(PIXEL));
    expect(error).toMatchObject({ code: "CONNECTION_FAILED", attempts: 3 });
    expect(error.message).toContain(`${server.url}/${MODEL}`);
    expect(error.hint).toBeTruthy();
    expect(server.inferences).toHaveLength(3);
  });

  test.each(Object.entries(BREAKS))(
    "%s: the next attempt succeeds with the same bytes",
    async (_name, infer) => {
      await using server = await startServer({
        infer: (request, response) => (request.nth === 0 ? infer : detect)(request, response),
      });
      await using client = open({ apiUrl: server.url, apiMode: "v0", apiKey: KEY, modelId: MODEL });
      const { data, meta } = await client.infer(PIXEL).withMeta();
      expect(data.task).toBe("object-detection");
      expect(meta.requests.at(-1)?.attempts).toBe(2);
      expect(server.inferences[1]?.text).toBe(server.inferences[0]?.text);
    },
  );

  test("an answer that is not HTTP: CONNECTION_FAILED, at most three attempts", async () => {
    await using server = await startServer({
      "/info": (_request, response) => response.socket?.end("* OK IMAP4 ready\r\n\r\n"),
    });
    await using client = open({ apiUrl: server.url });
    expect(await failureOf(client.getServerInfo())).toMatchObject({ code: "CONNECTION_FAILED" });
    expect(server.seen.length).toBeLessThanOrEqual(3);
  });

  test("nothing listens: CONNECTION_FAILED with the system's code, three attempts", async () => {
    const gone = await startServer();
    await gone[Symbol.asyncDispose]();
    await using client = open({ apiUrl: gone.url });
    const attempts = eventsOf(client);
    expect(await failureOf(client.getServerInfo())).toMatchObject({
      code: "CONNECTION_FAILED",
      systemCode: "ECONNREFUSED",
      attempts: 3,
    });
    expect(attempts.filter((event) => event.station === "send")).toHaveLength(3);
  });

  test("a slow body is read to its end", async () => {
    await using server = await startServer({
      infer: (_request, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        let sent = 0;
        const writeNext = () => {
          if (sent === BODY.length) response.end();
          else response.write(BODY.slice(sent, ++sent), () => setImmediate(writeNext));
        };
        writeNext();
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    expect(await client.infer(PIXEL)).toMatchObject(DETECTION);
  });

  test("calls that follow each other share a connection, also after an error status", async () => {
    await using server = await startServer({
      infer: (request, response) =>
        request.nth === 1 ? json(response, { message: "no" }, 400) : detect(request, response),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await client.infer(PIXEL);
    expect(await failureOf(client.infer(PIXEL))).toMatchObject({ status: 400 });
    await client.infer(PIXEL);
    await client.getServerInfo();
    expect(server.seen.length).toBeGreaterThanOrEqual(5);
    // fetch may open a second connection while it puts the first one back.
    const connections = new Set(server.seen.map((request) => request.connection));
    expect(connections.size).toBeLessThanOrEqual(name === "@inference-ts/sdk" ? 2 : 1);
  });

  test("a kept connection that the server closed in the meantime costs no failure", async () => {
    await using server = await startServer({
      infer: (request, response) => {
        detect(request, response);
        response.on("finish", () => response.socket?.end());
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    for (let round = 0; round < 5; round += 1) {
      expect((await client.infer(PIXEL)).task).toBe("object-detection");
    }
    expect(server.inferences).toHaveLength(5);
  });

  test("a broken connection does not harm the calls beside it", async () => {
    await using server = await startServer({
      infer: (request, response) =>
        request.headers["x-part"] === "bad" ? response.socket?.resetAndDestroy() : detect(request, response),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_none, index) =>
        client.infer(PIXEL, { headers: { "x-part": index % 4 === 0 ? "bad" : "good" } }),
      ),
    );
    expect(outcomes.map((outcome) => outcome.status)).toEqual(
      Array.from({ length: 20 }, (_none, index) => (index % 4 === 0 ? "rejected" : "fulfilled")),
    );
  });
});
