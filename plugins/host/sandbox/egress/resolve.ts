import { lookup } from "node:dns/promises";
import { isAddress, isLoopback, isPublic } from "./address.ts";

/** Addresses of a name, as the system knows them. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** By the system's own means, `/etc/hosts` included. */
export const systemResolve: Resolve = async (host) => {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
};

/** Where to connect to, or why not. */
export type Checked = { readonly addresses: readonly string[] } | { readonly refused: string };

/**
 * The addresses of a host that may be connected to. Whoever connects uses these, and does not ask for the name again: the
 * next answer may be another.
 *
 * @param options `allowLoopback`: for tests, whose servers are on this machine.
 */
export async function checkedAddresses(
  host: string,
  options: { readonly resolve: Resolve; readonly allowLoopback?: boolean },
): Promise<Checked> {
  const found = isAddress(host) ? [host] : await options.resolve(host).catch(() => []);
  // A name without an address is an everyday thing, whatever the resolver calls it.
  if (found.length === 0) return { refused: "its name leads nowhere" };
  const addresses = found.filter((it) => isPublic(it) || (options.allowLoopback === true && isLoopback(it)));
  if (addresses.length === found.length) return { addresses };
  return { refused: "it is on this machine or in a private network" };
}
