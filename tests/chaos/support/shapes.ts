/**
 * Loops that pay real money, one for each way in which a run can be built. What they give depends on their input alone, so
 * that a run that was killed and one that was not can be compared.
 *
 * @module
 */

import {
  bestScore,
  firstOf,
  lastGood,
  type Loop,
  loop,
  type LoopSpec,
  loopSync,
  predicate,
  type StepContext,
  type Store,
} from "@loom/loom";
import { z } from "zod";
import { PRICE_USD } from "./bank.ts";

/** What every loop here works on. */
export interface Tally {
  readonly n: number;
  readonly sum: number;
}

/** What the loops are made of. */
export interface World {
  readonly store: Store;
  /** Pays, and lets a moment pass. */
  pay(key: string, signal: AbortSignal): Promise<void>;
  /** A place where the process may die. */
  point(name: string): void;
  /** How many steps the outermost loop takes. */
  readonly length: number;
  readonly leaseMs: number;
  readonly budgetUsd: number;
  /** {@linkcode pay} without a moment. */
  payNow(key: string): void;
  /** Another store. */
  readonly apart: Store;
}

/** What a program does with a loop. */
export type Driven = Pick<Loop<Tally>, "run" | "resume" | "answer">;

/** One way to build a run. */
export interface Shape {
  /** Payments that can be under way at one time: as many may be made again after one kill. */
  readonly width: number;
  make(world: World): Driven;
}

type Context = StepContext<Tally>;

const PRICE = { usd: PRICE_USD };
const tally = z.object({ n: z.number().int(), sum: z.number().int() });

function common(world: World, name: string, { length = world.length, maxUsd = 0.05 } = {}) {
  return {
    name,
    state: tally,
    checkpoint: world.store,
    lease: { ttl: world.leaseMs },
    budget: { usd: world.budgetUsd },
    stepCost: { max: { usd: maxUsd } },
    convergeOn: predicate<Tally>((history) => history.last!.step >= length - 1),
  } satisfies Partial<LoopSpec<Tally>>;
}

/** The place in the run, without the run's own id: the same in every run. */
function placeOf({ idempotencyKey, runId }: Context): string {
  return idempotencyKey.slice(runId.length);
}

function next({ n, sum }: Tally, ...values: readonly number[]): Tally {
  return { n: n + 1, sum: values.reduce((mixed, value) => (mixed * 31 + value) % 1_000_003, sum) };
}

function valueOf(text: string): number {
  return [...text].reduce((value, letter) => (value * 33 + letter.charCodeAt(0)) % 9_973, 7);
}

/** Pays in the open: a crash before the step is recorded makes it pay again. */
async function payOpenly(world: World, ctx: Context): Promise<number> {
  await world.pay(`${ctx.idempotencyKey} openly`, ctx.signal);
  world.point("in the step, paid");
  ctx.spend(PRICE);
  return valueOf(placeOf(ctx));
}

/** Pays within a remembered call. */
function payOnce(world: World, ctx: Context, key: string): Promise<number> {
  const call = async () => {
    world.point("in the call, before paying");
    await world.pay(`${ctx.idempotencyKey} ${key}`, ctx.signal);
    world.point("in the call, paid");
    return valueOf(`${placeOf(ctx)} ${key}`);
  };
  return ctx.once(key, call, { cost: () => PRICE, max: PRICE });
}

/** Alternates between paying openly and by remembered calls. */
async function plainStep(world: World, state: Tally, ctx: Context): Promise<Tally> {
  world.point("in the step");
  const values = ctx.step % 2 === 0
    ? [await payOpenly(world, ctx)]
    : [await payOnce(world, ctx, "first"), await payOnce(world, ctx, "second")];
  world.point("returning from the step");
  return next(state, ...values);
}

function plain(world: World): Loop<Tally> {
  return loop({ ...common(world, "plain"), step: (state, ctx) => plainStep(world, state, ctx) });
}

/** A child of two steps, the second of which asks if `asks` says so. */
function childOf(world: World, asks = false): (ctx: Context, input: Tally, key?: string) => Promise<Tally> {
  const child = loop<Tally>({
    ...common(world, "child", { length: 2 }),
    step: async (state, ctx) => {
      const paid = await plainStep(world, state, ctx);
      return asks && ctx.step === 1 ? next(paid, await ctx.pause<number>("inner", { n: state.n })) : paid;
    },
  });
  return async (_ctx, input, key) => {
    const result = await child.run(input, key === undefined ? {} : { key });
    if (result.status !== "completed") throw result.error;
    return result.state;
  };
}

