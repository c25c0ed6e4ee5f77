import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AbortedError, ImageTooLargeError, InvalidUrlInputError } from "@inference-ts/errors";
import { afterEach, describe, expect, test, vi } from "vitest";
import { followRedirects } from "./follow-redirects.ts";
import { isGlobalAddress } from "./ip-address.ts";
import { createUrlFetcher, type UrlFetcherOptions } from "./url-fetcher.ts";
import { checkUrl, DEFAULT_URL_POLICY } from "./url-policy.ts";

const red = new Uint8Array(readFileSync(join(import.meta.dirname, "../test/fixtures/red-64x48.png")));
const START = "https://images.example.com/a.png?api_key=abcdefghijkl&x=1";

type Answer = () => Response | Promise<Response>;

function site(pages: Readonly<Record<string, Answer>>) {
  return vi.fn(async (input: unknown, _init?: RequestInit) => {
    const answer = pages[String(input)];
    if (answer === undefined) throw new Error(`nothing at ${String(input)}`);
    return answer();
  });
}

const picture: Answer = () => new Response(red);
const to =
  (location: string, status = 302): Answer =>
  () =>
    new Response("moved", { status, headers: { location } });

function load(
  url: string,
  pages: Record<string, Answer>,
  options: UrlFetcherOptions = {},
  signal = new AbortController().signal,
) {
  const fetch = site(pages);
  const result = createUrlFetcher({
    fetch: fetch as typeof globalThis.fetch,
    follow: followRedirects,
    isGlobalAddress,
    ...options,
  }).fetch(new URL(url), signal);
  return { fetch, result };
}

const failure = async (result: Promise<unknown>): Promise<InvalidUrlInputError> => {
  const error = await result.then(
    () => expect.unreachable(),
    (reason: unknown) => reason,
  );
  if (!(error instanceof InvalidUrlInputError)) throw error;
  return error;
};

test("gets the bytes", async () => {
  expect(await load(START, { [START]: picture }).result).toEqual(red);
});

describe("what is no picture", () => {
  test.each([
    ["an HTML page", () => new Response("<html>login</html>"), /its content is an HTML page/],
    ["nothing", () => new Response(""), /its content is empty/],
    ["no body", () => new Response(null, { status: 204 }), /its content is empty/],
    ["JSON", () => Response.json({ a: 1 }), /its content is text/],
  ])("%s", async (_, answer, message) => {
    const error = await failure(load(START, { [START]: answer }).result);
    expect(error.message).toMatch(message);
    expect(error.status).toBeDefined();
  });

  test("an error status, with the server's message and without the key", async () => {
    const said = () => Response.json({ message: "denied for abcdefghijkl" }, { status: 403 });
    const error = await failure(load(START, { [START]: said }).result);
    expect(error.status).toBe(403);
    expect(error.message).toContain("status 403 denied for");
    expect(error.message).toContain("https://images.example.com/a.png");
    expect(error.message).not.toContain("abcdefghijkl");
  });

  test("an announced length that is no number counts as none", async () => {
    const answer = () => new Response(red, { headers: { "content-length": `${red.length}, ${red.length}` } });
    expect(await load(START, { [START]: answer }).result).toEqual(red);
  });

  test("a signed address is named without its query, whatever its parameters are called", async () => {
    const signed = "https://images.example.com/a.png?x-oss-signature=abcdefghijkl";
    for (const answer of [() => new Response("no", { status: 403 }), () => new Response("text")]) {
      const error = await failure(load(signed, { [signed]: answer }).result);
      expect(error.message).toContain("https://images.example.com/a.png could not");
      expect(error.message).not.toContain("abcdefghijkl");
    }
    expect(() => checkUrl(signed, { ...DEFAULT_URL_POLICY, allowUrlInput: false })).toThrow(
      "The image URL https://images.example.com/a.png is refused by the URL policy: allowUrlInput.",
    );
  });

  test("a failed connection shows the system's code and nothing of the library's text", async () => {
    const broken = () => {
      throw new TypeError(`fetch failed for ${START}`, {
        cause: Object.assign(new Error(START), { code: "ECONNREFUSED" }),
      });
    };
    const error = await failure(load(START, { [START]: broken }).result);
    expect(error.message).toContain("could not be fetched: ECONNREFUSED");
    expect(JSON.stringify([error.message, error.cause, error.stack])).not.toContain("abcdefghijkl");
  });

  test("a download that breaks off", async () => {
    const half = () =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(red.subarray(0, 20));
            controller.error(new Error("socket hang up"));
          },
        }),
      );
    expect((await failure(load(START, { [START]: half }).result)).message).toContain("could not be fetched");
  });
});

