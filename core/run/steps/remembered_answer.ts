import { resolveQuestion } from "../../graph/question.ts";
import { resolveScript, resolveText } from "../../graph/resolve.ts";
import type { ResolvedArg } from "../../graph/resolve_task.ts";
import { pyRepr } from "../../yaml/value.ts";
import type { Memo } from "../../ports/store.ts";
import { type About, askByScript, type ScriptQuestion } from "./condition.ts";
import type { Answer } from "./condition_script.ts";
import { fingerprint, fingerprintPaths, type FingerprintSource } from "../fresh/fingerprint.ts";
import type { Session } from "../session/session.ts";

/**
 * Asks a script, or repeats what it said when it was asked the same about the same files, where this run passes over
 * what is fresh.
 */
export async function askRemembering(question: ScriptQuestion, about: About, session: Session): Promise<Answer> {
  const known = session.skipFresh === "never" ? undefined : await knownAnswer(question, about, session);
  if (known !== undefined) return { answer: known };
  // Of what is there before it is asked: a change under way makes the next run ask again.
  const asked = await askedText(question, about, session);
  const found = await session.pool.use(NO_COUNTERS, () => askByScript(question, about, session));
  if ("answer" in found && asked !== undefined) remember(recordText(asked, found.answer), about, session);
  return found;
}

const NO_COUNTERS: ReadonlyMap<string, number> = new Map();

/** What a script said when it was last asked, if everything it was asked about is as it was. */
export async function knownAnswer(
  question: ScriptQuestion,
  about: About,
  session: Session,
): Promise<boolean | undefined> {
  const memo = session.memos.get(about.step.name, about.part);
  const asked = memo === undefined ? undefined : await askedText(question, about, session);
  if (memo === undefined || asked === undefined) return undefined;
  return [true, false].find((answer) => memo.fingerprint === recordText(asked, answer));
}

function recordText(asked: string, answer: boolean): string {
  return JSON.stringify({ asked, answer });
}

/** The fingerprint of a question as text; `undefined` if its script cannot be told. */
async function askedText(question: ScriptQuestion, about: About, session: Session): Promise<string | undefined> {
  const source = sourceOf(question, about, session);
  if (source === undefined) return undefined;
  const { digester, control } = session;
  const digests = new Map<string, string>();
  for (const path of fingerprintPaths(source, session)) {
    digests.set(path, await digester.digest(path, { signal: control.signal }));
  }
  return JSON.stringify(fingerprint(source, session, (path) => digests.get(path)));
}

/** A question seen as a task that writes nothing: files by content, everything else as Python would write it. */
function sourceOf(question: ScriptQuestion, { bindings }: About, session: Session): FingerprintSource | undefined {
  const { pipeline, context: { env } } = session;
  const script = resolveScript(pipeline, question.script, env);
  if ("missing" in script) return undefined;
  const { inputs, args } = resolveQuestion(pipeline, question, { env, bindings });
  const values: ResolvedArg[] = [...inputs].flatMap(([flag, found]) => {
    if (found.kind === "path") return [];
    const value = found.kind === "url" ? found.url : found.value;
    return [{ flag, words: [flag, pyRepr(value)], value }];
  });
  for (const [flag, value] of args) {
    const text = question.args.get(flag);
    const found = typeof text === "string" ? resolveText(pipeline, text, { env, bindings, role: "arg" }) : undefined;
    const path = found?.kind === "path" ? found.path : undefined;
    values.push({ flag, words: [flag, pyRepr(value)], value, path });
  }
  return {
    task: {
      step: question.name,
      script: script.path,
      scriptIsAbsolute: script.absolute,
      inputs: [...inputs].flatMap(([label, found]) =>
        found.kind === "path" ? [{ label, kind: "path" as const, value: found.path }] : []
      ),
      outputs: [],
      args: values,
    },
    step: { env: new Map(), deps: [] },
    launcher: { language: "python", isPython: true, words: [] },
    localCopies: new Map(),
    writes: new Set(),
  };
}

function remember(fingerprint: string, { step, part }: About, { memos, recorder, context, digester }: Session): void {
  const memo: Memo = {
    scope: memos.scope,
    step: step.name,
    part,
    state: "done",
    fingerprint,
    outputs: "[]",
    run: recorder.run,
    at: context.clock.now(),
  };
  memos.set(memo);
  recorder.write((store) => {
    store.memos.put(memo);
    digester.save();
  });
}
