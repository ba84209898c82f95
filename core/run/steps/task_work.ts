import type { Context } from "../../context.ts";
import { commandVector, resolveTask } from "../../graph/command.ts";
import { maskSecrets } from "../../graph/display.ts";
import { collapsePath, isInside, joinPath, relativePath } from "../../paths.ts";
import type { TaskStep } from "../../graph/pipeline.ts";
import type { Bindings } from "../../graph/resolve.ts";
import type { StepPart } from "../../ports/events.ts";
import type { Memo } from "../../ports/store.ts";
import { type CommandResult, runCommand } from "./attempt.ts";
import { confine } from "./confined.ts";
import { keepCode } from "./kept_code.ts";
import { ABSENT } from "../session/digests.ts";
import { type Fingerprint, fingerprint, fingerprintPaths } from "../fresh/fingerprint.ts";
import { type Judgement, presentOutputs, type Subject } from "../fresh/freshness.ts";
import type { Session, StepResult } from "../session/session.ts";
import { subjectOf } from "../fresh/subject.ts";
import { Stage } from "./stage.ts";

/** One run of a script, ready to start: for a step, an item of a loop, or a step of an iteration. */
export interface TaskWork {
  readonly subject: Subject;
  /** The task, with its settings: that of the step itself, or one inside a repeated group. */
  readonly task: TaskStep;
  readonly judgement: Judgement;
  readonly label: StepPart;
  /** Tells listeners that it starts, with the vector that will run, secrets masked. */
  readonly announce: (command: readonly string[]) => void;
  /** Gives back what was drawn for the program, when that has succeeded. */
  readonly release?: () => void;
}

