/**
 * Lines of files that fit a pattern.
 *
 * @module
 */

import type { ToolContext } from "../../../core/ports/tool.ts";
import { globMatcher } from "./glob.ts";
import { walk } from "./walk.ts";

/** Larger files are not texts that people write. */
const MAX_FILE_BYTES = 5 * 1024 * 1024;

/** Longer lines are cut where they are shown. */
const MAX_LINE = 500;

/** What is looked for. */
export interface Query {
  readonly pattern: RegExp;
  readonly path: string;
  /** Pattern of the names or paths to look in. */
  readonly files?: string;
  readonly maxMatches: number;
  /** Whether one line of a file is enough. */
  readonly filesOnly?: boolean;
  /** Lines around. */
  readonly context?: number;
}

/** What was found. */
export interface Scanned {
  readonly lines: readonly string[];
  readonly matches: number;
  readonly files: number;
  /** Whether there may be more. */
  readonly cut: boolean;
}

/** Looks through all text files below a path, or through one file. */
export async function scan(query: Query, { workspace, signal }: ToolContext): Promise<Scanned> {
  const lines: string[] = [];
  let [matches, files] = [0, 0];
  for await (const path of filesOf(query, { workspace, signal })) {
    signal.throwIfAborted();
    const text = await textOf(workspace, path);
    if (text === undefined) continue;
    const found = linesIn(text, path, { ...query, maxMatches: query.maxMatches - matches });
    if (found.matches === 0) continue;
    lines.push(...(query.filesOnly ? [path] : found.lines));
    [matches, files] = [matches + (query.filesOnly ? 1 : found.matches), files + 1];
    if (matches >= query.maxMatches) return { lines, matches, files, cut: true };
  }
  return { lines, matches, files, cut: false };
}

async function* filesOf(
  { path, files }: Query,
  { workspace, signal }: Pick<ToolContext, "workspace" | "signal">,
): AsyncGenerator<string> {
  const fits = files === undefined ? () => true : globMatcher(files);
  if ((await workspace.stat(path))?.kind === "file") return yield path;
  for await (const { entry } of walk(workspace, path, { signal })) {
    if (entry.kind === "file" && entry.sizeBytes <= MAX_FILE_BYTES && fits(entry.path)) yield entry.path;
  }
}

/** `undefined` for what is no text, and for what cannot be read any more. */
async function textOf(workspace: ToolContext["workspace"], path: string): Promise<string | undefined> {
  try {
    const bytes = await workspace.readFile(path, { maxBytes: MAX_FILE_BYTES });
    return bytes.subarray(0, 8192).includes(0) ? undefined : new TextDecoder().decode(bytes);
  } catch (error) {
    const code = (error as { readonly code?: string }).code ?? "";
    if (["denied-by-rule", "file-not-found", "not-permitted", "changed-meanwhile", "too-large"].includes(code)) {
      return undefined;
    }
    throw error;
  }
}

function linesIn(text: string, path: string, query: Query): Pick<Scanned, "lines" | "matches"> {
  const all = text.split(/\r?\n/);
  const [shown, hits] = [new Map<number, string>(), new Set<number>()];
  for (const [at, line] of all.entries()) {
    if (hits.size >= query.maxMatches) break;
    if (query.pattern.test(line)) hits.add(at);
  }
  for (const hit of hits) {
    const around = query.context ?? 0;
    for (let at = Math.max(0, hit - around); at <= Math.min(all.length - 1, hit + around); at++) {
      shown.set(at, `${path}:${at + 1}${hits.has(at) ? ":" : "-"} ${cut(all[at])}`);
    }
  }
  return { lines: [...shown].sort(([a], [b]) => a - b).map(([, line]) => line), matches: hits.size };
}

function cut(line: string): string {
  return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line;
}
