/**
 * Files that scripts read in by their path, found by reading.
 *
 * @module
 */

import type { Language } from "./starter.ts";

/** A path as shells have it: in quotes or without. */
const SHELL =
  /(?:^|[;&|({]|\b(?:then|do|else)\b)[ \t]*(?:source|\.)[ \t]+("(?:\$\([^()\n]*\)|[^"\\\n]|\\.)*"|'[^'\n]*'|(?:\\.|\$\([^()\n]*\)|[^\s;&|<>()])+)/gm;
/** A call with a text as its first argument. */
const CALLS: Readonly<Partial<Record<Language, RegExp>>> = {
  r: /\b(?:source|sys\.source)\(\s*(?:file\s*=\s*)?["']([^"'\n]+)["']/g,
  julia: /\binclude\(\s*"([^"\n]+)"/g,
  perl: /\b(?:require|do)\s*\(?\s*["']([^"'\n]+)["']/g,
  ruby: /\b(?:require_relative|load)\s*\(?\s*["']([^"'\n]+)["']/g,
};

/**
 * Paths of files that a script reads in, as far as the text tells them. Of `source "$(dirname "$0")/lib.sh"`, and of any
 * path that begins with something put in, what follows it: such paths start from the script's own folder.
 */
export function includedPaths(source: string, language: Language): readonly string[] {
  const text = source.replace(/(^|[ \t])#[^\n]*/gm, "$1");
  if (language === "shell") return unique(Array.from(text.matchAll(SHELL), (match) => shellPath(match[1])));
  const call = CALLS[language];
  if (call === undefined) return [];
  return unique(Array.from(text.matchAll(call), ([, path]) => language === "ruby" ? withEnding(path) : path));
}

function shellPath(word: string): string {
  const bare = /^"([^]*)"$/.exec(word)?.[1] ?? /^'([^]*)'$/.exec(word)?.[1] ?? word;
  if (!bare.startsWith("$") && !bare.startsWith("`")) return bare;
  // Nothing that is put in holds the last part of the path.
  const rest = /^(?:\$\([^]*\)|\$\{[^}]*\}|`[^`]*`|\$\w+|\$[^\w])+\/([^$`]*)$/.exec(bare.replaceAll('"', ""));
  return rest?.[1] ?? "";
}

function withEnding(path: string): string {
  return path.endsWith(".rb") ? path : `${path}.rb`;
}

function unique(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].filter((path) => path !== "");
}
