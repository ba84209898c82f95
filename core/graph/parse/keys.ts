/**
 * The keys that steps can have, and what is said of the others.
 *
 * @module
 */

import { keyHint, type Section } from "./section.ts";
import type { Value } from "../../yaml/value.ts";

/** The keys of the file itself. */
export const TOP_KEYS: ReadonlySet<string> = new Set([
  "data",
  "parameters",
  "pipeline",
  "execution",
  "layout",
  "editor",
  "variables",
  "version",
  "output_dir",
  "matrix",
  "include",
  "metrics",
]);

const SHARED = ["name", "kind", "group", "optional", "disabled"];

/** The keys each kind of step reads. */
export const STEP_KEYS = {
  task: new Set([
    ...SHARED,
    "task",
    "script",
    "inputs",
    "outputs",
    "args",
    "loop",
    "timeout",
    "retries",
    "env",
    "secrets",
    "cwd",
    "deps",
    "when",
    "resources",
    "continue_on_error",
    "atomic",
    "sandbox",
    "metrics",
    "matrix",
  ]),
  condition: new Set([...SHARED, "predicate", "script", "inputs", "args", "negate"]),
  switch: new Set([...SHARED, "condition", "data"]),
  group: new Set(["group", "steps"]),
  "repeated group": new Set(["group", "steps", "multi_pass", "optional", "disabled", "matrix"]),
} as const satisfies Record<string, ReadonlySet<string>>;

/** Kinds of entries of `pipeline`, as messages call them. */
export type EntryKind = keyof typeof STEP_KEYS;

const ALL: ReadonlySet<string> = new Set(Object.values(STEP_KEYS).flatMap((keys) => [...keys]));

/** Warns of keys of one entry that do nothing: those of other kinds or of the whole file, and mistyped ones. */
export function checkEntryKeys(entry: Section, kind: EntryKind): void {
  const own: ReadonlySet<string> = STEP_KEYS[kind];
  for (const [key, value] of entry.values) {
    if (typeof key !== "string" || own.has(key) || value === null) continue;
    if (key === "include") warnNoEffect(entry, key, kind);
    else if (!ALL.has(key)) warnMistyped(entry, key, own);
    else if (!isEmpty(value)) warnNoEffect(entry, key, kind);
  }
}

function warnNoEffect(entry: Section, key: string, kind: EntryKind): void {
  const hint = noEffectHint(key, kind);
  const message = `'${key}' has no effect on a ${kind}`;
  entry.warn({ code: "no-effect", message, hint, under: [key], atKey: true });
}

function noEffectHint(key: string, kind: EntryKind): string | undefined {
  if (key === "include") return "put it at the top of the file";
  if (kind === "group") return key === "multi_pass" ? undefined : "put it on the steps of the group";
  if (kind !== "task") return undefined;
  if (key === "predicate" || key === "negate") return "add 'kind: condition'";
  return key === "condition" ? "add 'kind: switch'" : undefined;
}

function warnMistyped(entry: Section, key: string, own: ReadonlySet<string>): void {
  const hint = keyHint(key, own);
  if (hint === undefined) return;
  entry.warn({ code: "unknown-key", message: `unknown key '${key}' is ignored`, hint, under: [key], atKey: true });
}

/** Editors write empty sections for kinds that have none; that is no mistake of a person. */
function isEmpty(value: Value): boolean {
  if (value instanceof Map) return value.size === 0;
  return Array.isArray(value) && value.length === 0;
}
