/**
 * The modules of a project that a Python script imports, found by reading.
 *
 * @module
 */

import type { FileReader } from "../ports/files.ts";
import { dirname, joinPath } from "../paths.ts";
import { type PythonImport, readImports } from "./import_statements.ts";

/** How imports are looked up. */
export interface LocalImportsOptions {
  /** Further folders of the project that Python searches, absolute, in order: those of PYTHONPATH. */
  readonly roots?: readonly string[];
  /**
   * Kept between calls, so that scripts and modules met again are neither read nor looked up again. Keys are private;
   * throw the map away when files may have changed.
   */
  readonly cache?: Map<string, readonly string[]>;
}

/**
 * Absolute paths of the Python files of the project that `script` (absolute) imports, directly or through each other,
 * sorted; the script itself is left out.
 *
 * Looked for where Python looks first, in the script's own folder (behind links) and in `roots`; what is not there is
 * somebody else's package. The `__init__.py` of each package on the way counts. Imports inside functions and branches
 * count too, as do `importlib.import_module("…")` and `__import__("…")` of a literal.
 */
export function localImports(script: string, files: FileReader, options: LocalImportsOptions = {}): string[] {
  const start = files.realPath(script) ?? script;
  const search: Search = {
    files,
    cache: options.cache ?? new Map(),
    folders: [...new Set([dirname(start), ...(options.roots ?? [])])],
  };
  const found = new Set<string>([start]);
  // A set is walked in order of insertion, also what is added on the way.
  for (const file of found) for (const imported of directImports(file, search)) found.add(imported);
  found.delete(start);
  return [...found].sort();
}

interface Search {
  readonly files: FileReader;
  readonly cache: Map<string, readonly string[]>;
  /** Where modules are looked for by their full name. */
  readonly folders: readonly string[];
}

function directImports(file: string, search: Search): readonly string[] {
  const key = [file, ...search.folders].join("\0");
  const known = search.cache.get(key);
  if (known !== undefined) return known;
  const source = search.files.readText(file) ?? "";
  const imported = new Set(readImports(source).flatMap((statement) => filesOf(statement, file, search)));
  search.cache.set(key, [...imported]);
  return [...imported];
}

function filesOf(statement: PythonImport, file: string, search: Search): string[] {
  const folders = statement.level === 0 ? search.folders : [ancestor(file, statement.level)];
  const own = statement.level === 0 ? [] : initOf(folders[0], search);
  const parts = statement.module.split(".").filter((part) => part !== "");
  const { found, inside } = walk(parts, folders, search);
  const members = inside.length === 0 ? [] : statement.names.flatMap((name) => walk([name], inside, search).found);
  return [...own, ...found, ...members];
}

/** The folder that a relative import starts from: one dot is the module's own package. */
function ancestor(file: string, level: number): string {
  let folder = dirname(file);
  for (let i = 1; i < level; i++) folder = dirname(folder);
  return folder;
}

function initOf(folder: string, search: Search): string[] {
  const init = joinPath(folder, "__init__.py");
  return isFile(init, search) ? [init] : [];
}

/** Follow a dotted name; `inside` are the folders that hold the members of what was found last. */
function walk(
  parts: readonly string[],
  folders: readonly string[],
  search: Search,
): { readonly found: string[]; readonly inside: readonly string[] } {
  const found: string[] = [];
  let inside = folders;
  for (const part of parts) {
    const module = findModule(part, inside, search);
    found.push(...module.files);
    inside = module.inside;
    if (inside.length === 0) break;
  }
  return { found, inside };
}

interface Module {
  readonly files: readonly string[];
  /** Folders that hold its members; none for a module that is a file. */
  readonly inside: readonly string[];
}

/** Thousands of scripts of one folder import the same few names: each is looked for once. */
function findModule(name: string, folders: readonly string[], search: Search): Module {
  const key = ["", name, ...folders].join("\0");
  const known = search.cache.get(`${key}\0files`);
  if (known !== undefined) return { files: known, inside: search.cache.get(`${key}\0inside`) ?? [] };
  const module = lookUp(name, folders, search);
  search.cache.set(`${key}\0files`, module.files);
  search.cache.set(`${key}\0inside`, module.inside);
  return module;
}

/** One name in some folders, as Python's path finder: package before module before folder without `__init__.py`. */
function lookUp(name: string, folders: readonly string[], search: Search): Module {
  const portions: string[] = [];
  for (const folder of folders) {
    const path = joinPath(folder, name);
    const isFolder = search.files.stat(path)?.kind === "directory";
    const [init] = isFolder ? initOf(path, search) : [];
    if (init !== undefined) return { files: [init], inside: [path] };
    if (isFile(`${path}.py`, search)) return { files: [`${path}.py`], inside: [] };
    if (isFolder) portions.push(path);
  }
  return { files: [], inside: portions };
}

function isFile(path: string, search: Search): boolean {
  return search.files.stat(path)?.kind === "file";
}
