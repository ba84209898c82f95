/**
 * Giving up the rights that a verb does not need, before it does anything: what a fault, or a text that misleads it,
 * could make of it is then no more than what the verb is for.
 *
 * Deno drops whole classes only, and with the first of them also what needs all of them: reading `/proc`, by which loom
 * tells whether the holder of a lease still runs, and addresses in the place of a database's name. So a verb that judges
 * leases keeps everything, and one that reads a database drops its rights when that is open.
 *
 * @module
 */

/** A class of rights, as Deno has them. */
export type PermissionClass = "read" | "write" | "net" | "env" | "run" | "ffi" | "sys" | "import";

/** When rights are given up: before the verb begins, or when it has opened its database. */
export type Moment = "start" | "opened";

const ALL: readonly PermissionClass[] = ["run", "ffi", "net", "import", "sys", "write", "env", "read"];

interface Needs {
  readonly at: Moment;
  readonly keeps: readonly PermissionClass[];
}

/** Its own parts, and the settings of whoever called it. */
const READS: Needs = { at: "start", keeps: ["read", "env"] };
const READS_DATABASE: Needs = { ...READS, at: "opened" };

/** What verbs that only read need. Those that are not here keep everything. */
const NEEDS: Readonly<Record<string, Needs>> = {
  "status": READS_DATABASE,
  "explain": READS_DATABASE,
  "completions": READS,
  "schema": READS,
  "prices": READS,
  "runs": READS_DATABASE,
  "export": READS_DATABASE,
  "table": READS_DATABASE,
  "best": READS_DATABASE,
  "audit": READS_DATABASE,
  "audit verify": READS_DATABASE,
  "plugin list": READS,
  "plugin info": READS,
  "plugin verify": READS,
  "tool list": READS,
  "tool info": READS,
  "config show": READS,
  "config check": READS,
  "config path": READS,
  "config schema": READS,
};

/** What a verb gives up at this moment. */
export function classesToRevoke(verb: string, moment: Moment): readonly PermissionClass[] {
  const needs = Object.hasOwn(NEEDS, verb) ? NEEDS[verb] : undefined;
  return needs?.at === moment ? ALL.filter((name) => !needs.keeps.includes(name)) : [];
}

/** Gives it up, for good. */
export function revokeFor(verb: string, moment: Moment): void {
  for (const name of classesToRevoke(verb, moment)) Deno.permissions.revokeSync({ name } as Deno.PermissionDescriptor);
}
