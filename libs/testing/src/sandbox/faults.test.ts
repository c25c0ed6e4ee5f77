import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { createFaultSelector, FAULT_HEADER, type Fault, parseFault } from "./faults.ts";
import { type Sandbox, startSandbox } from "./sandbox.ts";
import { getJson } from "./testing/requests.ts";

const info = (sandbox: Sandbox, fault: string) => getJson(sandbox, "/info", { [FAULT_HEADER]: fault });

/** Sends one request on a socket of its own and gives what came back until the peer ended the connection. */
function raw(sandbox: Sandbox, fault: string): Promise<{ text: string; error: string | null }> {
  const { hostname, port } = new URL(sandbox.url);
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(Number(port), hostname);
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => {
      text += chunk;
    });
    let error: string | null = null;
    socket.on("error", (cause: NodeJS.ErrnoException) => {
      error = cause.code ?? "unknown";
    });
    socket.on("close", () => resolve({ text, error }));
    socket.write(`GET /info HTTP/1.1\r\nHost: sandbox\r\n${FAULT_HEADER}: ${fault}\r\n\r\n`);
  });
}

const announced = (text: string) => Number(/content-length: (\d+)/i.exec(text)?.[1]);
const bodyOf = (text: string) => text.slice(text.indexOf("\r\n\r\n") + 4);

describe("the header", () => {
  test("reads every setting", () => {
    const text = "status=503; times=2; retry-after=1; delay=20; slow=5; html; id=a";
    const fault: Fault = { kind: "html", status: 503, times: 2, retryAfter: "1", delayMs: 20, slowMs: 5 };
    expect(parseFault(text)).toEqual(fault);
  });

  test.each([
    "explode",
    "constructor",
    "status=",
    "status=-1",
    "status=0",
    "status=1000",
    "delay=soon",
    "delay=3000000000",
  ])("%s is refused", async (text) => {
    expect(() => parseFault(text)).toThrowError(expect.objectContaining({ code: "INVALID_PARAMETER" }));
    await using sandbox = await startSandbox();
    const reply = await info(sandbox, text);
    expect([reply.status, reply.text.includes(text)]).toEqual([400, true]);
  });
});

describe("answers", () => {
  test.each([
    ["status=503; retry-after=7", 503, "application/json", '{"message":"Sandbox fault 503."}', "7"],
    ["html", 502, "text/html", expect.stringContaining("Bad Gateway"), null],
    ["html; status=404", 404, "text/html", expect.stringContaining("<html>"), null],
    ["not-json", 200, "application/json", "this is not JSON", null],
    ["wrong-shape", 200, "application/json", '{"unexpected":true}', null],
    ["empty", 200, null, "", null],
    ["empty; status=204", 204, null, "", null],
  ])("%s", async (fault, status, contentType, body, retryAfter) => {
    await using sandbox = await startSandbox();
    const reply = await info(sandbox, fault);
    expect([
      reply.status,
      reply.headers.get("content-type"),
      reply.text,
      reply.headers.get("retry-after"),
    ]).toEqual([status, contentType, body, retryAfter]);
  });

  test("times counts each fault on its own", async () => {
    await using sandbox = await startSandbox();
    const statuses = async (fault: string) => [
      (await info(sandbox, fault)).status,
      (await info(sandbox, fault)).status,
      (await info(sandbox, fault)).status,
    ];
    expect(await statuses("status=503; times=2")).toEqual([503, 503, 200]);
    expect(await statuses("status=503; times=2; id=b")).toEqual([503, 503, 200]);
    expect(await statuses("status=503; times=2")).toEqual([200, 200, 200]);
  });
});

describe("connections", () => {
  test("reset", async () => {
    await using sandbox = await startSandbox();
    expect(await raw(sandbox, "reset")).toEqual({ text: "", error: "ECONNRESET" });
  });

  test("truncate announces more than it sends", async () => {
    await using sandbox = await startSandbox();
    const { text } = await raw(sandbox, "truncate");
    expect(bodyOf(text).length).toBe(Math.floor(announced(text) / 2));
  });

  test("stall sends nothing until the sandbox closes", async () => {
    const sandbox = await startSandbox();
    const stalled = raw(sandbox, "stall");
    const other = await getJson(sandbox, "/info");
    expect(other.status).toBe(200);
    await sandbox.close();
    expect((await stalled).text).toBe("");
  });

  test("stall-body sends half", async () => {
    const sandbox = await startSandbox();
    const stalled = raw(sandbox, "stall-body");
    const reader = (
      await fetch(`${sandbox.url}/info`, { headers: { [FAULT_HEADER]: "stall-body" } })
    ).body?.getReader();
    const first = await reader?.read();
    expect(first?.value?.length).toBeGreaterThan(10);
    const waiting = reader?.read().catch(() => "ended");
    await sandbox.close();
    expect(await waiting).toBe("ended");
    const { text } = await stalled;
    expect(bodyOf(text).length).toBeLessThanOrEqual(announced(text) / 2);
  });

  test("slow sends the whole answer in pieces, delay and latency come before it", async () => {
    await using sandbox = await startSandbox({ latencyMs: (number) => (number === 0 ? 30 : 0) });
    const started = performance.now();
    const reply = await info(sandbox, "slow=3; delay=20");
    expect(performance.now() - started).toBeGreaterThanOrEqual(75);
    expect(reply.json).toMatchObject({ version: "1.8.3" });
  });
});

describe("plans", () => {
  test("a sequence goes by order of arrival", async () => {
    await using sandbox = await startSandbox({
      faults: { sequence: [{ status: 500 }, null, { kind: "html" }] },
    });
    const statuses: number[] = [];
    for (let index = 0; index < 4; index++) statuses.push((await getJson(sandbox, "/info")).status);
    expect(statuses).toEqual([500, 200, 502, 200]);
  });

  test("a probability asks its random source; the header of a request wins", () => {
    const values = [0.1, 0.9, 0.2];
    const selector = createFaultSelector({
      probability: 0.5,
      fault: { status: 503 },
      random: () => values.shift() ?? 1,
    });
    expect(selector.next(undefined)).toEqual({ status: 503 });
    expect(selector.next(undefined)).toBeNull();
    expect(selector.next("reset")).toEqual({ kind: "reset" });
    expect(selector.next(undefined)).toEqual({ status: 503 });
  });
});

test("close ends what is in flight, keeps no handle and may be called twice", async () => {
  const before = process
    .getActiveResourcesInfo()
    .filter((name) => name.startsWith("TCP") || name === "Timeout").length;
  const sandbox = await startSandbox({ latencyMs: 60_000 });
  const pending = Promise.allSettled([fetch(`${sandbox.url}/info`), raw(sandbox, "slow=60000")]);
  await expect.poll(() => sandbox.requests.inFlight).toBe(2);
  await sandbox.close();
  await sandbox.close();
  expect((await pending)[0]?.status).toBe("rejected");
  const left = () =>
    process.getActiveResourcesInfo().filter((name) => name.startsWith("TCP") || name === "Timeout").length;
  await expect.poll(left).toBeLessThanOrEqual(before + 1);
  await expect(fetch(`${sandbox.url}/info`)).rejects.toThrow();
});
