/**
 * The four tiers, in their order.
 *
 * @module
 */

import type { Policy, Tier } from "../../ports/policy.ts";

/** All tiers, least first. */
export const TIERS: readonly Tier[] = ["read-only", "workspace-write", "expensive", "irreversible"];

/** What each tier means, for people. */
export const TIER_MEANING: Readonly<Record<Tier, string>> = {
  "read-only": "changes nothing, connects to nothing",
  "workspace-write": "may change what it names",
  "expensive": "may cost money or much time",
  "irreversible": "cannot be taken back",
};

/** Whether `tier` is `least` or above it. */
export function atLeast(tier: Tier, least: Tier): boolean {
  return TIERS.indexOf(tier) >= TIERS.indexOf(least);
}

/** The highest of some tiers. */
export function higher(first: Tier, ...others: readonly Tier[]): Tier {
  return others.reduce((highest, tier) => atLeast(tier, highest) ? tier : highest, first);
}

/** The least tier that holds what is wished for: whoever writes, connects or starts programs does not only read. */
export function leastTier({ write, hosts, programs }: Pick<Policy, "write" | "hosts" | "programs">): Tier {
  return write.length + hosts.length + programs.length > 0 ? "workspace-write" : "read-only";
}
