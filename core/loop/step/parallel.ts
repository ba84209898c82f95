/**
 * Branches of a step that run together. What a finished branch gave is not asked for again after a crash.
 *
 * @module
 */

import { BudgetExhausted, Cancelled, LoopConfigError } from "../base/errors.ts";
import { runAsync } from "../base/flow.ts";
import { isOfChain } from "../drive/drive.ts";
import type { Outcome, ParallelOptions, StepContext } from "../types/mod.ts";
import type { Inside } from "./inside.ts";
import { knownMemo, remember } from "./once.ts";

/** Where the result of a branch is kept among its memos: no key of a person's is empty. */
const RESULT = "";

/** Makes what a branch is given. */
type ContextOf<S> = (inside: Inside<S>) => StepContext<S>;

type Branches<S, T> = Readonly<Record<string, (branch: StepContext<S>) => Promise<T>>>;

/**
 * Runs branches, `concurrency` at a time.
 *
 * @throws {BudgetExhausted} If a branch could not afford a call; {@linkcode Paused} if one waits for an answer.
 * @throws The first error, with `failFast`.
 */
export async function parallel<S, T>(
  inside: Inside<S>,
  { branches, contextOf }: { readonly branches: Branches<S, T>; readonly contextOf: ContextOf<S> },
  options: ParallelOptions = {},
): Promise<Record<string, Outcome<T>>> {
  inside.frame.refuseIfOver();
  check(branches, options);
  const group = new Group<S, T>(inside, contextOf, options);
  const queue = Object.entries(branches);
  const outcomes: Record<string, Outcome<T>> = Object.fromEntries(
    queue.map(([name]) => [name, { status: "cancelled" }]),
  );
  const work = async () => {
    for (let next = queue.shift(); next !== undefined && !group.isOver; next = queue.shift()) {
      outcomes[next[0]] = await group.run(next[0], next[1]);
    }
  };
  const { concurrency = queue.length } = options;
  await Promise.all(Array.from({ length: Math.min(concurrency, queue.length) }, work));
  group.throwIfNeeded();
  return options.mode === "best" ? bestOf(outcomes) : outcomes;
}

class Group<S, T> {
  readonly #inside: Inside<S>;
  readonly #contextOf: ContextOf<S>;
  readonly #options: ParallelOptions;
  readonly #controller = new AbortController();
  #failure: { readonly error: unknown } | undefined;

  constructor(inside: Inside<S>, contextOf: ContextOf<S>, options: ParallelOptions) {
    [this.#inside, this.#contextOf, this.#options] = [inside, contextOf, options];
  }

  /** Whether no more branches are to be begun. */
  get isOver(): boolean {
    return this.#controller.signal.aborted || this.#inside.signal.aborted;
  }

  async run(name: string, work: (branch: StepContext<S>) => Promise<T>): Promise<Outcome<T>> {
    const { frame, branch: outer, signal: stop } = this.#inside;
    const branch = outer === "" ? name : `${outer}/${name}`;
    const known = knownMemo({ frame, branch }, RESULT);
    if (known !== undefined) return this.#won({ status: "ok", value: JSON.parse(known.value || "null") as T });
    const signal = AbortSignal.any([stop, this.#controller.signal]);
    const inside = { frame, branch, signal };
    const before = frame.spent.nano;
    try {
      const value = await frame.drive.host.scope.run(inside, () => work(this.#contextOf(inside)));
      const kept = await runAsync(remember(inside, { key: RESULT, value, costNano: frame.spent.nano - before }));
      return this.#won({ status: "ok", value: kept });
    } catch (error) {
      return this.#lost(error, signal);
    }
  }

  throwIfNeeded(): void {
    const { paused } = this.#inside.frame;
    if (paused !== undefined) throw paused;
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #won(outcome: Outcome<T>): Outcome<T> {
    if (this.#options.mode === "race") this.#cancel("another branch was first");
    return outcome;
  }

  #lost(error: unknown, signal: AbortSignal): Outcome<T> {
    if (signal.aborted) return { status: "cancelled" };
    // No more can be afforded: the other branches may end what they have begun.
    const isOwn = error instanceof BudgetExhausted && isOfChain(this.#inside.frame.drive, error);
    if (isOwn) this.#failure ??= { error };
    if (this.#options.failFast) {
      this.#failure ??= { error };
      this.#cancel("another branch failed");
    }
    return { status: "error", error };
  }

  #cancel(why: string): void {
    this.#controller.abort(new Cancelled(`The branch was called off: ${why}`));
  }
}

function check<S, T>(branches: Branches<S, T>, { mode = "all", concurrency }: ParallelOptions): void {
  if (!["all", "race", "best"].includes(mode)) {
    throw new LoopConfigError(`ctx.parallel: mode must be all, race or best, not '${mode}'`);
  }
  if (concurrency !== undefined && !(Number.isSafeInteger(concurrency) && concurrency > 0)) {
    throw new LoopConfigError(`ctx.parallel: concurrency must be a whole number from 1, not ${concurrency}`);
  }
  const odd = Object.keys(branches).find((name) => name === "" || name.includes("/") || name.includes("\n"));
  if (odd !== undefined) throw new LoopConfigError(`ctx.parallel: a branch cannot be named ${JSON.stringify(odd)}`);
}

/** Of the branches that gave a number, or something with a `score`, the one with the highest is kept. */
function bestOf<T>(outcomes: Record<string, Outcome<T>>): Record<string, Outcome<T>> {
  let best: [string, number] | undefined;
  for (const [name, outcome] of Object.entries(outcomes)) {
    const score = outcome.status === "ok" ? scoreOf(outcome.value) : NaN;
    if (score > (best?.[1] ?? -Infinity)) best = [name, score];
  }
  const entries = Object.entries(outcomes);
  return Object.fromEntries(
    entries.map(([name, it]) => [name, name === best?.[0] || it.status !== "ok" ? it : { status: "cancelled" }]),
  );
}

function scoreOf(value: unknown): number {
  const score = typeof value === "object" && value !== null ? (value as { score?: unknown }).score : value;
  return typeof score === "number" ? score : NaN;
}
