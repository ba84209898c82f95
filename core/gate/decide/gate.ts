/**
 * Where it is decided whether an action may happen.
 *
 * @module
 */

import type { Origin, Policy, Tier } from "../../ports/policy.ts";
import type { Effect, Rule } from "../rules/rule.ts";
import { atLeast } from "../policy/tier.ts";

/** What the decision is made from. None of it is text that a model wrote. */
export interface Question {
  readonly policy: Pick<Policy, "tier">;
  readonly origin: Origin;
  /** The rule that decides, if one fits. */
  readonly rule?: Rule;
  /** Whether `--yes` stands on the command line. */
  readonly yes?: boolean;
  /** Whether a person has approved exactly this. */
  readonly approved?: boolean;
}

/** What was decided. */
export interface Decision {
  readonly effect: Effect;
  /** Why, as the end of a sentence. */
  readonly reason: string;
  readonly tier: Tier;
  /** Whether a person should see a line about it. */
  readonly noted: boolean;
}

const HUMAN: readonly Origin[] = ["human-tty", "human-flag"];

/**
 * Decides. Deny wins over ask, ask over allow; where no rule speaks the tier does.
 *
 * | tier            | without a rule                | `--yes` counts from | a rule may allow |
 * | --------------- | ----------------------------- | ------------------- | ---------------- |
 * | read-only       | allowed                       | –                   | –                |
 * | workspace-write | allowed, with a note          | –                   | –                |
 * | expensive       | asked                         | a person            | yes              |
 * | irreversible    | asked; an agent is denied     | a person            | no               |
 */
export function decide({ policy: { tier }, origin, rule, yes = false, approved = false }: Question): Decision {
  const decided = (effect: Effect, reason: string): Decision => {
    return { effect, reason, tier, noted: effect === "allow" && tier === "workspace-write" };
  };
  if (rule?.effect === "deny") return decided("deny", ruleText(rule));
  if (origin === "agent" && tier === "irreversible") return decided("deny", "an agent does nothing irreversible");
  if (approved) return decided("allow", "a person approved it");
  const isAsked = rule?.effect === "ask" || atLeast(tier, "expensive");
  if (isAsked && yes && HUMAN.includes(origin)) return decided("allow", "a person said --yes");
  if (rule?.effect === "ask") return decided("ask", ruleText(rule));
  if (rule?.effect === "allow" && tier !== "irreversible") return decided("allow", ruleText(rule));
  return isAsked ? decided("ask", `it is ${tier}`) : decided("allow", `it is ${tier}`);
}

function ruleText({ source, reason }: Rule): string {
  return `the rule ${source}${reason === undefined ? "" : ` (${reason})`}`;
}