/** The words that a subject runs; `resolved` stands in for its own task when outputs are staged. */
export function vectorOf(subject: Subject, session: Session, resolved = subject.source.task): readonly string[] {
  const { launcher, localCopies } = subject.source;
  return commandVector(resolved, {
    launcher: launcher.words,
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
  return masked(vectorOf(subject, session), session);
}

function masked(argv: readonly string[], { secrets }: Session): readonly string[] {
  return argv.map((word) => maskSecrets(word, secrets));
}

/** Runs the script, checks what it made, and remembers it. Failures are values. */
export async function runTaskWork(work: TaskWork, session: Session): Promise<StepResult> {
  const { subject, judgement } = work;
  const task = { ...work.task, ...subject.source.task.settings };
  const { script } = subject.source.task;
  const stage = Stage.of(subject, { atomic: task.atomic, files: session.context.files });
  const argv = vectorOf(subject, session, stage.task);
  work.announce(masked(argv, session));
  if (session.context.files.stat(script)?.kind !== "file") {
    return { status: "failed", error: maskSecrets(`script not found: ${script}`, session.secrets) };
  }
  const cwd = workingFolder(task, session);
  const { sandbox } = task;
  const outputs = stage.task.outputs.map(({ path }) => path);
  const { peakBytes, ...result } = await runCommand({
    step: subject.step,
    part: subject.part,
    argv,
    cwd,
    env: environment(task, session),
    label: work.label,
    timeoutMs: task.timeoutMs,
    retry: task.retry,
    sandbox: sandbox && (() => confine({ task, subject, argv, cwd, outputs }, sandbox, session)),
    onIntent: () => {
      stage.prepare();
      remember(work, { state: "running", outputs: [], made: judgement.fingerprint }, session);
    },
  }, session);
  if (result.status !== "done") {
    stage.discard();
    return result;
  }
  // The program is over: the next one may start before this one's outputs are read.
  work.release?.();
  await Promise.resolve();
  stage.publish();
  return await settle(work, { ...result, peakBytes }, session);
}

function workingFolder({ cwd }: TaskStep, { pipeline, context }: Session): string {
  return cwd === undefined ? context.cwd : collapsePath(joinPath(pipeline.baseDir, cwd));
}

function environment({ env }: TaskStep, { context }: Session): Readonly<Record<string, string>> {
  let common = environments.get(context.env);
  if (common === undefined) environments.set(context.env, common = { PYTHONUNBUFFERED: "1", ...context.env });
  return env.size === 0 ? common : { ...common, ...Object.fromEntries(env) };
}

/** What every step gets, made once of loom's own: the same object tells who starts programs that it is the same. */
const environments = new WeakMap<Context["env"], Readonly<Record<string, string>>>();

/** After success: are the declared outputs there, and is what went in still what it was? Then it is remembered. */
async function settle(work: TaskWork, ended: CommandResult, session: Session): Promise<StepResult> {
  const { subject } = work;
  const { peakBytes, ...result } = ended;
  const outputs = await digestOutputs(subject, session);
  const missing = outputs.filter(([, digest]) => digest === ABSENT).map(([path]) => nameOf(path, session));
  if (missing.length > 0 && session.request.strict) {
    return { ...result, status: "failed", error: `missing output: ${missing.join(", ")}` };
  }
  if (missing.length > 0) {
    const message = `Step "${subject.step.name}" succeeded but did not make: ${missing.join(", ")}`;
    warn("output-missing", message, work, session);
  }
  const digests = await digestsNow(subject, session);
  const changed = changedMeanwhile(work, digests);
  if (changed === undefined) {
    // Of what is there now, files that the step itself changes included.
    const made = fingerprint(subject.source, session, (path) => digests.get(path))!;
    remember(work, { state: "done", outputs, made, digests, peakBytes }, session);
  } else {
    const message = `${
      nameOf(changed, session)
    } changed while step "${subject.step.name}" ran, so its result is not remembered as fresh`;
    warn("input-changed", message, work, session);
  }
  return result;
}

function warn(code: string, message: string, { subject }: TaskWork, { recorder }: Session): void {
  recorder.emit({ type: "notice", level: "warning", code, message, step: subject.step.name });
}

function nameOf(path: string, { pipeline, secrets }: Session): string {
  return maskSecrets(relativePath(path, pipeline.baseDir), secrets);
}

/** Every output with its digest; one with `{name}` for which nothing was made stands there itself, as absent. */
async function digestOutputs(subject: Subject, session: Session): Promise<readonly [path: string, digest: string][]> {
  const outputs: [string, string][] = [];
  for (const path of subject.outputs) {
    const present = presentOutputs({ ...subject, outputs: [path] }, session);
    if (present.length === 0) outputs.push([path, ABSENT]);
    for (const made of present) outputs.push([made, await digestOf(made, session)]);
  }
  return outputs;
}

function digestOf(path: string, { digester, control }: Session): string | Promise<string> {
  return digester.digest(path, { signal: control.signal });
}

async function digestsNow({ source }: Subject, session: Session): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  for (const path of fingerprintPaths(source, session)) digests.set(path, await digestOf(path, session));
  return digests;
}

/**
 * What somebody else changed while the script ran, because then nobody knows what it read. Files that the step writes
 * itself, or that it made where there were none, do not count.
 */
function changedMeanwhile({ subject, judgement }: TaskWork, now: ReadonlyMap<string, string>): string | undefined {
  for (const [path, digest] of now) {
    const before = judgement.digests.get(path);
    if (before === undefined || before === ABSENT || before === digest) continue;
    if (![...subject.source.writes].some((own) => isInside(path, own) || isInside(own, path))) return path;
  }
}

/** What is written down of a script before it starts, and when it has done its work. */
interface Remembered {
  readonly state: Memo["state"];
  readonly outputs: readonly (readonly [path: string, digest: string])[];
  readonly made: Fingerprint;
  /** Of all that went in. */
  readonly digests?: ReadonlyMap<string, string>;
  readonly peakBytes?: number;
}

function remember({ subject }: TaskWork, remembered: Remembered, session: Session): void {
  const { step: { name: step }, part } = subject;
  const { state, made, digests, peakBytes } = remembered;
  const { recorder, memos, pipeline, context, digester } = session;
  const { run } = recorder;
  const relative = remembered.outputs.map(([path, digest]) => [relativePath(path, pipeline.baseDir), digest]);
  const [fingerprint, outputs] = [JSON.stringify(made), JSON.stringify(relative)];
  const memo: Memo = { scope: memos.scope, step, part, state, fingerprint, outputs, run, at: context.clock.now() };
  memos.set(memo);
  recorder.write((store) => {
    store.memos.put(memo);
    if (digests !== undefined) {
      store.journal.putStep({ run, step, part, fingerprint, outputs, peakBytes });
      keepCode(subject, digests, { store, session });
    }
    digester.save();
  });
}
