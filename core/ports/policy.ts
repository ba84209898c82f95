/**
 * What an action may do, as data: one value that everything else is made from.
 *
 * @module
 */

/** How much an action can change, least first: read, write in the workspace, cost much, not to be undone. */
export type Tier = "read-only" | "workspace-write" | "expensive" | "irreversible";

/** Where the wish for an action comes from. It travels inside the process, never in text a model writes. */
export type Origin = "human-tty" | "human-flag" | "agent" | "ci";

/** What an action may spend. Absent is unlimited. */
export interface PolicyBudget {
  readonly usd?: number;
  readonly tokens?: number;
  /** Wall time, milliseconds. */
  readonly ms?: number;
}

/**
 * Everything one action may touch. Approval prompt, Deno permission set, sandbox arguments and audit line are all made
 * from this value, and say the same. What is not named is not allowed.
 *
 * @example A tool that reads a folder and writes into it
 * ```ts
 * import type { Policy } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const policy: Policy = {
 *   actor: "tool edit_file",
 *   action: "edit src/app.ts",
 *   tier: "workspace-write",
 *   read: ["/home/ada/project"],
 *   write: ["/home/ada/project"],
 *   hosts: [],
 *   programs: [],
 *   variables: [],
 * };
 * equal(policy.hosts.length, 0);
 * ```
 */
export interface Policy {
  /** Who acts: `tool shell_execute`, `plugin greet 1.0.0`, `verb deploy`. */
  readonly actor: string;
  /** What it is about to do, in words for a person: `edit src/app.ts`. */
  readonly action: string;
  readonly tier: Tier;
  /** Files and folders with all below them, absolute, links resolved. */
  readonly read: readonly string[];
  /** Likewise; what may be written may be read. */
  readonly write: readonly string[];
  /** `example.org` (ports 80 and 443), `example.org:8080` or `*.example.org` (its subdomains, not itself). */
  readonly hosts: readonly string[];
  /** Programs that may be started, by name or absolute path; only ever by loom's launcher, in a sandbox. */
  readonly programs: readonly string[];
  /** Environment variables it is given, by name. */
  readonly variables: readonly string[];
  readonly budget?: PolicyBudget;
}
