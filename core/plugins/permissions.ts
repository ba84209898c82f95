/**
 * What a plugin may ask for, entry by entry.
 *
 * @module
 */

import { hostText, isHostFault, parseHost } from "../gate/mod.ts";
import type { PluginPermissions } from "../ports/plugin.ts";

/** The kinds of rights, in the order in which they are shown. */
export const RIGHTS = ["read", "write", "hosts", "variables", "programs"] as const;

/** Name of one kind. */
export type Right = typeof RIGHTS[number];

/** All kinds, none left out. */
export type Rights = { readonly [R in Right]: readonly string[] };

/** Each kind as a list without repetition, sorted, paths in one way of writing. */
export function allRights(permissions: PluginPermissions): Rights {
  const list = (right: Right) => [...new Set((permissions[right] ?? []).map((it) => normal(right, it)))].sort();
  return {
    read: list("read"),
    write: list("write"),
    hosts: list("hosts"),
    variables: list("variables"),
    programs: list("programs"),
  };
}

/** The kinds that hold something. */
export function askedRights(permissions: PluginPermissions): PluginPermissions {
  const all = allRights(permissions);
  return Object.fromEntries(RIGHTS.filter((right) => all[right].length > 0).map((right) => [right, all[right]]));
}

function normal(right: Right, entry: string): string {
  if (right === "hosts") return normalHost(entry);
  return right === "read" || right === "write" ? workspacePath(entry) ?? entry : entry;
}

function normalHost(entry: string): string {
  const found = parseHost(entry);
  return isHostFault(found) ? entry : hostText(found);
}

/** `workspace/data` for `workspace/data/`, `data` or `./data`; `undefined` for what leaves the workspace. */
export function workspacePath(entry: string): string | undefined {
  if (/^[/~\\]|^[A-Za-z]:|[\\*?\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(entry)) return undefined;
  const parts = entry.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) return undefined;
  return ["workspace", ...(parts[0] === "workspace" ? parts.slice(1) : parts)].join("/");
}

/** What is wrong with an entry, or `undefined` if nothing is. */
export function faultOf(right: Right, entry: string): string | undefined {
  switch (right) {
    case "read":
    case "write":
      if (entry !== "" && workspacePath(entry) !== undefined) return undefined;
      return "only 'workspace' and folders below it, such as 'workspace/data', can be asked for";
    case "hosts":
      return hostFault(entry);
    case "variables":
      return /^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(entry) ? undefined : "write the name of one variable";
    case "programs":
      return /^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}$|^\/[A-Za-z0-9_.+/-]{1,255}$/.test(entry) && !entry.includes("..")
        ? undefined
        : "write the name of a program or its absolute path, without arguments";
  }
}

/**
 * A pattern covers what lies below a name; Deno would grant the name itself as well. So it must be asked for, too.
 *
 * @returns What is wrong, or `undefined`.
 */
export function patternFault(entry: string, hosts: readonly string[]): string | undefined {
  const pattern = parseHost(entry);
  if (isHostFault(pattern) || !pattern.below) return undefined;
  const itself = hostText({ ...pattern, below: false });
  return hosts.includes(itself) ? undefined : `name '${itself}' too, it cannot be left out`;
}

function hostFault(entry: string): string | undefined {
  const found = parseHost(entry);
  return isHostFault(found) ? `${found.fault}; ${found.hint}` : undefined;
}
