import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import type { Origin, Tier } from "../../ports/policy.ts";
import type { Rule } from "../rules/rule.ts";
import { decide, type Question } from "./gate.ts";

const ORIGINS: readonly Origin[] = ["human-tty", "human-flag", "agent", "ci"];
const TIERS: readonly Tier[] = ["read-only", "workspace-write", "expensive", "irreversible"];

/** A row for each origin, a letter for each tier: allow (+), ask (?), deny (-). */
function table(more: Partial<Question>): readonly string[] {
  const letter = { allow: "+", ask: "?", deny: "-" } as const;
  return ORIGINS.map((origin) =>
    TIERS.map((tier) => letter[decide({ policy: { tier }, origin, ...more }).effect]).join("")
  );
}

const rule = (effect: Rule["effect"]): Rule => ({ effect, tool: "x", source: "rules.yaml:1" });

Deno.test("decide() follows the tiers where no rule speaks", () => {
  deepEqual(table({}), ["++??", "++??", "++?-", "++??"]);
});

Deno.test("decide() counts --yes from a person only", () => {
  deepEqual(table({ yes: true }), ["++++", "++++", "++?-", "++??"]);
});

Deno.test("decide() lets a rule allow what is expensive, and nothing that is irreversible", () => {
  deepEqual(table({ rule: rule("allow") }), ["+++?", "+++?", "+++-", "+++?"]);
});

Deno.test("decide() asks where a rule asks, also about reading", () => {
  deepEqual(table({ rule: rule("ask") }), ["????", "????", "???-", "????"]);
  deepEqual(table({ rule: rule("ask"), yes: true }), ["++++", "++++", "???-", "????"]);
});

Deno.test("decide() denies what a rule denies, whoever said yes", () => {
  deepEqual(table({ rule: rule("deny"), yes: true, approved: true }), ["----", "----", "----", "----"]);
});

Deno.test("decide() takes an approval for anything but an agent's irreversible wish", () => {
  deepEqual(table({ approved: true }), ["++++", "++++", "+++-", "++++"]);
  deepEqual(table({ approved: true, rule: rule("ask") }), ["++++", "++++", "+++-", "++++"]);
});

Deno.test("decide() says why, and notes what is changed without being asked about", () => {
  const decided = (tier: Tier, more: Partial<Question> = {}) =>
    decide({ policy: { tier }, origin: "human-tty", ...more });
  deepEqual(decided("workspace-write"), {
    effect: "allow",
    reason: "it is workspace-write",
    tier: "workspace-write",
    noted: true,
  });
  equal(decided("read-only").noted, false);
  equal(decided("expensive", { yes: true }).reason, "a person said --yes");
  equal(decided("read-only", { rule: { ...rule("deny"), reason: "keys" } }).reason, "the rule rules.yaml:1 (keys)");
});
