/**
 * Secrets where others can read them.
 *
 * @module
 */

import type { Problem, YamlPath } from "../../errors.ts";
import { envNames } from "../../graph/env.ts";
import { isSecretName } from "../../redact.ts";
import type { Value } from "../../yaml/value.ts";
import type { Facts, TaskFacts } from "../base/facts.ts";

/** Secrets in args, which every user of the machine can list, and in the file itself, which is shared. */
export function* secretRule(facts: Facts): Generator<Problem> {
  for (const task of facts.tasks) {
    yield* shownArgs(facts, task);
    yield* writtenVariables(task);
  }
}

/** Of names that say `key` alone, most are of tables. */
function mayBeSecret(name: string): boolean {
  const bare = name.replace(/^-+/, "");
  return isSecretName(bare) &&
    !/(^|[_.-])keys?$/i.test(bare.replace(/(api|access|private|secret|auth)[_.-]?keys?$/i, ""));
}

/** Names of columns and files are texts too: only what looks made up counts. */
const MADE_UP = /^(?=.*\d)[A-Za-z0-9+/_.=~-]{12,}$/;

function* shownArgs(facts: Facts, { step, resolved }: TaskFacts): Generator<Problem> {
  for (const { flag, value, parameter, path } of resolved?.args ?? []) {
    if (!mayBeSecret(flag) || path !== undefined || typeof value !== "string") continue;
    const written = step.args.get(flag);
    const isFromOutside = envNames(textOf(facts, written, parameter)).length > 0;
    if (!isFromOutside && !MADE_UP.test(value)) continue;
    yield secret(step.name, [...step.at, "args", flag], {
      message: `The value of '${flag}' of step '${step.name}' can be read by everyone who lists the programs that run`,
      hint: `let the script read it from a variable that is set outside, and name that: 'secrets: [${variable(flag)}]'`,
    });
  }
}

function textOf({ pipeline }: Facts, written: Value | undefined, parameter: string | undefined): string {
  const value = parameter === undefined ? written : pipeline.parameters.get(parameter);
  return typeof value === "string" ? value : "";
}

function* writtenVariables({ step }: TaskFacts): Generator<Problem> {
  for (const [name, text] of step.env) {
    const isSecret = step.secrets.includes(name) || isSecretName(name);
    if (!isSecret || text.includes("$") || !(MADE_UP.test(text) || (step.secrets.includes(name) && text !== ""))) {
      continue;
    }
    yield secret(step.name, [...step.at, "env", name], {
      message: `The secret '${name}' of step '${step.name}' stands in the file`,
      hint: `remove it here, and set ${name} before starting loom: scripts see its environment`,
    });
  }
}

function variable(flag: string): string {
  return flag.replace(/^-+/, "").replaceAll("-", "_").toUpperCase();
}

function secret(step: string, path: YamlPath, words: Pick<Problem, "message" | "hint">): Problem {
  return { level: "warning", code: "plain-secret", ...words, step, path };
}
