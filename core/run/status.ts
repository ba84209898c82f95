import type { Context } from "../context.ts";
import { LoomError, nearest } from "../errors.ts";
import { resolveTask } from "../graph/command.ts";
import type { RepeatedStep, Step, TaskStep } from "../graph/pipeline.ts";
import type { Digests, Store } from "../ports/store.ts";
import { importsOf } from "./fresh/fingerprint.ts";
import { judge } from "./fresh/freshness.ts";
import { judgeItems, loopItems, NO_ITEM } from "./steps/loop_step.ts";
import { statesByStep, together } from "./points/state.ts";
import { openSession } from "./session/open_session.ts";
import { prepare, type Prepared, scopeOf } from "./session/prepare.ts";
import { Recorder } from "./session/recorder.ts";
import { hasNoOutputs, iterationCommands, staleness } from "./steps/repeated_state.ts";
import type { Explanation, Overrides, RunRequest, StepState } from "./session/request.ts";
import { MemoBook, type Session } from "./session/session.ts";
import { clonesNamed } from "./session/swept.ts";
import { localCopies, subjectOf } from "./fresh/subject.ts";
import { commandOf } from "./steps/task_work.ts";

/** What status and explain are asked about. */
export interface StatusRequest {
  /** Absolute path of the pipeline file. */
  readonly file: string;
  readonly overrides: Overrides;
  readonly python?: string;
  readonly project?: string;
  readonly signal?: AbortSignal;
  /**
   * Called when everything is open and known that another program has to tell; from then on files are read only. Not
   * called where that may not do, as with inputs below `/proc`.
   */
  readonly onOpened?: () => void;
}

/**
 * The state of every step of a pipeline, in file order. Writes nothing.
 *
 * @throws {LoomError} What makes the file unreadable or impossible to run.
 */
export async function pipelineStatus(request: StatusRequest, context: Context): Promise<readonly StepState[]> {
  return await withSession(request, context, async (session, prepared) => {
    const states = await statesOf(session, prepared);
    const names = prepared.loaded.pipeline.steps.map((step) => step.name);
    const { sweep } = prepared;
    return sweep === undefined ? names.map((name) => states.get(name)!) : statesByStep(names, states, sweep);
  });
}

/**
 * Why one step would run, and exactly what. Writes nothing.
 *
 * @throws {LoomError} `unknown-step`, and all that {@linkcode pipelineStatus} throws.
 */
export async function explainStep(
  request: StatusRequest & { readonly step: string },
  context: Context,
): Promise<Explanation> {
  return await withSession(request, context, async (session, prepared) => {
    if (prepared.sweep?.steps.has(request.step)) return await explainPoints(request.step, session, prepared);
    const [meant = request.step] = prepared.sweep === undefined ? [] : clonesNamed(request.step, prepared.sweep);
    const step = session.pipeline.steps.find((step) => step.name === meant);
    if (step === undefined) throw unknownStep(request.step, session, prepared);
    const state = (await statesOf(session, prepared)).get(step.name)!;
    const script = scriptOf(step, session);
    return {
      ...state,
      commands: commandsOf(step, session),
      script,
      imports: script === undefined ? [] : importsOf(script, session),
      dependsOn: [...session.dependencies.get(step.name) ?? []],
    };
  });
}

/** A step that is swept, at all of its points. */
async function explainPoints(name: string, session: Session, prepared: Prepared): Promise<Explanation> {
  const sweep = prepared.sweep!;
  const states = await statesOf(session, prepared);
  const steps = session.pipeline.steps.filter((step) => sweep.clones.get(step.name)?.step === name);
  const script = scriptOf(steps[0], session);
  const waits = steps.flatMap((step) => [...session.dependencies.get(step.name) ?? []]);
  return {
    ...together(name, steps.map((step) => states.get(step.name)!), sweep),
    commands: steps.flatMap((step) => commandsOf(step, session)),
    script,
    imports: script === undefined ? [] : importsOf(script, session),
    dependsOn: [...new Set(waits.map((wait) => sweep.clones.get(wait)?.step ?? wait))],
  };
}

function scriptOf(step: Step, { pipeline, context: { env } }: Session): string | undefined {
  return step.kind === "task" ? resolveTask(pipeline, step, { env, bindings: { loop: NO_ITEM } }).script : undefined;
}

function unknownStep(name: string, { pipeline }: Session, { loaded }: Prepared): LoomError {
  const group = pipeline.steps.find((step) =>
    step.kind === "repeated" && step.steps.some((inner) => inner.name === name)
  );
  const near = nearest(name, loaded.pipeline.steps.map((step) => step.name));
  const hint = group !== undefined
    ? `it is part of the repeated group '${group.name}'; name that`
    : near === undefined
    ? undefined
    : `did you mean '${near}'?`;
  return new LoomError("unknown-step", `Unknown step '${name}'`, { hint, data: { name } });
}

/** What the system makes up when it is read, which takes more rights than to read a file. */
const SYSTEM_FILE = /\/(proc|sys|dev)\b/;

async function withSession<T>(
  request: StatusRequest,
  context: Context,
  work: (session: Session, prepared: Prepared) => Promise<T>,
): Promise<T> {
  const all = { mode: "all" } as const;
  const prepared = await prepare({ ...request, selection: all, include: [] }, context);
  const project = request.project ?? context.stores.projectOf(request.file);
  const store = context.stores.openReadOnly(project);
  try {
    const session = await readingSession({ request, context, prepared, store, project });
    if (!SYSTEM_FILE.test(prepared.loaded.text)) request.onOpened?.();
    return await work(session, prepared);
  } finally {
    store?.close();
  }
}

