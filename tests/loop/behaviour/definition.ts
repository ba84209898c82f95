/**
 * What is said of a loop before it runs, and what its states may be.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal, throws } from "node:assert/strict";
import { z } from "zod";
import { bestScore, type LoopSpec, predicate, scorePlateau } from "../../../core/loop/mod.ts";
import type { Behaviour } from "../support/behaviour.ts";
import { type Count, counting } from "../support/counting.ts";
import type { World } from "../support/world.ts";

function problemsOf(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    const { name, problems } = error as { name: string; problems: { message: string; hint?: string }[] };
    equal(name, "LoopConfigError");
    return problems.map(({ message, hint }) => hint === undefined ? message : `${message} (${hint})`);
  }
  return [];
}

function faultsOf(world: World, spec: object): readonly string[] {
  return problemsOf(() => counting(world, spec as Partial<LoopSpec<Count>>));
}

/** Each wrong spec with a part of what is said of it. */
const WRONG: readonly (readonly [spec: object, said: RegExp])[] = [
  [{ budget: { wall_clock: "1m" } }, /budget\.wall_clock is unknown.*wallClock/],
  [{ budget: { wallClock: "1 fortnight" } }, /budget\.wallClock must be a duration, not '1 fortnight'/],
  [{ budget: { wallClock: null } }, /budget\.wallClock must be a duration, not null/],
  [{ budget: { wallClock: { limit: "1m", mode: "idle" } } }, /wallClock\.mode must be active or calendar/],
  [{ budget: { usd: -1 } }, /budget\.usd cannot be -1/],
  [{ budget: { usd: NaN } }, /budget\.usd cannot be NaN/],
  [{ budget: { iterations: 1.5 } }, /budget\.iterations must be a whole number from 0, not 1\.5/],
  [{ budget: { tokens: Infinity } }, /budget\.tokens/],
  [{ budget: 5 }, /budget must be an object, not 5/],
  [{ budget: {} }, /nothing ends it/],
  [{ budget: { wallClock: undefined } }, /nothing ends it/],
  [{ maxIterations: 5 }, /maxIterations is unknown/],
  [{ converge_on: scorePlateau() }, /converge_on is unknown.*convergeOn/],
  [{ convergeOn: () => true }, /convergeOn must be a strategy, not function.*predicate/],
  [{ backtrack: "best" }, /backtrack must be a strategy, not string/],
  [{ onStall: null }, /onStall must be a strategy/],
  [{ stepCost: { max: { dollars: 1 } } }, /stepCost\.max\.dollars is unknown/],
  [{ stepCost: { max: 0.5 } }, /stepCost\.max must be an object/],
  [{ stepCost: { estimate: 3 } }, /stepCost\.estimate must be a function/],
  [{ retry: { attempts: 0 } }, /retry\.attempts must be a whole number from 1/],
  [{ retry: { tries: 3 } }, /retry\.tries is unknown/],
  [{ retry: { backoff: { factor: 0.5 } } }, /retry\.backoff\.factor/],
  [{ retry: { shouldRetry: true } }, /retry\.shouldRetry must be a function/],
  [{ onError: "ignore" }, /onError must be throw or record, not 'ignore'/],
  [{ durability: "some" }, /durability must be full or process or none/],
  [{ returns: "first" }, /returns must be last or best/],
  [{ lease: { ttl: 0 } }, /lease\.ttl must be longer than nothing/],
  [{ retention: { maxAge: "old", maxRuns: -1, keepStates: "none" } }, /retention\.maxAge/],
  [{ retention: { keepStates: { every: 0 } } }, /retention\.keepStates\.every/],
  [{ migrate: { 1: "two" } }, /migrate\[1\] must be a function/],
  [{ on: { "step.end": () => {} } }, /on\.step\.end is unknown/],
  [{ on: { "step.finished": 1 } }, /on\["step\.finished"\] must be a function/],
  [{ onUnknown: "forget" }, /onUnknown must be charge or ignore/],
  [{ branches: {} }, /branches\.n is missing/],
  [{ branches: { n: 2, select: "worst" } }, /branches\.select/],
  [{ pool: { name: "", usd: 1 } }, /pool\.name/],
  [{ pool: { name: "team" } }, /pool\.usd is missing/],
  [{ checkpoint: {} }, /checkpoint must be a text or a store/],
  [{ checkpoint: "" }, /checkpoint must not be empty/],
  [{ version: 2 }, /version must be a text/],
  [{ name: " " }, /name must be a text that is not empty/],
  [{ state: { n: 1 } }, /state must be a zod schema/],
  [{ step: undefined }, /step must be a function/],
];

