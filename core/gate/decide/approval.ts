/**
 * A person's yes, bound to exactly what was shown.
 *
 * @module
 */

import { LoomError } from "../../errors.ts";
import { canonicalJson } from "../../loop/state/canonical.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Approval, Approvals } from "../../ports/audit.ts";
import type { Origin, Policy } from "../../ports/policy.ts";
import type { Random } from "../../ports/random.ts";
import { normalizePolicy } from "../policy/policy.ts";

/** How long a yes can be used, milliseconds. */
export const APPROVAL_MS: number = 10 * 60_000;

const TOKEN_DIGITS = 64;

/** What an approval is bound to. */
export interface Bound {
  /** With its budget: the plan of cost. */
  readonly policy: Policy;
  /** All that the verb or tool was given. */
  readonly arguments: unknown;
  /** Digests of what goes in, by name. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** SHA-256 of a text, 64 lower-case hexadecimal digits. */
export type Digest = (text: string) => string;

/** What approvals are made with. */
export interface Broker {
  readonly approvals: Approvals;
  readonly clock: Pick<Clock, "now">;
  readonly random: Pick<Random, "hex">;
}

/**
 * The digest that stands for one exact action. Another argument, another input or another right is another action.
 *
 * @throws {StateNotSerialisable} If JSON cannot hold the arguments.
 */
export function bindingOf({ policy, arguments: args, inputs }: Bound, digest: Digest): string {
  return digest(canonicalJson({ policy: normalizePolicy(policy), arguments: args, inputs }, "action"));
}

/**
 * Writes a person's yes down, to be used once within ten minutes.
 *
 * @throws {LoomError} `refused` for an agent and what is irreversible.
 */
export function issueApproval(
  { binding, tier, origin }: { readonly binding: string; readonly tier: Policy["tier"]; readonly origin: Origin },
  { approvals, clock, random }: Broker,
): Approval {
  if (origin === "agent" && tier === "irreversible") {
    throw new LoomError("refused", "Refused: an agent gets no approval for what is irreversible", {
      hint: "a person has to ask for it",
      data: { tier, origin },
    });
  }
  const now = clock.now();
  const approval = { token: random.hex(TOKEN_DIGITS), binding, origin, expiresMs: now + APPROVAL_MS };
  approvals.put(approval, now);
  return approval;
}