describe("limits", () => {
  test("by the announced length, before the body is read", async () => {
    const big = () => new Response(red, { headers: { "content-length": "5000" } });
    await expect(load(START, { [START]: big }, { maxBytes: 4000 }).result).rejects.toThrow(/5000 bytes/);
  });

  test("while the body is read, which is then cancelled", async () => {
    const cancelled = vi.fn();
    const endless = () =>
      new Response(
        new ReadableStream({
          pull: (controller) => controller.enqueue(new Uint8Array(1000)),
          cancel: cancelled,
        }),
      );
    const { result } = load(START, { [START]: endless }, { maxBytes: 2500 });
    await expect(result).rejects.toBeInstanceOf(ImageTooLargeError);
    expect(cancelled).toHaveBeenCalled();
  });

  test("abort while the answer is awaited", async () => {
    const controller = new AbortController();
    const never = () =>
      new Promise<Response>((_, reject) => {
        controller.signal.addEventListener("abort", () => reject(controller.signal.reason));
      });
    const { fetch, result } = load(START, { [START]: never }, {}, controller.signal);
    await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
    controller.abort();
    await expect(result).rejects.toBeInstanceOf(AbortedError);
  });
});

describe("redirects, one by one", () => {
  test("relative and absolute targets", async () => {
    const pages = {
      "https://a.test/1": to("2"),
      "https://a.test/2": to("https://b.test/3", 308),
      "https://b.test/3": picture,
    };
    const { fetch, result } = load("https://a.test/1", pages);
    expect(await result).toEqual(red);
    expect(fetch.mock.calls.every(([, init]) => init?.redirect === "manual")).toBe(true);
  });

  test("at most maxRedirects", async () => {
    const pages = Object.fromEntries([0, 1, 2, 3, 4].map((i) => [`https://a.test/${i}`, to(`/${i + 1}`)]));
    const { fetch, result } = load("https://a.test/0", pages, { policy: { maxRedirects: 3 } });
    expect((await failure(result)).message).toContain("more than 3 times");
    expect(fetch).toHaveBeenCalledTimes(4);
  });

  test("every target meets the policy", async () => {
    const pages = { "https://a.test/1": to("http://127.0.0.1/secret"), "http://127.0.0.1/secret": picture };
    const policy = { allowNonGlobalAddresses: false };
    const lookup = async () => ["93.184.216.34"];
    const refused = load("https://a.test/1", pages, { policy, lookup });
    expect((await failure(refused.result)).message).toContain("allowNonGlobalAddresses");
    expect(refused.fetch).toHaveBeenCalledTimes(1);
    const allowed = load("https://a.test/1", pages, {
      policy: { ...policy, validateRedirects: false },
      lookup,
    });
    expect(await allowed.result).toEqual(red);
  });

  test.each([
    ["without an address", () => new Response(null, { status: 302 })],
    ["to no URL", to("http://")],
    ["to another scheme", to("file:///etc/passwd")],
  ])("a redirect %s is refused", async (_, answer) => {
    await failure(load("https://a.test/1", { "https://a.test/1": answer }).result);
  });

  test("credentials of a URL travel as a header and stay with their origin", async () => {
    const pages = {
      "https://a.test/1": to("/2"),
      "https://a.test/2": to("https://b.test/3"),
      "https://b.test/3": picture,
    };
    const { fetch, result } = load("https://user:p%40ss@a.test/1", pages);
    await result;
    const sent = fetch.mock.calls.map(([, init]) => new Headers(init?.headers).get("authorization"));
    const basic = `Basic ${btoa("user:p@ss")}`;
    expect(sent).toEqual([basic, basic, null]);
  });
});

describe("names that lead to non-global addresses", () => {
  const policy = { allowNonGlobalAddresses: false };
  test.each([
    [["10.0.0.1"], false],
    [["93.184.216.34", "::1"], false],
    [[], false],
    [["93.184.216.34", "2606:4700::1"], true],
  ])("%j: %s", async (addresses, allowed) => {
    const { fetch, result } = load(START, { [START]: picture }, { policy, lookup: async () => addresses });
    if (allowed) expect(await result).toEqual(red);
    else await failure(result);
    expect(fetch).toHaveBeenCalledTimes(allowed ? 1 : 0);
  });

  test("a name that cannot be resolved is refused", async () => {
    const lookup = () => Promise.reject(new Error("ENOTFOUND"));
    await failure(load(START, { [START]: picture }, { policy, lookup }).result);
  });
});

describe("where redirects are hidden (browsers)", () => {
  const modeOf = async (policy: UrlFetcherOptions["policy"]) => {
    const { fetch, result } = load(START, { [START]: picture }, { policy, follow: undefined });
    await result;
    return fetch.mock.calls[0]?.[1]?.redirect;
  };
  test("they are left to fetch only without rules", async () => {
    expect(await modeOf({})).toBe("follow");
    expect(await modeOf({ allowedDestinations: ["images.example.com"] })).toBe("error");
    expect(await modeOf({ allowNonHttps: false })).toBe("error");
    expect(await modeOf({ allowNonHttps: false, validateRedirects: false })).toBe("follow");
    expect(await modeOf({ maxRedirects: 0 })).toBe("error");
  });
});

describe("the global fetch", () => {
  afterEach(() => vi.unstubAllGlobals());
  test("is looked up at each call", async () => {
    const fetcher = createUrlFetcher();
    vi.stubGlobal("fetch", site({ [START]: picture }));
    expect(await fetcher.fetch(new URL(START), new AbortController().signal)).toEqual(red);
  });
});
