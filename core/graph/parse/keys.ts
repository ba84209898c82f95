/**
 * The keys that steps can have, and what is said of the others.
 *
 * @module
 */

import { keyHint, type Section } from "./section.ts";
import type { Value } from "../../yaml/value.ts";

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
  ]),
  condition: new Set([...SHARED, "predicate", "script", "inputs", "args", "negate"]),
  switch: new Set([...SHARED, "condition", "data"]),
  group: new Set(["group", "steps"]),
  "repeated group": new Set(["group", "steps", "multi_pass", "optional", "disabled"]),
} as const satisfies Record<string, ReadonlySet<string>>;

/** Kinds of entries of `pipeline`, as messages call them. */
export type EntryKind = keyof typeof STEP_KEYS;

const ALL: ReadonlySet<string> = new Set(Object.values(STEP_KEYS).flatMap((keys) => [...keys]));
const UNSUPPORTED: ReadonlySet<string> = new Set(["matrix", "include", "metrics"]);

/** Warns of keys of one entry that do nothing: those of other kinds, mistyped ones, and features of later releases. */
export function checkEntryKeys(entry: Section, kind: EntryKind): void {
  const own: ReadonlySet<string> = STEP_KEYS[kind];
  for (const [key, value] of entry.values) {
    if (typeof key !== "string" || own.has(key) || value === null) continue;
    if (UNSUPPORTED.has(key)) warnUnsupported(entry, key);
    else if (!ALL.has(key)) warnMistyped(entry, key, own);
    else if (!isEmpty(value)) warnNoEffect(entry, key, kind);
  }
}

/** Warns of top-level keys that this release does not act on. */
export function checkUnsupported(top: Section): void {
  for (const key of UNSUPPORTED) {
    if (top.get(key) !== undefined) warnUnsupported(top, key);
  }
}

function warnUnsupported(owner: Section, key: string): void {
  const message = `'${key}' is not supported in this release and is ignored`;
  owner.warn({ code: "not-supported", message, under: [key], atKey: true });
}

function warnNoEffect(entry: Section, key: string, kind: EntryKind): void {
  const hint = noEffectHint(key, kind);
  const message = `'${key}' has no effect on a ${kind}`;
  entry.warn({ code: "no-effect", message, hint, under: [key], atKey: true });
}

function noEffectHint(key: string, kind: EntryKind): string | undefined {
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
