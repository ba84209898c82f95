import { commandVector, type ResolvedTask, resolveTask } from "../graph/command.ts";
import { maskSecrets } from "../graph/display.ts";
import { collapsePath, dirname, relativePath } from "../graph/paths.ts";
import type { TaskStep } from "../graph/pipeline.ts";
import type { Bindings } from "../graph/resolve.ts";
import type { StepPart } from "../ports/events.ts";
import type { Memo } from "../ports/store.ts";
import { runCommand } from "./attempt.ts";
import { ABSENT } from "./digests.ts";
import { type Fingerprint, fingerprint, fingerprintPaths } from "./fingerprint.ts";
import { type Judgement, presentOutputs, type Subject } from "./freshness.ts";
import type { Session, StepResult } from "./session.ts";
import { subjectOf } from "./subject.ts";
import { Stage } from "./stage.ts";

/** One run of a script, ready to start: for a step, an item of a loop, or a step of an iteration. */
export interface TaskWork {
  readonly subject: Subject;
  readonly judgement: Judgement;
  readonly label: StepPart;
  /** Tells listeners that it starts, with the vector that will run, secrets still in it. */
  readonly announce: (argv: readonly string[]) => void;
}

/** The words that a subject runs; `resolved` stands in for its own task when outputs are staged. */
export function vectorOf(subject: Subject, session: Session, resolved = subject.source.task): readonly string[] {
  const { isPython, localCopies } = subject.source;
  return commandVector(resolved, {
    python: session.interpreter?.path,
    isProgram: !isPython,
    localCopies,
    extra: session.request.extra,
  });
}

/** The words a task would run, secrets masked. */
export function commandOf(
  step: TaskStep,
  session: Session,
  bindings: Bindings = {},
): readonly string[] {
  const resolved = resolveTask(session.pipeline, step, { env: session.context.env, bindings });
  const subject = subjectOf({ step, part: "", task: step, resolved }, session);
  return vectorOf(subject, session).map((word) => maskSecrets(word, session.secrets));
}

/** Runs the script, checks what it made, and remembers it. Failures are values. */
export async function runTaskWork(work: TaskWork, session: Session): Promise<StepResult> {
  const { subject } = work;
  const { files } = session.context;
  const { task, step } = subject.source;
  const stage = Stage.of(subject, session);
  const argv = vectorOf(subject, session, stage.task);
  work.announce(argv);
  if (files.stat(task.script)?.kind !== "file") {
    return { status: "failed", error: `script not found: ${task.script}` };
  }
  makeFolders(stage.task, session);
  const result = await runCommand({
    step: subject.step,
    part: subject.part,
    argv,
    cwd: workingFolder(subject, session),
    env: environment(subject, session),
    label: work.label,
    timeoutMs: step.timeoutMs,
    retry: step.retry,
    onIntent: () => remember(work, "running", [], work.judgement.fingerprint, session),
  }, session);
  if (result.status !== "done") {
    stage.discard();
    return result;
  }
  stage.publish();
  return await settle(work, result, session);
}

function makeFolders(task: ResolvedTask, session: Session): void {
  const folders = new Set(task.outputs.map((output) => dirname(output.path)));
  for (const folder of folders) session.context.files.makeDirectory(folder);
}

function workingFolder(subject: Subject, { pipeline, context }: Session): string {
  const { cwd } = subject.source.step;
  return cwd === undefined ? context.cwd : collapsePath(cwd.startsWith("/") ? cwd : `${pipeline.baseDir}/${cwd}`);
}

function environment(subject: Subject, session: Session): Readonly<Record<string, string>> {
  return { PYTHONUNBUFFERED: "1", ...session.context.env, ...Object.fromEntries(subject.source.step.env) };
}

/** After success: are the declared outputs there, and is what went in still what it was? Then it is remembered. */
async function settle(work: TaskWork, result: StepResult, session: Session): Promise<StepResult> {
  const { subject } = work;
  const { step } = subject;
  const { files } = session.context;
  const absent = subject.outputs.filter((path) =>
    presentOutputs({ ...subject, outputs: [path] }, session)
      .every((present) => files.stat(present) === undefined)
  );
  const names = absent.map((path) => relativePath(path, session.pipeline.baseDir)).join(", ");
  if (absent.length > 0 && session.request.strict) {
    return { ...result, status: "failed", error: `missing output: ${names}` };
  }
  if (absent.length > 0) {
    const message = `Step "${step.name}" succeeded but did not make: ${names}`;
    session.recorder.emit({ type: "notice", level: "warning", code: "output-missing", message, step: step.name });
  }
  const outputs: [string, string][] = [];
  for (const path of presentOutputs(subject, session)) outputs.push([path, await session.digester.digest(path)]);
  const made = await fingerprintAfter(work, session);
  if (made !== undefined) remember(work, "done", outputs, made, session);
  return result;
}

/**
 * The fingerprint to remember: that of the start, save for files that the step itself changes. `undefined` when
 * something else changed an input while the script ran, because then nobody knows what it read.
 */
async function fingerprintAfter(work: TaskWork, session: Session): Promise<Fingerprint | undefined> {
  const { subject, judgement } = work;
  const digests = new Map<string, string>();
  for (const path of fingerprintPaths(subject.source, session)) {
    digests.set(path, session.digester.peek(path) ?? await session.digester.digest(path));
  }
  const made = fingerprint(subject.source, session, (path) => digests.get(path))!;
  const own = new Set(subject.outputs.map((path) => relativePath(path, session.pipeline.baseDir)));
  const before = new Map(judgement.fingerprint.inputs);
  const foreign = made.inputs.find(([name, digest]) =>
    before.get(name) !== digest && !own.has(name) && before.get(name) !== ABSENT
  );
  if (foreign === undefined && made.script[1] === judgement.fingerprint.script[1]) return made;
  const changed = foreign?.[0] ?? made.script[0];
  const message = `${changed} changed while step "${subject.step.name}" ran, so its result is not remembered as fresh`;
  session.recorder.emit({ type: "notice", level: "warning", code: "input-changed", message, step: subject.step.name });
  return undefined;
}

function remember(
  work: TaskWork,
  state: Memo["state"],
  outputs: readonly (readonly [path: string, digest: string])[],
  made: Fingerprint,
  session: Session,
): void {
  const { step, part } = work.subject;
  const { recorder, memos, pipeline, context, digester } = session;
  const relative = outputs.map(([path, digest]) => [relativePath(path, pipeline.baseDir), digest]);
  const memo: Memo = {
    scope: memos.scope,
    step: step.name,
    part,
    state,
    fingerprint: JSON.stringify(made),
    outputs: JSON.stringify(relative),
    run: recorder.run,
    at: context.clock.now(),
  };
  memos.set(memo);
  recorder.write((store) => {
    store.memos.put(memo);
    digester.save();
  });
}
