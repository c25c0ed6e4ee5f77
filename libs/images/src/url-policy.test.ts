import { InvalidUrlInputError } from "@inference-ts/errors";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isGlobalAddress } from "./ip-address.ts";
import { checkUrl, DEFAULT_URL_POLICY, type UrlPolicy } from "./url-policy.ts";

const allows = (url: string, policy: Partial<UrlPolicy>): boolean => {
  try {
    checkUrl(url, { ...DEFAULT_URL_POLICY, ...policy }, isGlobalAddress);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidUrlInputError);
    return false;
  }
};

const PUBLIC = "https://images.example.com/a.png";

const CASES: readonly (readonly [url: string, policy: Partial<UrlPolicy>, allowed: boolean])[] = [
  [PUBLIC, {}, true],
  ["HTTP://localhost:9001/a.png", {}, true],
  ["http://127.0.0.1/a.png", {}, true],
  ["ftp://images.example.com/a.png", {}, false],
  ["file:///etc/passwd", {}, false],
  ["https://images.example.com\\@evil.test/a.png", {}, false],
  ["https:\\\\images.example.com/a.png", {}, false],
  ["https://", {}, false],
  [PUBLIC, { allowUrlInput: false }, false],
  ["http://images.example.com/a.png", { allowNonHttps: false }, false],
  [PUBLIC, { allowNonHttps: false }, true],
  [PUBLIC, { allowWithoutFqdn: false }, true],
  ["https://intranet/a.png", { allowWithoutFqdn: false }, false],
  ["https://printer.local/a.png", { allowWithoutFqdn: false }, false],
  ["https://93.184.216.34/a.png", { allowWithoutFqdn: false }, false],
  ["https://[2606:4700::1111]/a.png", { allowWithoutFqdn: false }, false],
  [PUBLIC, { allowedDestinations: ["IMAGES.example.com"] }, true],
  ["https://IMAGES.EXAMPLE.COM./a.png", { allowedDestinations: ["images.example.com"] }, true],
  [PUBLIC, { allowedDestinations: ["example.com"] }, false],
  [PUBLIC, { allowedDestinations: [] }, false],
  ["http://93.184.216.34/a.png", { allowedDestinations: ["93.184.216.34"] }, true],
  [PUBLIC, { blockedDestinations: ["images.example.com"] }, false],
  ["https://images.example.com./a.png", { blockedDestinations: ["images.example.com"] }, false],
  [PUBLIC, { blockedDestinations: ["example.com"] }, true],
  ["http://[::1]/a.png", { allowNonGlobalAddresses: false }, false],
  ["http://[::ffff:10.0.0.1]/a.png", { allowNonGlobalAddresses: false }, false],
  ["http://0x7f.1/a.png", { allowNonGlobalAddresses: false }, false],
  ["http://2130706433/a.png", { allowNonGlobalAddresses: false }, false],
  ["http://169.254.169.254/latest", { allowNonGlobalAddresses: false }, false],
  ["http://localhost/a.png", { allowNonGlobalAddresses: false }, false],
  ["http://a.localhost./a.png", { allowNonGlobalAddresses: false }, false],
  ["http://93.184.216.34/a.png", { allowNonGlobalAddresses: false }, true],
  [PUBLIC, { allowNonGlobalAddresses: false }, true],
];

test.each(CASES)("%s with %o: %s", (url, policy, allowed) => expect(allows(url, policy)).toBe(allowed));

test("without the tables of addresses every address is refused where non-global ones are", () => {
  const policy = { ...DEFAULT_URL_POLICY, allowNonGlobalAddresses: false };
  for (const host of ["93.184.216.34", "127.0.0.1", "[2606:4700::1111]", "2130706433", "localhost"]) {
    expect(() => checkUrl(`https://${host}/a.png`, policy)).toThrow(/allowNonGlobalAddresses/);
  }
  expect(checkUrl(PUBLIC, policy).href).toBe(PUBLIC);
});

test("a refusal shows neither credentials nor keys", () => {
  const url = "http://user:hunter22@images.example.com/a.png?api_key=abcdefghijkl&x=1";
  expect(() => checkUrl(url, { ...DEFAULT_URL_POLICY, allowNonHttps: false })).toThrow(
    /^(?!.*(hunter22|abcdefghijkl)).*images\.example\.com\/a\.png/,
  );
});

test("never fails with anything but its own error", () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string()), (url) => {
      const strict = { allowNonGlobalAddresses: false, allowWithoutFqdn: false, allowNonHttps: false };
      if (allows(url, strict)) expect(url.trim().toLowerCase().startsWith("https:")).toBe(true);
    }),
  );
});

describe("isGlobalAddress", () => {
  test.each([
    ["8.8.8.8", true],
    ["10.1.2.3", false],
    ["100.64.0.1", false],
    ["100.128.0.1", true],
    ["172.15.255.255", true],
    ["172.16.0.1", false],
    ["172.32.0.1", true],
    ["192.168.1.1", false],
    ["198.19.255.255", false],
    ["224.0.0.1", false],
    ["255.255.255.255", false],
    ["0.0.0.0", false],
    ["::", false],
    ["::1", false],
    ["fe80::1%eth0", false],
    ["fc00::1", false],
    ["ff02::1", false],
    ["2001:db8::1", false],
    ["2002:7f00:1::", false],
    ["2606:4700:4700::1111", true],
    ["::ffff:8.8.8.8", true],
    ["::ffff:7f00:1", false],
    ["64:ff9b::10.0.0.1", false],
    ["64:ff9b::8.8.8.8", true],
    ["example.com", null],
    ["1.2.3", null],
    ["256.1.1.1", null],
    ["1::2::3", null],
    ["1:2:3:4:5:6:7", null],
    ["12345::", null],
  ])("%s: %s", (address, expected) => expect(isGlobalAddress(address)).toBe(expected));
});
