/**
 * Which files of a project a script loads, found by reading, whatever its language is.
 *
 * @module
 */

import { dirname, joinPath } from "../paths.ts";
import type { FileReader } from "../ports/files.ts";
import { localImports, type LocalImportsOptions } from "../python/imports.ts";
import { moduleSpecifiers } from "./javascript.ts";
import { includedPaths } from "./includes.ts";
import type { Language } from "./starter.ts";

/** How imports are looked up. */
export interface ScriptImportsOptions extends LocalImportsOptions {
  /** The folder that a shell script starts in, which its own paths start from. */
  readonly cwd: string;
}

/** Endings that a module may be written without. */
const ENDINGS = ["", ".ts", ".mts", ".js", ".mjs", ".cjs", ".tsx", ".jsx", ".json"];
/** A module that another language is compiled to, and what it is compiled from. */
const SOURCES: Readonly<Record<string, string>> = { ".js": ".ts", ".mjs": ".mts", ".cjs": ".cts" };

/**
 * Absolute paths of the files that `script` (absolute) loads, directly or through each other, sorted, without itself. Of
 * JavaScript: modules named by a relative path. Of shells, R, Julia, Perl and Ruby: files that are read in by a path that
 * can be told from the text. Packages, and paths that are put together while the script runs, are not seen.
 */
export function scriptImports(
  script: string,
  language: Language,
  files: FileReader,
  options: ScriptImportsOptions,
): readonly string[] {
  // What is no file is told by whoever starts it.
  if (language === "other" || files.stat(script)?.kind !== "file") return [];
  if (language === "python") return localImports(script, files, options);
  const start = files.realPath(script) ?? script;
  const found = new Set([start]);
  // A set is walked in order of insertion, also what is added on the way.
  for (const file of found) {
    for (const path of direct(file, language, { files, ...options })) found.add(files.realPath(path) ?? path);
  }
  found.delete(start);
  return [...found].sort();
}

interface Search extends ScriptImportsOptions {
  readonly files: FileReader;
}

function direct(file: string, language: Language, search: Search): readonly string[] {
  const key = `\0${language}\0${file}`;
  const known = search.cache?.get(key);
  if (known !== undefined) return known;
  const source = search.files.readText(file) ?? "";
  const found = language === "javascript" ? modules(source, file, search) : included(source, language, file, search);
  search.cache?.set(key, found);
  return found;
}

function modules(source: string, file: string, search: Search): readonly string[] {
  return moduleSpecifiers(source).flatMap((specifier) => {
    const path = specifier.startsWith("file://") ? decodeURI(specifier.slice(7)) : specifier;
    if (!/^\.{0,2}\//.test(path)) return [];
    return moduleFile(joinPath(dirname(file), path), search) ?? [];
  });
}

function moduleFile(path: string, search: Search): string | undefined {
  const source = SOURCES[/\.[cm]?js$/.exec(path)?.[0] ?? ""];
  const candidates = [
    ...ENDINGS.map((ending) => `${path}${ending}`),
    ...(source === undefined ? [] : [path.replace(/\.[cm]?js$/, source)]),
    ...ENDINGS.slice(1).map((ending) => `${path}/index${ending}`),
  ];
  return candidates.find((candidate) => isFile(candidate, search));
}

/** Beside the script, or in the folder that it starts in. */
function included(source: string, language: Language, file: string, search: Search): readonly string[] {
  return includedPaths(source, language).flatMap((path) => {
    const candidates = [dirname(file), search.cwd].map((folder) => joinPath(folder, path));
    return candidates.find((candidate) => isFile(candidate, search)) ?? [];
  });
}

function isFile(path: string, { files }: Search): boolean {
  return files.stat(path)?.kind === "file";
}
