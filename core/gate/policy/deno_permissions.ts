/**
 * A policy as the permission set of a worker.
 *
 * @module
 */

import { LoomError } from "../../errors.ts";
import type { Policy } from "../../ports/policy.ts";
import { hostAllowed, type HostPattern, hostText } from "./hosts.ts";
import { normalizePolicy, readHost } from "./policy.ts";

/** For `new Worker(url, { type: "module", deno: { permissions } })`. `false` is nothing at all. */
export interface DenoPermissions {
  readonly read: readonly string[] | false;
  readonly write: readonly string[] | false;
  readonly net: readonly string[] | false;
  readonly env: readonly string[] | false;
  readonly run: false;
  readonly ffi: false;
  readonly sys: false;
  readonly import: false;
}

/**
 * What Deno lets a worker do under this policy. Programs are not in it: a worker never starts any, it asks the launcher.
 *
 * Deno means by `*.example.org` also `example.org` itself. Such a pattern is taken where both are granted, and refused
 * where a worker would get more than the policy says.
 *
 * @throws {LoomError} `policy-invalid`; `host-not-exact` if a pattern covers less than Deno would grant for it.
 */
export function denoPermissions(policy: Policy): DenoPermissions {
  const { actor, read, write, hosts, variables } = normalizePolicy(policy);
  const net = hosts.flatMap((host) => addresses(host, hosts, actor));
  return {
    read: orNothing([...read, ...write]),
    write: orNothing(write),
    net: orNothing(net),
    env: orNothing(variables),
    run: false,
    ffi: false,
    sys: false,
    import: false,
  };
}

/** One for each port: without a port, Deno means all of them. */
function addresses(host: string, hosts: readonly string[], actor: string): readonly string[] {
  const pattern = readHost(host);
  if (pattern.below && !pattern.ports.every((port) => hostAllowed(hosts, pattern.name, port))) {
    throw notExact(pattern, actor);
  }
  return pattern.ports.map((port) => `${pattern.below ? "*." : ""}${pattern.name}:${port}`);
}

function notExact(pattern: HostPattern, actor: string): LoomError {
  const [host, itself] = [hostText(pattern), hostText({ ...pattern, below: false })];
  return new LoomError("host-not-exact", `Cannot let ${actor} connect to ${host}: Deno would grant ${itself} as well`, {
    hint: `name ${itself} too, or each host below it in the place of ${host}`,
    data: { actor, host },
  });
}

// An empty list is not given to Deno: on its command line that means everything.
function orNothing(items: readonly string[]): readonly string[] | false {
  return items.length > 0 && items;
}
