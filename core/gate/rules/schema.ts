/**
 * A file of rules, as data: what may stand in it, and everything in it that may not.
 *
 * @module
 */

import { z } from "zod";
import { nearest, type Problem, type YamlPath } from "../../errors.ts";
import { isHostFault, parseHost } from "../policy/hosts.ts";
import type { Effect, Rule } from "./rule.ts";

const EFFECTS: readonly Effect[] = ["allow", "ask", "deny"];
const CONDITIONS = ["tool", "path", "argv", "host"] as const;

const text = z.string().min(1);

const rule = z.strictObject({
  effect: z.enum(EFFECTS as readonly [Effect, ...Effect[]]),
  tool: text.optional(),
  path: text.optional(),
  argv: z.array(text).min(1).optional(),
  host: text.optional(),
  reason: text.optional(),
});

const rules = z.array(rule);

/** A rule as it is written. */
export type WrittenRule = Omit<Rule, "source">;

/** The rules of a file and what is wrong with it. */
export interface CheckedRules {
  /** Empty if anything is wrong. */
  readonly rules: readonly WrittenRule[];
  /** Each with the path to it. */
  readonly problems: readonly Problem[];
}

/** Checks what a file holds; nothing at all is no rules. */
export function checkRules(value: unknown): CheckedRules {
  const parsed = rules.safeParse(value ?? []);
  if (!parsed.success) return { rules: [], problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, value)) };
  const problems = parsed.data.flatMap(meaningProblems);
  return { rules: problems.length > 0 ? [] : parsed.data, problems };
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, value: unknown): readonly Problem[] {
  const path = issue.path.map((part) => typeof part === "number" ? part : String(part));
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...path, key], key));
  const name = path.length === 0
    ? "A file of rules"
    : `'${path.findLast((part) => typeof part === "string") ?? "rule"}'`;
  if (path.length === 0) return [problem(path, `${name} must be a list`, "begin each rule with '- effect:'")];
  if (path.at(-1) === "effect") return [wrongEffect(path, at(value, path))];
  if (issue.code === "too_small") return [problem(path, `${name} is empty`, "remove it, or fill it in")];
  if (path.length === 1) return [problem(path, "A rule must be a map", "such as 'effect: deny' and 'path: ~/.ssh/**'")];
  if (path.at(-1) === "argv") return [problem(path, `${name} must be a list of words`, "such as [git, push]")];
  return [problem(path, `${name} must be a text`, "put it in quotes")];
}

function unknownKey(path: YamlPath, key: string): Problem {
  const near = nearest(key, ["effect", "reason", ...CONDITIONS]);
  const hint = near === undefined
    ? `a rule has effect, ${CONDITIONS.join(", ")} and reason`
    : `did you mean '${near}'?`;
  return { ...problem(path, `Unknown key '${key}'`, hint), atKey: true };
}

function wrongEffect(path: YamlPath, seen: unknown): Problem {
  if (seen === undefined) return problem(path, "A rule has no effect", `give it one of ${EFFECTS.join(", ")}`);
  const near = typeof seen === "string" ? nearest(seen, EFFECTS) : undefined;
  const hint = near === undefined ? `one of ${EFFECTS.join(", ")}` : `did you mean '${near}'?`;
  return problem(path, `'effect' cannot be ${JSON.stringify(seen)}`, hint);
}

function meaningProblems(it: WrittenRule, index: number): readonly Problem[] {
  const found: Problem[] = [];
  if (CONDITIONS.every((name) => it[name] === undefined)) {
    found.push(problem([index], "A rule does not say what it is about", `give it one of ${CONDITIONS.join(", ")}`));
  }
  const host = it.host === undefined || it.host === "*" ? undefined : parseHost(it.host);
  if (host !== undefined && isHostFault(host)) {
    found.push(problem([index, "host"], `'host' cannot be ${JSON.stringify(it.host)}: ${host.fault}`, host.hint));
  }
  return found;
}

function problem(path: YamlPath, message: string, hint: string): Problem {
  return { level: "error", code: "rules-invalid", message, hint, path };
}

function at(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((inner, part) => (inner as Record<string | number, unknown> | undefined)?.[part], value);
}
