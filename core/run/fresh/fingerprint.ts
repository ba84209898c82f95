/**
 * What went into a step, as text that can be compared and explained.
 *
 * @module
 */

import type { ResolvedTask } from "../../graph/command.ts";
import { maskSecrets } from "../../graph/display.ts";
import { collapsePath, isInside, joinPath, relativePath } from "../../paths.ts";
import { expandPlaceholder, hasPlaceholder } from "./placeholder.ts";
import type { TaskStep } from "../../graph/pipeline.ts";
import { localImports } from "../../python/imports.ts";
import type { Session } from "../session/session.ts";

/** A name and what stood behind it. */
type Pair = readonly [name: string, value: string];

/** Everything that counts, in a fixed order. Paths are relative to the base directory; contents are digests. */
export interface Fingerprint {
  readonly script: Pair;
  readonly python?: string;
  readonly imports: readonly Pair[];
  readonly inputs: readonly Pair[];
  readonly outputs: readonly Pair[];
  /** Flag to its text. */
  readonly args: readonly Pair[];
  /** Files named in args, and `deps:`. */
  readonly files: readonly Pair[];
  readonly env: readonly Pair[];
  readonly extra: readonly string[];
  readonly cwd?: string;
  /** What it may do, where it is held in. */
  readonly sandbox?: string;
}

/** What a fingerprint is made of before its files are read. */
export interface FingerprintSource {
  readonly task: ResolvedTask;
  readonly step: Pick<TaskStep, "env" | "deps" | "cwd" | "sandbox">;
  /** Whether the script is run by Python, whose local imports then count. */
  readonly isPython: boolean;
  /** Address to local copy. */
  readonly localCopies: ReadonlyMap<string, string>;
  /** Absolute paths that it writes: an argument that names one of them is not read. */
  readonly writes: ReadonlySet<string>;
}

/** Files and folders whose content counts: absolute, each once. */
export function fingerprintPaths(source: FingerprintSource, session: Session): readonly string[] {
  const { task, step } = source;
  const { baseDir } = session.pipeline;
  const paths = new Set<string>([task.script]);
  if (source.isPython) { for (const path of importsOf(task.script, session)) paths.add(path); }
  for (const input of task.inputs) {
    const path = input.kind === "url" ? source.localCopies.get(input.value) : input.value;
    if (path !== undefined) { for (const file of filesOf(path, source, session)) paths.add(file); }
  }
  for (const { path } of task.args) {
    if (path === undefined || source.writes.has(path)) continue;
    for (const file of filesOf(path, source, session)) paths.add(file);
  }
  for (const dep of step.deps) paths.add(collapsePath(joinPath(baseDir, dep)));
  return [...paths];
}

/** What is read of a path: itself, or every file that matches its `{name}`, save those that the task itself writes. */
function filesOf(path: string, { writes }: FingerprintSource, { context: { files } }: Session): readonly string[] {
  if (!hasPlaceholder(path)) return [path];
  const own = new Set([...writes].flatMap((written) => expandPlaceholder(written, files)));
  return expandPlaceholder(path, files).filter((file) => !own.has(file));
}

/** Modules of the project that a script imports, transitively. */
export function importsOf(
  script: string,
  session: Pick<Session, "context" | "imports" | "pipeline">,
): readonly string[] {
  const cached = session.imports.get(`\0${script}`);
  if (cached !== undefined) return cached;
  const { context, pipeline } = session;
  const roots = (context.env.PYTHONPATH ?? "").split(context.platform === "windows" ? ";" : ":")
    .filter((root) => root !== "").map((root) => joinPath(context.cwd, root))
    .filter((root) => isInside(root, pipeline.baseDir));
  const imports = localImports(script, context.files, { roots, cache: session.imports });
  session.imports.set(`\0${script}`, imports);
  return imports;
}

/**
 * The fingerprint, given the digest of each of {@linkcode fingerprintPaths}; `undefined` as soon as one is not known.
 */