/** Values that no store can hold, and where in the state they are. */
const UNSTORABLE: readonly (readonly [value: () => unknown, path: string])[] = [
  [() => ({ items: [1, { when: NaN }] }), "state.items[1].when"],
  [() => ({ items: [() => 1] }), "state.items[0]"],
  [() => ({ at: new Date() }), "state.at"],
  [() => ({ big: 1n }), "state.big"],
  [() => {
    const cycle: Record<string, unknown> = {};
    return cycle.self = cycle;
  }, "state.self"],
  [() => ({ response: new (class Response {})() }), "state.response"],
];

/** Before a run, and of its states. */
export const definition: Behaviour = {
  "everything that is wrong with a loop is told at once": (world) => {
    for (const [spec, said] of WRONG) ok(faultsOf(world, spec).some((it) => said.test(it)), `${said}`);
    const all = { nam: "x", budget: { usd: -1, iterations: -1 }, retry: 5, lease: { ttl: "soon" }, step: 1 };
    equal(faultsOf(world, all).length, 6);
  },

  "a loop that is defined touches nothing": (world) => {
    counting(world);
    deepEqual(world.store.isSync ? world.store.listRuns({}) : [], []);
  },

  "a loop without an end is one on purpose": async (world) => {
    const controller = new AbortController();
    const loop = counting(world, {
      unbounded: true,
      step: ({ n }) => {
        if (n === 20) controller.abort();
        return { n: n + 1 };
      },
    });
    equal((await loop.run({ n: 0 }, { signal: controller.signal })).steps, 21);
  },

  "a state that cannot be stored is refused, with the place": async (world) => {
    for (const [value, path] of UNSTORABLE) {
      const loop = world.loop<unknown>({
        name: "any",
        state: z.unknown(),
        budget: { iterations: 1 },
        step: () => value(),
      });
      await rejects(loop.run(value()), { code: "STATE_NOT_SERIALISABLE", data: { path } });
      const { status, error } = await loop.run({});
      deepEqual([status, (error as { data: unknown }).data], ["failed", { path }]);
    }
  },

  "an input that does not fit is refused before anything is stored": async (world) => {
    const loop = counting(world);
    await rejects(loop.run({ n: "one" } as never), { code: "STATE_INVALID", message: /state\.n/ });
    deepEqual(await world.store.listRuns({}), []);
  },

  "Date, Map and bigint live in a state whose schema has a way for them, before and after a resume": async (world) => {
    const state = z.object({
      at: z.codec(z.number(), z.date(), { decode: (ms) => new Date(ms), encode: (date) => date.getTime() }),
      big: z.codec(z.string(), z.bigint(), { decode: (text) => BigInt(text), encode: (big) => big.toString() }),
      map: z.codec(z.array(z.tuple([z.string(), z.number()])), z.map(z.string(), z.number()), {
        decode: (entries) => new Map(entries),
        encode: (map) => [...map],
      }),
    });
    const seen: z.output<typeof state>[] = [];
    const loop = world.loop({
      name: "rich",
      state,
      budget: { iterations: 2 },
      step: ({ at, big, map }) => {
        seen.push({ at, big, map });
        return {
          at: new Date(at.getTime() + 1),
          big: big * 2n ** 64n,
          map: new Map([...map, [`${map.size}`, map.size]]),
        };
      },
    });
    const { runId } = await loop.run({ at: new Date(1), big: 1n, map: new Map() });
    const { state: end } = await loop.resume(runId, { addBudget: { iterations: 1 } });
    deepEqual(seen[2], { at: new Date(3), big: 2n ** 128n, map: new Map([["0", 0], ["1", 1]]) });
    deepEqual(end, { at: new Date(4), big: 2n ** 192n, map: new Map([["0", 0], ["1", 1], ["2", 2]]) });
  },

  "what a step gets is what was stored, in a live run as in a resumed one": async (world) => {
    const seen: unknown[] = [];
    const loop = world.loop<{ a?: number; z: number; extra?: undefined }>({
      name: "form",
      state: z.object({ a: z.number().optional(), z: z.number().default(7) }) as never,
      budget: { iterations: 2 },
      step: (state) => {
        seen.push(Object.keys(state).join());
        return { z: -0, a: 1, extra: undefined };
      },
    });
    const { runId } = await loop.run({ z: 1 });
    await loop.resume(runId, { addBudget: { iterations: 1 } });
    deepEqual(seen, ["z", "a,z", "a,z"]);
  },

  "a store that was given is not closed": async (world) => {
    let closed = 0;
    const checkpoint = { ...world.store, close: () => void closed++ };
    const { runId } = await counting(world, { checkpoint }).run({ n: 0 });
    deepEqual([closed, (await checkpoint.getRun(runId))?.steps], [0, 5]);
  },

  "an id is letters, digits, dots, dashes and underscores, 64 at most": async (world) => {
    for (const runId of ["", "a b", "ä", "a/b", "x".repeat(65)]) {
      await rejects(counting(world).run({ n: 0 }, { runId }), { code: "LOOP_CONFIG_ERROR" });
    }
    equal((await counting(world).run({ n: 0 }, { runId: "A-b.c_9" })).runId, "A-b.c_9");
    ok(/^[0-9a-f]{12}$/.test((await counting(world).run({ n: 0 })).runId));
  },

  "the identity has the name, the version, the state and the strategies, not the budget nor callbacks": (world) => {
    const same = counting(world).specHash;
    ok(/^[0-9a-f]{16}$/.test(same));
    const hashes = [
      { name: "other" },
      { version: "2" },
      { state: z.object({ n: z.number().int() }) },
      { convergeOn: scorePlateau() },
      { convergeOn: scorePlateau({ patience: 4 }) },
      { backtrack: bestScore<Count>() },
    ].map((spec) => counting(world, spec as Partial<LoopSpec<Count>>).specHash);
    equal(new Set([same, ...hashes]).size, 7);
    const others = [{ budget: { usd: 1 } }, { on: {} }, { retention: { maxRuns: 3 } }, {
      step: (state: Count) => state,
    }];
    for (const spec of others) equal(counting(world, spec).specHash, same);
  },
};

