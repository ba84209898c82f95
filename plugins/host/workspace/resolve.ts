/**
 * From what somebody writes for a path to names below the workspace, none of them a link.
 *
 * @module
 */

import { osCode } from "../files/errors.ts";
import type { Parts } from "./beneath.ts";
import { fileNotFound, invalidPath, outsideWorkspace, refusedBySystem, specialFile } from "./errors.ts";

/** Where paths are read from. */
export interface Base {
  /** Absolute, links resolved, with `/`. */
  readonly root: string;
  /** What `~` stands for. */
  readonly home?: string;
}

/** A path that lies in the workspace. */
export interface Resolved {
  /** As it was written, tidied, relative to the workspace: `.` is itself. For people, and for what is protected. */
  readonly shown: string;
  /** Where it really is. */
  readonly parts: Parts;
}

/**
 * Resolves a path. What does not exist yet is allowed, below what does.
 *
 * @param options With `follow: false` a link at the end stands for itself.
 * @throws {LoomError} `outside-workspace`, `invalid-path`, `special-file`.
 */
export function resolveInside(base: Base, path: string, options: { readonly follow: boolean }): Resolved {
  const written = namesOf(base, path);
  const names = withoutRepeatedRoot(base, written, path);
  const shown = names.length === 0 ? "." : names.join("/");
  if (names.length === 0) return { shown, parts: [] };
  const last = options.follow ? [] : names.slice(-1);
  const real = realNames(base, names.slice(0, names.length - last.length), path);
  return { shown, parts: [...real, ...last] };
}

/** The names of the path from the root on, `..` taken back as text; what this yields is looked at for links after. */
function namesOf({ root, home }: Base, path: string): readonly string[] {
  if (path.includes("\0")) throw invalidPath(path, "it holds a null character");
  const slashed = isWindows() ? path.replaceAll("\\", "/") : path;
  const expanded = home !== undefined && /^~(\/|$)/.test(slashed) ? `${home}${slashed.slice(1)}` : slashed;
  const names: string[] = [];
  const all = isAbsolute(expanded) ? expanded : `${root}/${expanded}`;
  for (const name of all.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== "..") names.push(name);
    else if (names.pop() === undefined) throw outsideWorkspace(path, root);
  }
  return below({ root }, names) ?? below({ root }, realNamesAnywhere(names)) ?? escaping(path, root);
}

function escaping(path: string, root: string): never {
  throw outsideWorkspace(path, root);
}

function isAbsolute(path: string): boolean {
  return path.startsWith("/") || (isWindows() && /^[A-Za-z]:\//.test(path));
}

function isWindows(): boolean {
  return Deno.build.os === "windows";
}

/** What follows the root; `undefined` if it does not begin with it. */
function below({ root }: Base, names: readonly string[]): readonly string[] | undefined {
  const start = root.split("/").filter((name) => name !== "");
  return start.every((name, i) => same(names[i], name)) ? names.slice(start.length) : undefined;
}

function same(a: string | undefined, b: string): boolean {
  return isWindows() ? a?.toLowerCase() === b.toLowerCase() : a === b;
}

/** Models like to begin with the name of the folder they are in. That counts only if there is nothing of that name. */
function withoutRepeatedRoot({ root }: Base, names: readonly string[], path: string): readonly string[] {
  const own = root.slice(root.lastIndexOf("/") + 1);
  if (names.length < 2 || names[0] !== own || isAbsolute(path)) return names;
  return exists(`${root}/${own}`) ? names : names.slice(1);
}

/** Links resolved as far as there is anything; the rest as it is. */
function realNames(base: Base, names: readonly string[], path: string): Parts {
  const found = realNamesAnywhere([...base.root.split("/").filter(Boolean), ...names], path);
  return below(base, found) ?? escaping(path, base.root);
}

function realNamesAnywhere(names: readonly string[], path: string = names.join("/")): readonly string[] {
  for (let known = names.length; known > 0; known--) {
    const start = absolute(names.slice(0, known));
    const real = realPath(start, path);
    if (real !== undefined) return [...real.split("/").filter(Boolean), ...names.slice(known)];
    if (exists(start)) throw specialFile(path, "a link to nowhere");
  }
  return names;
}

function absolute(names: readonly string[]): string {
  return isWindows() ? names.join("/") : `/${names.join("/")}`;
}

/** `undefined` if it does not exist, or is a link to nowhere. */
function realPath(path: string, asked: string): string | undefined {
  try {
    return Deno.realPathSync(path).replaceAll(isWindows() ? "\\" : "/", "/");
  } catch (error) {
    const code = osCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (code === "ELOOP") throw specialFile(asked, "a circle of links");
    if (code === "ENAMETOOLONG") throw refusedBySystem("look at", asked, code);
    // A folder that may not be looked into has nothing in it for loom.
    if (code === "EACCES" || code === "EPERM") throw refusedBySystem("look at", asked, code);
    throw fileNotFound(asked);
  }
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (osCode(error) === "ENOENT" || osCode(error) === "ENOTDIR") return false;
    throw refusedBySystem("look at", path, osCode(error));
  }
}
