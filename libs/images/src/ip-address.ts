/** A block of addresses: its first address as numbers, and how many leading bits count. */
type Block = readonly [address: readonly number[], bits: number];

/** Address blocks that are not reachable over the public internet (IANA special-purpose registries), and multicast. */
const LOCAL_V4: readonly Block[] = [
  [[0], 8],
  [[10], 8],
  [[100, 64], 10],
  [[127], 8],
  [[169, 254], 16],
  [[172, 16], 12],
  [[192, 0, 0], 24],
  [[192, 0, 2], 24],
  [[192, 168], 16],
  [[198, 18], 15],
  [[198, 51, 100], 24],
  [[203, 0, 113], 24],
  [[224], 3],
];

/** Blocks inside 2000::/3, the only part of IPv6 that is global. */
const LOCAL_V6: readonly Block[] = [
  [[0x2001, 0], 23],
  [[0x2001, 0xdb8], 32],
  [[0x2002], 16],
  [[0x3fff], 20],
];

function isIn(address: readonly number[], wordBits: number, [start, bits]: Block): boolean {
  for (let i = 0; i * wordBits < bits; i++) {
    const shift = Math.max(0, wordBits - (bits - i * wordBits));
    if ((address[i] ?? 0) >> shift !== (start[i] ?? 0) >> shift) return false;
  }
  return true;
}

/** The four numbers of a dotted IPv4 address, `null` for anything else. */
function parseIpv4(text: string): readonly number[] | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const parts = text.split(".").map(Number);
  return parts.every((part) => part <= 255) ? parts : null;
}

/** The eight groups of an IPv6 address without brackets, `null` for anything else. A zone (`%eth0`) is ignored. */
function parseIpv6(text: string): readonly number[] | null {
  const bare = text.replace(/%.*$/, "");
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(bare);
  const v4 = tail === null ? null : parseIpv4(tail[2] ?? "");
  if (tail !== null && v4 === null) return null;
  const [a = 0, b = 0, c = 0, d = 0] = v4 ?? [];
  const words =
    v4 === null ? bare : `${tail?.[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  const halves = words.split("::");
  if (!words.includes(":") || halves.length > 2) return null;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  if (!groups.flat().every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  const [head = [], rest = []] = groups;
  const missing = 8 - head.length - rest.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  return [...head, ...Array<string>(missing).fill("0"), ...rest].map((group) => Number.parseInt(group, 16));
}

/**
 * Whether an IP address is reachable over the public internet; `null` when the text is no IP address. IPv4 addresses inside IPv6
 * ones (mapped, NAT64) are judged as IPv4. Multicast is not global.
 */
export function isGlobalAddress(text: string): boolean | null {
  const v4 = parseIpv4(text);
  if (v4 !== null) return !LOCAL_V4.some((block) => isIn(v4, 8, block));
  const v6 = parseIpv6(text);
  if (v6 === null) return null;
  const isMapped = isIn(v6, 16, [[0, 0, 0, 0, 0, 0xffff], 96]);
  const isNat64 = isIn(v6, 16, [[0x64, 0xff9b], 96]);
  if (isMapped || isNat64) {
    const [high = 0, low = 0] = v6.slice(6);
    return isGlobalAddress([high >> 8, high & 255, low >> 8, low & 255].join("."));
  }
  return isIn(v6, 16, [[0x2000], 3]) && !LOCAL_V6.some((block) => isIn(v6, 16, block));
}