/** Loops in which nothing waits. */
export const synchronous: Behaviour = {
  "loopSync() gives the state itself": (world) => {
    const loop = world.loopSync<number>({
      name: "sync",
      state: z.number(),
      convergeOn: predicate((history) => history.last!.state === 3),
      step: (n, ctx) => n + ctx.once("one", () => 1),
    });
    equal(loop(0), 3);
    const { runId, status } = loop.run(1);
    deepEqual([status, loop.resume(runId).state], ["completed", 3]);
  },

  "loopSync() refuses a promise, which is then nobody's": async (world) => {
    const loop = world.loopSync<number>({
      name: "sync",
      state: z.number(),
      budget: { iterations: 2 },
      step: (() => Promise.reject(new Error("lost"))) as never,
    });
    throws(() => loop(0), { code: "LOOP_CONFIG_ERROR", message: /cannot wait for a promise/ });
    await world.quiet();
  },

  "loopSync() refuses branches and stores that answer by promise": (world) => {
    const spec = { name: "sync", state: z.number(), budget: { iterations: 1 }, step: (n: number) => n };
    const wrong = { ...spec, branches: { n: 2 }, checkpoint: { ...world.store, isSync: false } };
    equal(problemsOf(() => world.loopSync<number>(wrong)).length, 2);
  },
};