/** A child in even steps, two at a time in odd ones. */
function nested(world: World): Loop<Tally> {
  const child = childOf(world);
  return loop<Tally>({
    ...common(world, "nested", { maxUsd: 0.2 }),
    step: async (state, ctx) => {
      const own = await payOnce(world, ctx, "own");
      if (ctx.step % 2 === 0) return next(state, own, (await child(ctx, state)).sum);
      const both = await ctx.parallel({
        left: (branch) => child(branch, state, "left"),
        right: (branch) => child(branch, next(state, 1), "right"),
      });
      return next(state, own, valueIn(both.left).sum, valueIn(both.right).sum);
    },
  });
}

function valueIn<T>(outcome: { status: string; value?: T; error?: unknown }): T {
  if (outcome.status !== "ok") throw outcome.error ?? new Error("A branch was called off");
  return outcome.value!;
}

function parallel(world: World): Loop<Tally> {
  return loop<Tally>({
    ...common(world, "parallel"),
    step: async (state, ctx) => {
      world.point("in the step");
      const outcomes = await ctx.parallel({
        a: (branch) => payOnce(world, branch, "call"),
        b: (branch) => payOpenly(world, branch),
        c: async (branch) => await payOnce(world, branch, "one") + await payOnce(world, branch, "two"),
      });
      world.point("returning from the step");
      return next(state, ...[outcomes.a, outcomes.b, outcomes.c].map(valueIn));
    },
  });
}

/** Asks in every step but the first one, and in every third one within a child. */
function paused(world: World): Loop<Tally> {
  const child = childOf(world, true);
  return loop<Tally>({
    ...common(world, "paused", { maxUsd: 0.2 }),
    step: async (state, ctx) => {
      const own = await payOnce(world, ctx, "own");
      if (ctx.step === 0) return next(state, own);
      if (ctx.step % 3 === 2) return next(state, own, (await child(ctx, state)).sum);
      const answer = await ctx.pause<number>(`go ${ctx.step}`, { n: state.n });
      return next(state, own, answer, await payOpenly(world, ctx));
    },
  });
}

/** Gets better and worse, and fails now and then. */
function backtracked(world: World): Loop<Tally> {
  return loop<Tally>({
    ...common(world, "backtracked"),
    backtrack: firstOf(bestScore<Tally>(), lastGood<Tally>({ backoff: 1 })),
    score: (_state, ctx) => [1, 4, 2, 5, 5, 3][ctx.step % 6] + Math.floor(ctx.step / 6) * 3,
    returns: "last",
    step: async (state, ctx) => {
      const after = await plainStep(world, state, ctx);
      if (ctx.step % 5 === 2) throw failure(ctx.step);
      return after;
    },
  });
}

/** The same in every folder: its stack is stored. */
function failure(step: number): Error {
  const message = `step ${step} fails`;
  return Object.assign(new Error(message), { stack: `Error: ${message}\n    at step (shapes.ts)` });
}

/** Several candidates of each iteration. */
function candidates(world: World): Loop<Tally> {
  return loop<Tally>({
    ...common(world, "candidates"),
    branches: { n: 2 },
    score: (state) => state.sum,
    step: async (state, ctx) => {
      const value = await payOnce(world, ctx, "call");
      return next(state, value, await payOpenly(world, ctx));
    },
  });
}

/** A child that is kept elsewhere, in a step of which nobody knows what it may cost. */
function apart(world: World): Loop<Tally> {
  const child = childOf({ ...world, store: world.apart });
  return loop<Tally>({
    ...common(world, "apart"),
    stepCost: {},
    step: async (state, ctx) => {
      const own = await payOnce(world, ctx, "own");
      return next(state, own, (await child(ctx, state)).sum);
    },
  });
}

/** A loop without promises. */
function synchronous(world: World): Driven {
  const made = loopSync<Tally>({
    ...common(world, "synchronous"),
    step: (state, ctx) => {
      world.point("in the step");
      const call = (key: string) => () => {
        world.payNow(`${ctx.idempotencyKey} ${key}`);
        world.point("in the call, paid");
        return valueOf(`${ctx.step} ${key}`);
      };
      const [first, second] = ["first", "second"].map((key) =>
        ctx.once(key, call(key), { cost: () => PRICE, max: PRICE })
      );
      return next(state, first, second);
    },
  });
  return {
    run: (input, options) => Promise.resolve(made.run(input, options)),
    resume: (id, options) => Promise.resolve(made.resume(id, options)),
    answer: () => Promise.reject(new Error("A synchronous loop asks nothing")),
  };
}

/** By name. */
export const shapes: Readonly<Record<string, Shape>> = {
  plain: { width: 1, make: plain },
  nested: { width: 2, make: nested },
  parallel: { width: 3, make: parallel },
  paused: { width: 1, make: paused },
  backtracked: { width: 1, make: backtracked },
  candidates: { width: 2, make: candidates },
  apart: { width: 1, make: apart },
  synchronous: { width: 1, make: synchronous },
};
