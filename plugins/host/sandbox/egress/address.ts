/**
 * Which addresses are out in the world.
 *
 * @module
 */

/** First address and length of the prefix of what is no host in the world (IANA special-purpose registry, IPv4). */
const SPECIAL_4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

/** Inside 2000::/3, outside of which nothing is public: tunnels that hold an IPv4 address, documentation, tests. */
const SPECIAL_6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

/** Whether an address is that of a host in the world: not this machine's, not of a private network, not reserved. */
export function isPublic(address: string): boolean {
  const four = parse4(address);
  if (four !== undefined) return !SPECIAL_4.some(([first, length]) => same(four, parse4(first)!, length));
  const six = parse6(address);
  if (six === undefined || !same(six, parse6("2000::")!, 3)) return false;
  return !SPECIAL_6.some(([first, length]) => same(six, parse6(first)!, length));
}

/** Whether an address is this machine's own. */
export function isLoopback(address: string): boolean {
  return parse4(address)?.[0] === 127 || address === "::1";
}

/** Whether a host is written as an address. */
export function isAddress(host: string): boolean {
  return parse4(host) !== undefined || parse6(host) !== undefined;
}

type Bytes = readonly number[];

function same(a: Bytes, b: Bytes, bits: number): boolean {
  return a.every((byte, at) => {
    const shift = 8 - Math.max(0, Math.min(8, bits - at * 8));
    return byte >> shift === b[at] >> shift;
  });
}

function parse4(text: string): Bytes | undefined {
  if (!/^(\d{1,3}\.){3}\d{1,3}$/.test(text)) return undefined;
  const bytes = text.split(".").map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

/** Read by the platform, which knows all spellings; without a zone, which would be a link's. */
function parse6(text: string): Bytes | undefined {
  if (!text.includes(":") || !URL.canParse(`http://[${text}]/`)) return undefined;
  const [head, tail = ""] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split("::");
  const [first, last] = [head, tail].map((part) => part.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => "0");
  return [...first, ...zeros, ...last].map((group) => parseInt(group, 16)).flatMap((
    group,
  ) => [group >> 8, group & 255]);
}
