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
import { scriptImports } from "../../languages/imports.ts";
import { languageOf } from "../../languages/starter.ts";
import type { Launcher } from "../session/launchers.ts";
import type { Session } from "../session/session.ts";

/** A name and what stood behind it. */
type Pair = readonly [name: string, value: string];

/** Everything that counts, in a fixed order. Paths are relative to the base directory; contents are digests. */
export interface Fingerprint {
  readonly script: Pair;
  readonly python?: string;
  /** Any other program that runs the script, and what it calls itself. */
  readonly interpreter?: string;
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
  /** Parameters that were put into longer texts, which tell why those differ. */
  readonly parameters?: readonly Pair[];
}

/** What a fingerprint is made of before its files are read. */
export interface FingerprintSource {
  readonly task: ResolvedTask;
  readonly step: Pick<TaskStep, "env" | "deps" | "cwd" | "sandbox">;
  /** What starts the script; what its language loads from the project counts too. */
  readonly launcher: Launcher;
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
  for (const path of importsOf(task.script, session, source.launcher)) paths.add(path);
  for (const input of task.inputs) {
    const path = input.kind === "url" ? source.localCopies.get(input.value) : input.value;
    if (path !== undefined) { for (const file of filesOf(path, source, session)) paths.add(file); }
  }
  for (const path of readByArgs(source)) {
    for (const file of filesOf(path, source, session)) paths.add(file);
  }
  for (const dep of step.deps) paths.add(collapsePath(joinPath(baseDir, dep)));
  return [...paths];
}

/** Files and folders that args name, save those that the task writes. */
function readByArgs({ task, writes }: FingerprintSource): readonly string[] {
  const named = task.args.flatMap(({ path }) => path ?? []);
  return [...named, ...task.reads ?? []].filter((path) => !writes.has(path));
}

/** What is read of a path: itself, or every file that matches its `{name}`, save those that the task itself writes. */
function filesOf(path: string, { writes }: FingerprintSource, { context: { files } }: Session): readonly string[] {
  if (!hasPlaceholder(path)) return [path];
  const own = new Set([...writes].flatMap((written) => expandPlaceholder(written, files)));
  return expandPlaceholder(path, files).filter((file) => !own.has(file));
}

/** Files of the project that a script loads, transitively. Without a launcher, the script itself tells its language. */
export function importsOf(
  script: string,
  session: Pick<Session, "context" | "imports" | "pipeline">,
  launcher?: Pick<Launcher, "language">,
): readonly string[] {
  const language = launcher?.language ?? languageOf(script, session.context.files);
  const key = `\0${language}\0${script}`;
  const cached = session.imports.get(key);
  if (cached !== undefined) return cached;
  const { context, pipeline } = session;
  const { files, cwd } = context;
  const roots = (context.env.PYTHONPATH ?? "").split(context.platform === "windows" ? ";" : ":")
    .filter((root) => root !== "").map((root) => joinPath(cwd, root))
    .filter((root) => isInside(root, pipeline.baseDir));
  const imports = scriptImports(script, language, files, { roots, cache: session.imports, cwd });
  session.imports.set(key, imports);
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
    python: source.launcher.isPython ? session.interpreter?.version : undefined,
    ...(source.launcher.interpreter !== undefined && { interpreter: source.launcher.interpreter }),
    imports: importsOf(task.script, session, source.launcher).map((path) => pair(path)),
    inputs: task.inputs.flatMap((input): readonly Pair[] => {
      if (input.kind === "path") return read(input.value);
      const copy = source.localCopies.get(input.value);
      return [copy === undefined ? [mark(input.value), "not downloaded"] : pair(copy, input.value)];
    }),
    outputs: task.outputs.map((output) => [output.flag, mark(relativePath(output.path, baseDir))]),
    args: task.args.map((arg) => {
      const words = arg.path === undefined ? arg.words : [arg.flag, relativePath(arg.path, baseDir)];
      const text = words.length === 1 ? "true" : words.length === 0 ? "false" : words[1];
      return [arg.flag, mark(task.reads === undefined ? text : text.replaceAll(`${baseDir}/`, ""))];
    }),
    files: [
      ...readByArgs(source).flatMap(read),
      ...step.deps.map((dep) => pair(collapsePath(joinPath(baseDir, dep)))),
    ],
    env: [...step.env].map(([name, value]) => [name, mark(value)]),
    extra: session.request.extra.map(mark),
    cwd: step.cwd,
    ...(step.sandbox !== undefined && { sandbox: JSON.stringify(step.sandbox) }),
    ...(task.parameters !== undefined &&
      { parameters: [...task.parameters].map(([name, text]) => [name, mark(text)]) }),
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
  const { explained, parameters } = byParameters(before, after);
  if (parameters.length > 0) return [...parameters, ...differences(explained, after, args)];
  const reasons: string[] = [];
  if (before.script[0] !== after.script[0] || before.script[1] !== after.script[1]) reasons.push("script");
  reasons.push(...changedPairs(before.imports, after.imports, (name) => `import ${name}`));
  reasons.push(...changedPairs(before.inputs, after.inputs, (name) => `input ${name}`));
  reasons.push(...changedPairs(before.files, after.files, (name) => `file ${name}`));
  reasons.push(...changedArgs(before, after, args));
  reasons.push(...changedPairs(before.outputs, after.outputs, (name) => `output ${name}`));
  reasons.push(...changedPairs(before.env, after.env, (name) => `environment ${name}`));
  if (before.interpreter !== after.interpreter) {
    reasons.push(`program ${before.interpreter ?? "none"} → ${after.interpreter ?? "none"}`);
  }
  if (before.python !== after.python) reasons.push(`python ${before.python ?? "none"} → ${after.python ?? "none"}`);
  if (JSON.stringify(before.extra) !== JSON.stringify(after.extra)) reasons.push("extra arguments");
  if (before.cwd !== after.cwd) reasons.push("working directory");
  if (before.sandbox !== after.sandbox) reasons.push("sandbox");
  if (reasons.length === 0 && JSON.stringify(before) !== JSON.stringify(after)) reasons.push("order of arguments");
  return reasons;
}

