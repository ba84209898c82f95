import { basename, dirname, joinPath } from "../paths.ts";
import type { FileReader } from "../ports/files.ts";
import { scriptImports } from "../languages/imports.ts";
import { languageOf } from "../languages/starter.ts";
import { pyStr, type Value } from "../yaml/value.ts";
import { type Candidate, connect, type Connected } from "./connect.ts";
import { type Interface, readInterface } from "./interface.ts";
import { scanFolder } from "./scan.ts";
import { draftText } from "./text.ts";
import { parameterName } from "./words.ts";

/** A drafted pipeline, and what a person should know of it. */
export interface Draft {
  /** Of the file. */
  readonly text: string;
  readonly steps: readonly DraftStep[];
  /** Names of the parameters. */
  readonly parameters: readonly string[];
  /** Scripts that became no step, and why. */
  readonly leftOut: readonly { readonly file: string; readonly reason: string }[];
  /** What could not be told and is to be chosen, as the comments of the text say. */
  readonly choices: readonly string[];
  /** Whether the folder holds more files than were looked at. */
  readonly isCut: boolean;
}

/** A step of a draft. */
export interface DraftStep {
  readonly name: string;
  readonly task: string;
  /** Steps that write what it reads. */
  readonly after: readonly string[];
}

/** Drafts a pipeline from the scripts in a folder (absolute). Reads them, and runs none. */
export function draftPipeline(folder: string, files: FileReader): Draft {
  const scan = scanFolder(folder, files);
  const leftOut: { file: string; reason: string }[] = [];
  const candidates: Candidate[] = [];
  const imported = importedBy(folder, scan.scripts, files);
  for (const script of scan.scripts) {
    const path = joinPath(folder, script);
    const told = readInterface(files.readText(path) ?? "", path);
    const reason = whyNot(script, told, imported.get(path));
    if (reason === undefined) candidates.push({ name: "", script, interface: told });
    else leftOut.push({ file: script, reason });
  }
  const named = withNames(candidates);
  const connected = connect(named, scan);
  const ordered = inOrder(named, connected);
  const shared = sharedSettings(ordered);
  const { text, choices } = draftText(ordered, connected, shared);
  return {
    text,
    choices,
    leftOut,
    parameters: [...shared.keys()].map(parameterName),
    isCut: scan.isCut,
    steps: ordered.map(({ name, script }) => ({ name, task: script, after: [...connected.reads.get(name) ?? []] })),
  };
}

/** Module to one script that imports it. */
function importedBy(folder: string, scripts: readonly string[], files: FileReader): ReadonlyMap<string, string> {
  const by = new Map<string, string>();
  const cache = new Map<string, readonly string[]>();
  for (const script of scripts.map((name) => joinPath(folder, name))) {
    for (const module of scriptImports(script, languageOf(script, files), files, { cache, cwd: folder })) {
      if (!by.has(module)) by.set(module, basename(script));
    }
  }
  return by;
}

function whyNot(script: string, told: Interface, importer: string | undefined): string | undefined {
  const name = basename(script);
  if (/^(test_.*|.*_test|conftest)\.py$/.test(name) || /(^|\/)tests?\//.test(script)) return "it is a test";
  if (/^(setup|__init__|__main__|noxfile)\.py$/.test(name)) return "it belongs to a package";
  if (told.isCondition) return "it answers a question; give it to a step of kind condition";
  if (importer !== undefined && !told.isTold) return `${importer} imports it`;
  if (name.startsWith("_")) return "its name begins with _";
  return undefined;
}

/** Steps are named after their scripts; those of one name also after their folders. */
function withNames(candidates: readonly Candidate[]): readonly Candidate[] {
  const used = new Set<string>();
  return candidates.map((candidate) => {
    const stem = inOneLine(basename(candidate.script).replace(/\.[^.]*$/, ""));
    const long = `${inOneLine(basename(dirname(candidate.script)))}_${stem}`;
    let name = used.has(stem) ? long : stem;
    for (let count = 2; used.has(name); count++) name = `${long}_${count}`;
    used.add(name);
    return { ...candidate, name };
  });
}

/** What a file may be called and a step may not: see `takeName`. */
function inOneLine(name: string): string {
  return name.replaceAll(/[\p{Cc}\u2028\u2029]/gu, "_");
}

/** Each behind those it reads from, else by the path of its script. */
function inOrder(candidates: readonly Candidate[], { reads }: Connected): readonly Candidate[] {
  const left = new Map(candidates.map((candidate) => [candidate.name, candidate]));
  const ordered: Candidate[] = [];
  while (left.size > 0) {
    const ready = [...left.values()].filter(({ name }) => ![...reads.get(name) ?? []].some((other) => left.has(other)));
    // There is no ring: connections that would close one are not made.
    for (const candidate of ready) left.delete(candidate.name);
    ordered.push(...ready);
  }
  return ordered;
}

/** Flags that several scripts have with the same default, such as `--seed`: one value for all of them. */
function sharedSettings(candidates: readonly Candidate[]): ReadonlyMap<string, Value> {
  const found = new Map<string, { readonly value: Value; readonly count: number; readonly isOne: boolean }>();
  for (const { interface: { settings } } of candidates) {
    for (const { flag, value, note } of settings) {
      const before = found.get(flag);
      const isOne = note === undefined && (before === undefined || before.isOne && isSame(before.value, value));
      found.set(flag, { value: before?.value ?? value, count: (before?.count ?? 0) + 1, isOne });
    }
  }
  return new Map(
    [...found].filter(([, { count, isOne }]) => count > 1 && isOne).map(([flag, { value }]) => [flag, value]),
  );
}

function isSame(a: Value, b: Value): boolean {
  return typeof a === typeof b && pyStr(a) === pyStr(b);
}
