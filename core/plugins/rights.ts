/**
 * Rights in plain words, for the person who is asked.
 *
 * @module
 */

import type { PluginPermissions } from "../ports/plugin.ts";
import { allRights, RIGHTS, type Rights } from "./permissions.ts";

/** What a plugin asks for, and what it will not have. Each line goes on after "may" or "may not". */
export interface RightsInWords {
  readonly may: readonly string[];
  readonly mayNot: readonly string[];
  /** What follows from several of them together. */
  readonly notes: readonly string[];
}

/**
 * The rights of a manifest in words.
 *
 * @param command What it is started with, if it is a program.
 */
export function rightsInWords(permissions: PluginPermissions, command?: readonly string[]): RightsInWords {
  const all = allRights(permissions);
  const may = RIGHTS.flatMap((right) => all[right].map((entry) => rightInWords(right, entry)));
  if (command === undefined) return { may, mayNot: missing(all), notes: notes(all) };
  const [program] = command;
  const [, ...others] = missing({ ...all, programs: [program] });
  const held = `${program} can read its own files and those of the system; what it starts is held in the same sandbox.`;
  return {
    may: [`run ${program} in a sandbox, its own files read-only`, ...may],
    mayNot: ["read any other file", ...others.slice(0, -1)],
    notes: [...notes(all), held],
  };
}

/** One right in words: `read the files of your workspace`. */
export function rightInWords(right: keyof Rights, entry: string): string {
  switch (right) {
    case "read":
      return `read ${files(entry)}`;
    case "write":
      return `read, change and delete ${files(entry)}`;
    case "hosts":
      return `reach ${host(entry)}`;
    case "variables":
      return `be given the variable ${entry}`;
    case "programs":
      return `have ${entry} started, in a sandbox`;
  }
}

function files(entry: string): string {
  if (entry === "workspace") return "the files of your workspace";
  return `the files in ${entry.slice("workspace/".length)}/ of your workspace`;
}

function host(entry: string): string {
  const [, name, port] = /^(.*?)(?::(\d+))?$/.exec(entry)!;
  const at = port === undefined ? "" : `, port ${port}`;
  if (name.startsWith("*.")) return `every host below ${name.slice(2)}${at}`;
  const isHere = /^(localhost|127\.[\d.]+|\[::1\])$/.test(name);
  return isHere ? `programs on this machine that listen at ${entry}` : `${name}${at}`;
}

function missing(all: Rights): readonly string[] {
  const other = (right: keyof Rights, none: string, some: string) => all[right].length === 0 ? none : some;
  const reads = [...all.read, ...all.write];
  return [
    reads.length === 0 ? "read any file" : "read any other file",
    other("write", "change any file", "change any other file"),
    other("hosts", "reach the network", "reach any other host"),
    other("variables", "see a variable of your environment", "see any other variable of your environment"),
    other("programs", "start programs", "start any other program"),
  ];
}

function notes(all: Rights): readonly string[] {
  const reads = all.read.length + all.write.length + all.variables.length;
  return reads > 0 && all.hosts.length > 0 ? ["What it reads or is given it can send to the hosts above."] : [];
}
