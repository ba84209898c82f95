/**
 * A policy in words, for the person who is asked.
 *
 * @module
 */

import type { Policy, PolicyBudget } from "../../ports/policy.ts";
import { normalizePolicy } from "./policy.ts";
import { shownName, shownText } from "./shown.ts";
import { atLeast, TIER_MEANING } from "./tier.ts";

/** Stands where a list is empty. No name looks like it: parentheses are shown in quotes. */
const NOTHING = "(nothing)";

const LABEL_CELLS = 10;

/**
 * What an action may do, in plain words: who, what, and each path, host, program, variable and limit by name.
 *
 * @example A tool that reads one folder
 * ```
 * tool read_file: read notes.md
 *   tier      read-only: changes nothing, connects to nothing
 *   reads     /home/ada/project
 *   changes   (nothing)
 *   connects  (nothing)
 *   starts    (nothing)
 *   is given  (nothing)
 * ```
 *
 * @returns Lines joined by line ends, without one at the end.
 * @throws {LoomError} `policy-invalid`.
 */
export function promptText(policy: Policy): string {
  const { actor, action, tier, read, write, hosts, programs, variables, budget } = normalizePolicy(policy);
  return [
    `${shownText(actor)}: ${shownText(action)}`,
    ...section("tier", [`${tier}: ${TIER_MEANING[tier]}`]),
    ...section("reads", read.map(shownName)),
    ...section("changes", write.map(shownName)),
    ...section("connects", hosts.map(shownName)),
    ...section("starts", programs.map(shownName)),
    ...section("is given", variables.map(shownName)),
    ...budget !== undefined || atLeast(tier, "expensive") ? section("spends", limits(budget)) : [],
  ].join("\n");
}

function section(label: string, items: readonly string[]): readonly string[] {
  const [first = NOTHING, ...rest] = items;
  return [line(label, first), ...rest.map((item) => line("", item))];
}

function line(label: string, item: string): string {
  return `  ${label.padEnd(LABEL_CELLS)}${item}`;
}

function limits({ usd, tokens, ms }: PolicyBudget = {}): readonly string[] {
  const most = [[usd, "USD"], [tokens, "tokens"], [ms, "ms"]] as const;
  const named = most.flatMap(([value, unit]) => value === undefined ? [] : [`at most ${value} ${unit}`]);
  return named.length > 0 ? named : ["(no limit was set)"];
}