/**
 * The fingerprint as it would have been with the parameters of now, where these explain what differs in texts that they
 * were put into; and what to say of them.
 */
function byParameters(before: Fingerprint, after: Fingerprint) {
  const now = new Map(after.parameters);
  const changed = (before.parameters ?? []).filter(([name, text]) =>
    text !== "" && now.has(name) && now.get(name) !== text
  );
  const none = { explained: before, parameters: [] };
  if (changed.length === 0) return none;
  const put = (text: string) => changed.reduce((made, [name, was]) => made.replaceAll(was, now.get(name)!), text);
  const explained = withTexts(before, after, put);
  const told = changed.map(([name, was]) => `parameter ${name} ${was} → ${now.get(name)}`);
  const isExplained =
    JSON.stringify({ ...explained, parameters: [] }) !== JSON.stringify({ ...before, parameters: [] });
  return isExplained ? { explained: { ...explained, parameters: after.parameters }, parameters: told } : none;
}

/** Takes texts of now for those of before that `put` turns into them. */
function withTexts(before: Fingerprint, after: Fingerprint, put: (text: string) => string): Fingerprint {
  const values = (old: readonly Pair[], now: readonly Pair[]): readonly Pair[] => {
    const texts = new Map(now);
    return old.map(([name, text]) => texts.get(name) === put(text) ? [name, put(text)] : [name, text]);
  };
  // Of a file with another name, the content is another one as well.
  const files = (old: readonly Pair[], now: readonly Pair[]): readonly Pair[] => {
    const [was, is] = [new Map(old), new Map(now)];
    return old.map((pair) => {
      const name = put(pair[0]);
      return !is.has(pair[0]) && !was.has(name) && is.has(name) ? [name, is.get(name)!] : pair;
    });
  };
  return {
    ...before,
    script: put(before.script[0]) === after.script[0] && before.script[0] !== after.script[0]
      ? after.script
      : before.script,
    inputs: files(before.inputs, after.inputs),
    files: files(before.files, after.files),
    outputs: values(before.outputs, after.outputs),
    args: values(before.args, after.args),
    env: values(before.env, after.env),
    ...(before.cwd !== undefined && { cwd: put(before.cwd) === after.cwd ? after.cwd : before.cwd }),
  };
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