async function readingSession(
  { request, context, prepared, store, project }: {
    readonly request: StatusRequest;
    readonly context: Context;
    readonly prepared: Prepared;
    readonly store: Store | undefined;
    readonly project: string;
  },
): Promise<Session> {
  const scope = scopeOf(request.file, project);
  const never = new AbortController().signal;
  const recorder = new Recorder({ run: "", clock: context.clock, sink: () => {} });
  return await openSession({
    prepared,
    request: { ...QUIET, ...request, selection: { mode: "all" } },
    context,
    control: { sink: () => {}, signal: request.signal ?? never, killSignal: never },
    recorder,
    digests: store === undefined ? undefined : readOnly(store.digests),
    memos: new MemoBook(scope, store?.memos.all(scope) ?? []),
  });
}

const QUIET: Omit<RunRequest, "file" | "overrides" | "selection"> = {
  include: [],
  extra: [],
  dryRun: true,
  force: false,
  resume: false,
  cached: false,
  failFast: false,
  strict: false,
  refreshUrls: false,
  dropRemoved: false,
  wait: false,
};

/** What is learnt while only looking is used and forgotten. */
function readOnly(digests: Digests): Digests {
  return { all: () => digests.all(), get: (path) => digests.get(path), put: () => {} };
}

async function statesOf(session: Session, prepared: Prepared): Promise<ReadonlyMap<string, StepState>> {
  const states = new Map<string, StepState>();
  const order = prepared.plan();
  const all = new Map(session.pipeline.steps.map((step) => [step.name, step]));
  const judgeOne = async (step: Step) =>
    states.set(step.name, withUpstream(await stateOf(step, session), states, session));
  for (let name = order.take(); name !== undefined; name = order.take()) {
    await judgeOne(all.get(name)!);
    order.finish(name);
  }
  // Steps that a plain run leaves out come last: nothing that runs waits for them.
  for (const step of all.values()) if (!states.has(step.name)) await judgeOne(step);
  return states;
}

/** What stands on something stale is stale, unless what comes of it turns out the same. */
function withUpstream(state: StepState, states: ReadonlyMap<string, StepState>, { dependencies }: Session): StepState {
  if (state.state !== "fresh") return state;
  const upstream = [...dependencies.get(state.name) ?? []].filter((name) => {
    const above = states.get(name)?.state;
    return above !== undefined && above !== "fresh" && above !== "no outputs";
  });
  if (upstream.length === 0) return state;
  return { ...state, state: "stale", reasons: upstream.map((name) => `upstream ${name}`) };
}

async function stateOf(step: Step, session: Session): Promise<StepState> {
  if (step.kind === "repeated") return await repeatedState(step, session);
  if (step.kind !== "task") return { name: step.name, state: "no outputs", reasons: [] };
  if (step.loop !== undefined) return await loopState(step, session);
  const resolved = resolveTask(session.pipeline, step, { env: session.context.env });
  const subject = subjectOf({ step, part: "", task: step, resolved }, session, await localCopies(resolved, session));
  if (subject.outputs.length === 0) return { name: step.name, state: "no outputs", reasons: [] };
  const { state, reasons } = await judge(subject, session);
  return { name: step.name, state, reasons: state === "never run" ? [] : reasons };
}

async function repeatedState(step: RepeatedStep, session: Session): Promise<StepState> {
  const { name } = step;
  if (hasNoOutputs(step)) return { name, state: "no outputs", reasons: [] };
  const reasons = await staleness(step, session);
  if (reasons.length === 0) return { name, state: "fresh", reasons };
  return reasons[0] === "never run" ? { name, state: "never run", reasons: [] } : { name, state: "stale", reasons };
}

async function loopState(step: TaskStep, session: Session): Promise<StepState> {
  const { context, pipeline } = session;
  const { over, into } = resolveTask(pipeline, step, { env: context.env, bindings: { loop: NO_ITEM } });
  const items = loopItems({ over: over!, into: into! }, step.loop!.filter, context.files);
  if (items === undefined) return { name: step.name, state: "missing", reasons: [`folder ${over} is missing`] };
  const judged = await judgeItems(step, items, session);
  const stale = judged.filter(({ judgement: { state } }) => state !== "fresh" && state !== "no outputs");
  const count = { fresh: judged.length - stale.length, total: judged.length };
  if (stale.length === 0) return { name: step.name, state: "fresh", reasons: [], items: count };
  const isNew = stale.every(({ judgement }) => judgement.state === "never run");
  if (isNew && stale.length === judged.length) {
    return { name: step.name, state: "never run", reasons: [], items: count };
  }
  const reasons = stale.flatMap(({ item, judgement }) =>
    judgement.reasons.map((reason) => `item ${item.name}: ${reason}`)
  );
  return { name: step.name, state: "stale", reasons, items: count };
}

function commandsOf(step: Step, session: Session): readonly (readonly string[])[] {
  if (step.kind === "repeated") return iterationCommands(step, session).map(({ command }) => command);
  if (step.kind !== "task") return [];
  if (step.loop === undefined) return [commandOf(step, session)];
  const { over, into } = resolveTask(session.pipeline, step, { env: session.context.env, bindings: { loop: NO_ITEM } });
  const items = loopItems({ over: over!, into: into! }, step.loop.filter, session.context.files) ?? [];
  return items.map(({ binding }) => commandOf(step, session, { loop: binding }));
}
