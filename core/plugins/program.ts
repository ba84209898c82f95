/**
 * Plugins that are programs: what they say of themselves, and the list of their files.
 *
 * @module
 */

import type { PluginClaims } from "../ports/plugin_store.ts";

/** One file of a program, or what stands in the place of one. */
export interface ProgramFile {
  /** With `/`, below the folder of its files. */
  readonly path: string;
  readonly executable: boolean;
  /** SHA-256, or another word for what is no file. */
  readonly digest: string;
}

/** What `plugin.json` says, by what is checked how. */
export function programClaims(said: unknown, files: readonly string[]): PluginClaims {
  if (typeof said !== "object" || said === null || Array.isArray(said)) {
    return { manifest: said, provides: undefined, program: { command: undefined, files } };
  }
  const { provides, command, ...manifest } = said as Readonly<Record<string, unknown>>;
  return { manifest, provides, program: { command, files } };
}

/** Path of the plugin's own file that is started, as `./it` names it; `undefined` for a program of the system. */
export function ownProgram([first = ""]: readonly string[]): string | undefined {
  const [dot, ...parts] = first.split("/");
  return dot === "." && parts.length > 0 && !parts.some((it) => ["", ".", ".."].includes(it))
    ? parts.join("/")
    : undefined;
}

/** The list, sorted: equal for equal files, and for no others. */
export function fileList(files: readonly ProgramFile[]): string {
  const sorted = files.toSorted((a, b) => a.path < b.path ? -1 : 1);
  const lines = sorted.map(({ path, executable, digest }) => JSON.stringify([path, executable ? "x" : "-", digest]));
  return lines.map((line) => `${line}\n`).join("");
}

/** Paths of what is in one of two lists and not in the other. */
export function changedPaths(list: string, other: string): readonly string[] {
  const [ones, others] = [list, other].map((text) => new Set(text.split("\n")));
  const lines = [...ones.symmetricDifference(others)].filter((line) => line !== "");
  return [...new Set(lines.map((line): string => JSON.parse(line)[0]))].sort();
}