export function fingerprint(
  source: FingerprintSource,
  session: Session,
  digestOf: (path: string) => string | undefined,
): Fingerprint | undefined {
  const { task, step } = source;
  const { baseDir } = session.pipeline;
  let isComplete = true;
  const mark = (text: string) => withoutSecrets(text, session);
  const pair = (path: string, name = relativePath(path, baseDir)): Pair => {
    const digest = digestOf(path);
    if (digest === undefined) isComplete = false;
    return [mark(name), digest ?? ""];
  };
  const read = (path: string): readonly Pair[] => {
    if (!hasPlaceholder(path)) return [pair(path)];
    // A file that has come since the digests were made belongs to the next look.
    const known = filesOf(path, source, session).filter((file) => digestOf(file) !== undefined);
    return [[mark(relativePath(path, baseDir)), "*"], ...known.map((file) => pair(file))];
  };
  const made: Fingerprint = {
    script: pair(task.script),
    python: source.isPython ? session.interpreter?.version : undefined,
    imports: source.isPython ? importsOf(task.script, session).map((path) => pair(path)) : [],
    inputs: task.inputs.flatMap((input): readonly Pair[] => {
      if (input.kind === "path") return read(input.value);
      const copy = source.localCopies.get(input.value);
      return [copy === undefined ? [mark(input.value), "not downloaded"] : pair(copy, input.value)];
    }),
    outputs: task.outputs.map((output) => [output.flag, mark(relativePath(output.path, baseDir))]),
    args: task.args.map((arg) => {
      const words = arg.path === undefined ? arg.words : [arg.flag, relativePath(arg.path, baseDir)];
      return [arg.flag, mark(words.length === 1 ? "true" : words.length === 0 ? "false" : words[1])];
    }),
    files: [
      ...task.args.flatMap(({ path }) => path === undefined || source.writes.has(path) ? [] : read(path)),
      ...step.deps.map((dep) => pair(collapsePath(joinPath(baseDir, dep)))),
    ],
    env: [...step.env].map(([name, value]) => [name, mark(value)]),
    extra: session.request.extra.map(mark),
    cwd: step.cwd,
    ...(step.sandbox !== undefined && { sandbox: JSON.stringify(step.sandbox) }),
  };
  return isComplete ? made : undefined;
}

/** A secret stands in a fingerprint as a digest of itself, so that a new one is noticed and none is kept. */
function withoutSecrets(text: string, session: Session): string {
  const masked = maskSecrets(text, session.secrets);
  return masked === text ? text : `${masked} ${session.context.files.digestText(text).slice(0, 16)}`;
}

/**
 * What differs, in words for people: `parameter lr 0.1 → 0.01`, `script`, `input raw.csv`. Empty: nothing.
 *
 * `args` tells which flags now get their value from a parameter.
 */
export function differences(
  before: Fingerprint,
  after: Fingerprint,
  args: ResolvedTask["args"] = [],
): readonly string[] {
  const reasons: string[] = [];
  if (before.script[0] !== after.script[0] || before.script[1] !== after.script[1]) reasons.push("script");
  reasons.push(...changedPairs(before.imports, after.imports, (name) => `import ${name}`));
  reasons.push(...changedPairs(before.inputs, after.inputs, (name) => `input ${name}`));
  reasons.push(...changedPairs(before.files, after.files, (name) => `file ${name}`));
  reasons.push(...changedArgs(before, after, args));
  reasons.push(...changedPairs(before.outputs, after.outputs, (name) => `output ${name}`));
  reasons.push(...changedPairs(before.env, after.env, (name) => `environment ${name}`));
  if (before.python !== after.python) reasons.push(`python ${before.python ?? "none"} → ${after.python ?? "none"}`);
  if (JSON.stringify(before.extra) !== JSON.stringify(after.extra)) reasons.push("extra arguments");
  if (before.cwd !== after.cwd) reasons.push("working directory");
  if (before.sandbox !== after.sandbox) reasons.push("sandbox");
  if (reasons.length === 0 && JSON.stringify(before) !== JSON.stringify(after)) reasons.push("order of arguments");
  return reasons;
}

function changedArgs(before: Fingerprint, after: Fingerprint, args: ResolvedTask["args"]): string[] {
  const parameters = new Map(args.map(({ flag, parameter }) => [flag, parameter]));
  const old = new Map(before.args);
  const reasons = after.args.flatMap(([flag, text]) => {
    const was = old.get(flag);
    if (was === text) return [];
    const parameter = parameters.get(flag);
    return [`${parameter === undefined ? `argument ${flag}` : `parameter ${parameter}`} ${was ?? "none"} → ${text}`];
  });
  const now = new Set(after.args.map((arg) => arg[0]));
  return [...reasons, ...before.args.filter((arg) => !now.has(arg[0])).map((arg) => `argument ${arg[0]} removed`)];
}

function changedPairs(before: readonly Pair[], after: readonly Pair[], say: (name: string) => string): string[] {
  const old = new Map(before);
  const now = new Map(after);
  const names = new Set([...now.keys(), ...old.keys()]);
  return [...names].filter((name) => old.get(name) !== now.get(name)).map(say);
}
