/**
 * A policy, and what was decided about it, as they are written down.
 *
 * @module
 */

import { canonicalJson } from "../../loop/state/canonical.ts";
import type { AuditEntry } from "../../ports/audit.ts";
import type { Policy } from "../../ports/policy.ts";
import { normalizePolicy } from "./policy.ts";

/** The policy as canonical JSON: equal policies are equal texts. @throws {LoomError} `policy-invalid`. */
export function auditLine(policy: Policy): string {
  return canonicalJson(normalizePolicy(policy), "policy");
}

/**
 * An entry as it goes into the log: its policy normal, its members in order, and no secret in its words.
 *
 * @param redact Masks secrets in a text.
 * @throws {LoomError} `policy-invalid`.
 */
export function auditEntry(entry: AuditEntry, redact: (text: string) => string = (text) => text): AuditEntry {
  const { policy, facts = {}, reason } = entry;
  const shown = Object.entries(facts).map(([name, fact]) => [name, typeof fact === "string" ? redact(fact) : fact]);
  const words = { ...entry, reason: redact(reason), policy: redacted(normalizePolicy(policy), redact) };
  const whole = entry.facts === undefined ? words : { ...words, facts: Object.fromEntries(shown) };
  return JSON.parse(canonicalJson(whole, "entry")) as AuditEntry;
}

function redacted(policy: Policy, redact: (text: string) => string): Policy {
  const { actor, action, read, write, hosts, programs } = policy;
  return {
    ...policy,
    actor: redact(actor),
    action: redact(action),
    read: read.map(redact),
    write: write.map(redact),
    hosts: hosts.map(redact),
    programs: programs.map(redact),
  };
}
