/**
 * What is left of a policy under a limit.
 *
 * @module
 */

import { isInside } from "../../paths.ts";
import type { Policy, Tier } from "../../ports/policy.ts";
import { hostCovers, type HostPattern, hostText } from "./hosts.ts";
import { normalizePolicy, readHost } from "./policy.ts";
import type { Grants } from "./problems.ts";
import { atLeast } from "./tier.ts";

/** What a tier leaves of a policy: who only reads neither writes nor connects nor starts programs. */
export function withinTier(policy: Policy, tier: Tier = policy.tier): Policy {
  const narrowed = atLeast(tier, policy.tier) ? policy : { ...policy, tier };
  return narrowed.tier === "read-only" ? { ...narrowed, write: [], hosts: [], programs: [] } : narrowed;
}

/** What two policies both grant; actor, action and budget are those of the first. Both must be normal. */
export function intersect(policy: Policy, limit: Grants): Policy {
  const readable = [...limit.read, ...limit.write];
  return normalizePolicy({
    ...policy,
    read: commonPaths([...policy.read, ...policy.write], readable),
    write: commonPaths(policy.write, limit.write),
    hosts: commonHosts(policy.hosts, limit.hosts),
    programs: policy.programs.filter((name) => limit.programs.includes(name)),
    variables: policy.variables.filter((name) => limit.variables.includes(name)),
  });
}

function commonPaths(a: readonly string[], b: readonly string[]): readonly string[] {
  return [
    ...a.filter((path) => b.some((it) => isInside(path, it))),
    ...b.filter((path) => a.some((it) => isInside(path, it))),
  ];
}

function commonHosts(a: readonly string[], b: readonly string[]): readonly string[] {
  const [ones, others] = [a.map(readHost), b.map(readHost)];
  return ones.flatMap((one) => others.flatMap((other) => commonHost(one, other)));
}

function commonHost(a: HostPattern, b: HostPattern): readonly string[] {
  const port = a.ports.filter((it) => b.ports.includes(it));
  if (port.length === 0) return [];
  const name = hostCovers({ ...a, ports: b.ports }, b) ? b : hostCovers({ ...b, ports: a.ports }, a) ? a : undefined;
  return name === undefined ? [] : [hostText({ ...name, ports: port })];
}
