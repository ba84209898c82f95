/**
 * What the pairs of a file mean as settings, and everything that is wrong with them.
 *
 * @module
 */

import { nearest, type Problem } from "../errors.ts";
import { isSecretName } from "../redact.ts";
import { numberText } from "./edit.ts";
import type { Kind } from "./kinds.ts";
import { CONFIG_KEYS, type ConfigKey, GROUPS, isConfigKey, keyInfo } from "./keys.ts";
import { hasLogin, printable, shown } from "./shown.ts";
import type { At, Pair, Tree } from "./tree.ts";
import { SECRET_NAMES } from "./variables.ts";

/** A setting of a file. `null` where the file says that there is to be none. */
export interface FileValue {
  readonly key: ConfigKey;
  readonly value: unknown;
  readonly at: At;
}

/** What a file sets. */
export interface Judged {
  readonly values: readonly FileValue[];
  readonly problems: readonly Problem[];
}

/** Judges the pairs of one file. */
export function judge(tree: Tree, file: string): Judged {
  const judged = { values: [] as FileValue[], problems: [] as Problem[] };
  for (const pair of tree.pairs) judgeTop(pair, judged);
  const problems = judged.problems.map((problem) => ({ ...problem, file }));
  return { values: judged.values, problems: [...tree.problems, ...problems] };
}

type Judging = { readonly values: FileValue[]; readonly problems: Problem[] };

function judgeTop(pair: Pair, judging: Judging): void {
  if (GROUPS.includes(pair.key)) return judgeGroup(pair, judging);
  if (isConfigKey(pair.key) && !pair.key.includes(".")) return judgeValue(pair.key, pair, judging);
  judging.problems.push(unknown(pair, pair.key, CONFIG_KEYS.filter((key) => !key.includes(".")).concat(GROUPS as [])));
}

function judgeGroup(group: Pair, judging: Judging): void {
  if (group.pairs === undefined) {
    if (group.value === null || group.value === undefined) return;
    judging.problems.push(mismatch(group.key, group, "a map of settings"));
    return;
  }
  const known = CONFIG_KEYS.filter((key) => key.startsWith(`${group.key}.`));
  for (const pair of group.pairs) {
    const key = `${group.key}.${pair.key}`;
    if (isConfigKey(key)) judgeValue(key, pair, judging);
    else judging.problems.push(unknown(pair, key, known));
  }
}

function judgeValue(key: ConfigKey, pair: Pair, judging: Judging): void {
  const { kind, fallback } = keyInfo(key);
  if (pair.pairs === undefined && pair.value === null && fallback === null) {
    judging.values.push({ key, value: null, at: pair.at });
    return;
  }
  const value = pair.pairs === undefined ? kind.fromValue(pair.value) : undefined;
  if (value === undefined) judging.problems.push(mismatch(key, pair, kind.wants, asNumber(kind, pair.value)));
  else judging.values.push({ key, value, at: pair.at });
  if (hasLogin(value)) judging.problems.push(login(key, pair.at));
}

function login(key: ConfigKey, at: At): Problem {
  const { env } = keyInfo(key);
  const hint = env === undefined ? "take it out, and change it" : `take it out, change it, and set ${env} instead`;
  return { level: "warning", code: "config-secret", message: `${key} holds a password or a key`, hint, ...at };
}

/** A number that is written as a text: in quotes, or as YAML reads `1e-5`. */
function asNumber(kind: Kind<unknown>, value: unknown): string | undefined {
  const number = typeof value === "string" ? kind.fromText(value) : undefined;
  return typeof number === "number" ? `write ${numberText(number)}` : undefined;
}

function mismatch(key: string, pair: Pair, wants: string, better?: string): Problem {
  const seen = pair.pairs === undefined ? shown(pair.value) : "a map";
  const hint = wants === "a text" && /^(number|boolean)$/.test(typeof pair.value) ? "put it in quotes" : better;
  return {
    level: "error",
    code: "config-value",
    message: `Cannot use ${key} = ${seen}: expected ${wants}`,
    hint,
    ...pair.at,
  };
}

function unknown(pair: Pair, key: string, known: readonly string[]): Problem {
  return {
    level: "error",
    code: "config-unknown-key",
    message: `Unknown key '${printable(key)}'`,
    hint: advice(key, known),
    ...pair.keyAt,
  };
}

/** What may have been meant by a name that is none. */
export function advice(key: string, known: readonly string[] = [...CONFIG_KEYS, ...GROUPS]): string {
  if (isConfigKey(key)) return `write ${key.split(".")[1]} in a map ${key.split(".")[0]}`;
  const below = CONFIG_KEYS.find((it) => it.split(".")[1] === key);
  if (below !== undefined) return `did you mean '${below}'?`;
  if (isSecretName(key)) return `secrets are read from the environment only, such as ${secretFor(key)}`;
  const near = nearest(key, known) ?? nearest(key, CONFIG_KEYS);
  return near === undefined ? "loom config show lists the keys there are" : `did you mean '${near}'?`;
}

function secretFor(key: string): string {
  return nearest(key.toUpperCase(), SECRET_NAMES) ?? "ANTHROPIC_API_KEY";
}
