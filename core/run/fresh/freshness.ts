import { relativePath } from "../../paths.ts";
import type { Memo } from "../../ports/store.ts";
import { ABSENT } from "../session/digests.ts";
import { differences, type Fingerprint, fingerprint, fingerprintPaths, type FingerprintSource } from "./fingerprint.ts";
import { expandPlaceholder } from "./placeholder.ts";
import type { Freshness } from "../session/request.ts";
import type { Place, Session } from "../session/session.ts";

/** Whether the outputs of a step, an item or an inner step are what its inputs now say, and what was found out. */
export interface Judgement {
  readonly state: Freshness;
  readonly reasons: readonly string[];
  readonly fingerprint: Fingerprint;
  /** Absolute path to digest, of everything that was looked at. */
  readonly digests: ReadonlyMap<string, string>;
  /** Judged by modification times, because nothing was recorded. */
  readonly byTimes: boolean;
}

/** What is judged: the source of its fingerprint, and the files that should be there. */
export interface Subject extends Place {
  readonly source: FingerprintSource;
  /** Absolute; may hold `{name}`, which counts as `*`. */
  readonly outputs: readonly string[];
}

/** Judges at once when every digest is known, else after reading what is not. */
export function judge(subject: Subject, session: Session): Judgement | Promise<Judgement> {
  const memo = session.memos.get(subject.step.name, subject.part);
  const known = new Map<string, string>();
  const unknown: string[] = [];
  for (const path of pathsToRead(subject, memo, session)) {
    const digest = session.digester.peek(path);
    if (digest === undefined) unknown.push(path);
    else known.set(path, digest);
  }
  if (unknown.length === 0) return judgeKnown(subject, memo, known, session);
  return readAll(unknown, known, session).then(() => judgeKnown(subject, memo, known, session));
}

function pathsToRead(subject: Subject, memo: Memo | undefined, session: Session): Set<string> {
  const paths = new Set(fingerprintPaths(subject.source, session));
  if (memo?.state === "done") { for (const path of presentOutputs(subject, session)) paths.add(path); }
  return paths;
}

async function readAll(paths: readonly string[], into: Map<string, string>, session: Session): Promise<void> {
  const { digester, control } = session;
  for (const path of paths) into.set(path, await digester.digest(path, { signal: control.signal }));
}

function judgeKnown(
  subject: Subject,
  memo: Memo | undefined,
  digests: ReadonlyMap<string, string>,
  session: Session,
): Judgement {
  const made = fingerprint(subject.source, session, (path) => digests.get(path))!;
  const verdict = (state: Freshness, reasons: readonly string[], byTimes = false) => ({
    state,
    reasons,
    fingerprint: made,
    digests,
    byTimes,
  });
  if (memo === undefined) return verdict("never run", ["never run"], true);
  if (memo.state === "running") return verdict("stale", ["the last attempt did not finish"]);
  if (memo.fingerprint !== JSON.stringify(made)) {
    return verdict("stale", differences(JSON.parse(memo.fingerprint), made, subject.source.task.args));
  }
  const { missing, modified } = compareOutputs(memo, subject, digests, session);
  if (missing.length > 0) return verdict("missing", missing.map((name) => `output ${name} is missing`));
  if (modified.length > 0) return verdict("modified", modified.map((name) => `output ${name} was changed by hand`));
  return verdict(subject.outputs.length === 0 ? "no outputs" : "fresh", []);
}

function compareOutputs(
  memo: Memo,
  subject: Subject,
  digests: ReadonlyMap<string, string>,
  session: Session,
): { missing: readonly string[]; modified: readonly string[] } {
  const { baseDir } = session.pipeline;
  const now = new Map(presentOutputs(subject, session).map((path) => [relativePath(path, baseDir), digests.get(path)]));
  const before = JSON.parse(memo.outputs) as [string, string][];
  const isMissing = ([name, digest]: [string, string]) => digest === ABSENT || (now.get(name) ?? ABSENT) === ABSENT;
  const missing = before.filter(isMissing);
  const modified = before.filter((output) => !isMissing(output) && now.get(output[0]) !== output[1]);
  return { missing: missing.map(([name]) => name), modified: modified.map(([name]) => name) };
}

/** The outputs of a subject, `{name}` in them replaced by what is there; ones without are given even when absent. */
export function presentOutputs(subject: Subject, session: Session): readonly string[] {
  return subject.outputs.flatMap((path) => expandPlaceholder(path, session.context.files));
}

/**
 * The rule for steps that were never recorded: fresh if every output is there and the oldest of them is not older than
 * any input. Inputs that are missing do not count.
 */
export function isFreshByTimes(subject: Subject, session: Session): boolean {
  const { files } = session.context;
  const times = (paths: readonly string[]) => paths.map((path) => files.stat(path)?.mtimeMs);
  const outputs = times(presentOutputs(subject, session));
  if (outputs.length === 0 || outputs.includes(undefined)) return false;
  const { inputs } = subject.source.task;
  const paths = inputs.filter((input) => input.kind === "path").flatMap((input) =>
    expandPlaceholder(input.value, files)
  );
  // Folded, not spread: a folder may hold more files than a call takes arguments.
  const newest = times(paths).reduce<number>((most, time) => Math.max(most, time ?? -Infinity), -Infinity);
  return newest <= outputs.reduce<number>((least, time) => Math.min(least, time!), Infinity);
}
