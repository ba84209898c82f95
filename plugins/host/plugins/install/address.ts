/**
 * Addresses and paths, judged before anything is fetched from them.
 *
 * @module
 */

import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute path of what `path` names, seen from `folder`. */
export function joinPath(folder: string, path: string): string {
  return isAbsolute(path) ? resolve(path) : resolve(join(folder, path));
}

/** Path of a `file:` URL. */
export function fromFileUrl(url: string): string {
  return fileURLToPath(url);
}

/** Whether the host is this machine itself. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || /^127\.\d+\.\d+\.\d+$/.test(host) || host === "[::1]";
}

/**
 * Whether an address, as URL has written it, is one that is reached from inside only: this machine, a home or company
 * network, a cloud's own services.
 *
 * Source: the special-purpose registries of RFC 6890.
 */
export function isPrivateHost(host: string): boolean {
  const name = host.replace(/\.$/, "").toLowerCase();
  if (name.startsWith("[")) return isPrivateIpv6(name.slice(1, -1));
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(name)?.slice(1).map(Number);
  if (parts !== undefined) return isPrivateIpv4(parts);
  return !name.includes(".") || /\.(localhost|local|internal|home\.arpa|lan)$/.test(name);
}

function isPrivateIpv4([a, b, c]: readonly number[]): boolean {
  return a === 0 || a === 10 || a === 127 || a >= 224 || a === 169 && b === 254 || a === 172 && b >= 16 && b < 32 ||
    a === 192 && b === 168 || a === 100 && b >= 64 && b < 128 || a === 192 && b === 0 && c === 0 ||
    a === 198 && (b === 18 || b === 19);
}

/** All but global unicast, and what of that wraps an IPv4 address. */
function isPrivateIpv6(address: string): boolean {
  const first = Number.parseInt(address.split(":")[0] || "0", 16);
  return !(first >= 0x2000 && first < 0x4000) || first === 0x2002 || /^2001:0?:/.test(address);
}
