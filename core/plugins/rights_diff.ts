/**
 * What an update asks for that the plugin did not have, and what it gives up.
 *
 * @module
 */

import type { PluginPermissions } from "../ports/plugin.ts";
import { allRights, type Right, RIGHTS, type Rights } from "./permissions.ts";

/** One right of one kind. */
export interface RightEntry {
  readonly right: Right;
  readonly entry: string;
}

/** How two sets of rights differ. */
export interface RightsDiff {
  /** What nothing of the old covers: a person must be asked. */
  readonly more: readonly RightEntry[];
  /** What nothing of the new covers. */
  readonly less: readonly RightEntry[];
}

/** Compares what was granted with what is asked for. `workspace` covers its folders, `*.example.org` its hosts. */
export function rightsDiff(granted: PluginPermissions, asked: PluginPermissions): RightsDiff {
  const [before, after] = [allRights(granted), allRights(asked)];
  return { more: uncovered(after, before), less: uncovered(before, after) };
}

function uncovered(wanted: Rights, held: Rights): readonly RightEntry[] {
  return RIGHTS.flatMap((right) =>
    wanted[right].filter((entry) => !isCovered(right, entry, held)).map((entry) => ({ right, entry }))
  );
}

function isCovered(right: Right, entry: string, held: Rights): boolean {
  switch (right) {
    case "read":
      return [...held.read, ...held.write].some((folder) => isBelow(entry, folder));
    case "write":
      return held.write.some((folder) => isBelow(entry, folder));
    case "hosts":
      return held.hosts.some((host) => host === entry || hostCovers(host, entry));
    default:
      return held[right].includes(entry);
  }
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** `*.example.org` covers `api.example.org` and `*.eu.example.org`, at the same port. */
function hostCovers(pattern: string, host: string): boolean {
  return pattern.startsWith("*.") && host.length > pattern.length - 1 && host.endsWith(pattern.slice(1));
}
