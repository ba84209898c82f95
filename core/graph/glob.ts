/**
 * File patterns, as Python's `glob` reads them: `*`, `?`, `[…]`, `[!…]` within a name, `**` for folders.
 *
 * @module
 */

import { LoomError } from "../errors.ts";
import type { FileReader } from "../ports/files.ts";
import { compileName, isLiteralName, type NameTest } from "./glob_name.ts";
import { joinPath } from "../paths.ts";
import { byCodePoint } from "../python/compare.ts";

/** One part of a pattern between slashes: any folders, one name as written, or names that pass a test. */
type Part =
  | { readonly kind: "folders" }
  | { readonly kind: "literal"; readonly name: string }
  | { readonly kind: "pattern"; readonly test: NameTest };

interface Pattern {
  readonly parts: readonly Part[];
  /** Written with a slash at the end. */
  readonly onlyFolders: boolean;
}

/**
 * A test for paths relative to the pattern's folder, with `/` between names.
 *
 * `*` and `?` do not match a leading dot, and `**` no folder that begins with one. Time grows with the product of the
 * lengths, whatever the pattern.
 *
 * @throws {LoomError} `glob-invalid` for an empty or absolute pattern and for one with `..`.
 */
export function matchGlob(pattern: string): (relativePath: string) => boolean {
  const { parts } = parsePattern(pattern);
  return (relativePath) => matchNames(parts, relativePath.split("/").filter((name) => name !== "" && name !== "."));
}

/** Greedy with one point to go back to, the last `**`: what an earlier one took never needs to change. */
function matchNames(parts: readonly Part[], names: readonly string[]): boolean {
  let [part, name, lastFolders, resumeAt] = [0, 0, -1, 0];
  while (name < names.length) {
    const current = parts[part];
    if (current?.kind === "folders") [lastFolders, resumeAt, part] = [part, name, part + 1];
    else if (current !== undefined && matchName(current, names[name])) [part, name] = [part + 1, name + 1];
    else if (lastFolders < 0 || names[resumeAt].startsWith(".")) return false;
    else [part, name] = [lastFolders + 1, ++resumeAt];
  }
  while (parts[part]?.kind === "folders") part++;
  return part === parts.length && names.length > 0;
}

function matchName(part: Part, name: string): boolean {
  if (part.kind === "literal") return part.name === name;
  return part.kind === "pattern" && part.test(name);
}

/**
 * Everything below `folder` that matches: files and folders, absolute, sorted name by name by code point.
 *
 * `**` does not enter linked folders, so that a loop of links ends; a link that is named or matched by `*` is followed.
 *
 * @throws {LoomError} `glob-invalid`, as {@linkcode matchGlob}.
 */
export function globFiles(folder: string, pattern: string, files: FileReader): string[] {
  const { parts, onlyFolders } = parsePattern(pattern);
  const found = new Set<string>();
  walk("", 0, { parts, files, folder, found, seen: new Set() });
  const kept = onlyFolders ? [...found].filter((path) => isFolder(files, joinPath(folder, path))) : [...found];
  return kept.sort(byNames).map((path) => joinPath(folder, path));
}

interface Walk {
  readonly parts: readonly Part[];
  readonly files: FileReader;
  readonly folder: string;
  readonly found: Set<string>;
  /** Pairs of folder and part already walked: several `**` reach the same ones in many ways. */
  readonly seen: Set<string>;
}

function walk(path: string, index: number, search: Walk): void {
  const part = search.parts[index];
  if (part === undefined) {
    if (path !== "") search.found.add(path);
    return;
  }
  const key = `${index}/${path}`;
  if (search.seen.has(key)) return;
  search.seen.add(key);
  if (part.kind === "folders") return walkFolders(path, index, search);
  if (part.kind === "literal") return walkLiteral(child(path, part.name), index, search);
  const last = index === search.parts.length - 1;
  for (const { name, kind } of search.files.list(joinPath(search.folder, path))) {
    if (part.test(name) && (last || kind === "directory" || kind === "symlink")) {
      walk(child(path, name), index + 1, search);
    }
  }
}

function walkLiteral(path: string, index: number, search: Walk): void {
  if (search.files.stat(joinPath(search.folder, path)) !== undefined) walk(path, index + 1, search);
}

function walkFolders(path: string, index: number, search: Walk): void {
  const last = index === search.parts.length - 1;
  walk(path, index + 1, search);
  for (const { name, kind } of search.files.list(joinPath(search.folder, path))) {
    if (name.startsWith(".")) continue;
    if (kind === "directory") walk(child(path, name), index, search);
    else if (last) search.found.add(child(path, name));
  }
}

function child(path: string, name: string): string {
  return path === "" ? name : `${path}/${name}`;
}

function isFolder(files: FileReader, path: string): boolean {
  return files.stat(path)?.kind === "directory";
}

/** By path, name by name: `a/b` stands before `a-b`. */
function byNames(a: string, b: string): number {
  return byCodePoint(a.replaceAll("/", "\0"), b.replaceAll("/", "\0"));
}

function parsePattern(pattern: string): Pattern {
  const names = pattern.split("/").filter((name) => name !== "" && name !== ".");
  if (pattern.startsWith("/") || /^[A-Za-z]:[\\/]/.test(pattern)) throw invalid(pattern, "it is absolute");
  if (names.length === 0) throw invalid(pattern, "it is empty");
  if (names.includes("..")) throw invalid(pattern, "it leaves its folder by '..'");
  const single = names.filter((name, i) => name !== "**" || names[i - 1] !== "**");
  return { parts: single.map(parsePart), onlyFolders: pattern.endsWith("/") };
}

function parsePart(name: string): Part {
  if (name === "**") return { kind: "folders" };
  return isLiteralName(name) ? { kind: "literal", name } : { kind: "pattern", test: compileName(name) };
}

function invalid(pattern: string, reason: string): LoomError {
  return new LoomError("glob-invalid", `Cannot use the pattern '${pattern}': ${reason}`, {
    hint: "write it from the folder it is used in, such as '*.png' or '**/*.csv'",
    data: { pattern },
  });
}
