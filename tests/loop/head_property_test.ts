import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { bestScore, firstOf, lastGood, type LoopSpec } from "../../core/loop/mod.ts";
import { memoryStore } from "../../plugins/host/loops/mod.ts";
import { StateBook } from "../../core/loop/drive/state_book.ts";
import { runSync } from "../../core/loop/base/flow.ts";
import { hostStateTools } from "../../plugins/host/loops/host.ts";
import { worldOf } from "./support/world.ts";

type Path = { readonly path: readonly number[] };

/** What becomes of a step: its score, whether it fails, where a strategy goes back to, and whether the process stops. */
const event = fc.record({
  score: fc.integer({ min: 0, max: 4 }),
  fails: fc.boolean(),
  back: fc.option(fc.nat(20), { nil: undefined }),
  stops: fc.boolean(),
});
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

/** Strategies, and the head that each must lead to; `undefined`: the input. */
const STRATEGIES: Readonly<
  Record<string, {
    readonly backtrack: (events: readonly Event[]) => LoopSpec<Path>["backtrack"];
    readonly head: (events: readonly Event[], step: number, head: number | undefined) => number | undefined;
  }>
> = {
  none: { backtrack: () => undefined, head: (events, step, head) => events[step].fails ? head : step },
  best: {
    backtrack: () => bestScore(),
    head: (events, step, head) => events[step].fails ? head : latestBest(events, step),
  },
  firstOf: {
    backtrack: () => firstOf(lastGood({ backoff: 0, maxRetries: 99 }), bestScore()),
    head: (events, step, head) => events[step].fails ? head : latestBest(events, step),
  },
  custom: {
    backtrack: (events) => ({ last }) => {
      const to = target(events, last!.step);
      return to === undefined ? null : { restore: to };
    },
    head: (events, step, head) => target(events, step) ?? (events[step].fails ? head : step),
  },
};

/** The newest of the best steps so far. */
function latestBest(events: readonly Event[], step: number): number {
  let best = -1;
  for (let it = 0; it <= step; it++) {
    if (!events[it].fails && (best < 0 || events[it].score >= events[best].score)) best = it;
  }
  return best;
}

/** Where the function goes back to: only to steps that gave a state. */
function target(events: readonly Event[], step: number): number | undefined {
  const to = events[step].back;
  return to === undefined || to > step || events[to].fails ? undefined : to;
}

Deno.test("history is a tree: each step starts from the head, whatever the strategy, also after a resume", async () => {
  const plan = fc.record({
    name: fc.constantFrom(...Object.keys(STRATEGIES)),
    events: fc.array(event, { minLength: 1, maxLength: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ name, events }) => {
      const store = memoryStore();
      const world = worldOf(store);
      const strategy = STRATEGIES[name];
      const stops = new Set(events.flatMap((it, step) => it.stops ? [step] : []));
      const loop = world.loop<Path>({
        name,
        state: z.object({ path: z.array(z.number()) }),
        budget: { iterations: events.length },
        backtrack: strategy.backtrack(events),
        onError: "record",
        retry: { maxConsecutive: 99 },
        returns: "last",
        score: ({ path }) => events[path.at(-1)!].score,
        step: ({ path }, { step }) => {
          if (stops.delete(step)) world.interrupt();
          if (events[step].fails) throw new Error("odd");
          return { path: [...path, step] };
        },
      });
      let result = await loop.run({ path: [] });
      while (result.status === "interrupted") result = await loop.resume(result.runId);
      const states = new StateBook(world.store, hostStateTools);
      const paths = new Map<number | undefined, readonly number[]>([[undefined, []]]);
      let head: number | undefined;
      for (
        const { step, input, stateRef, status } of store.steps(result.runId) as Awaited<ReturnType<typeof store.steps>>
      ) {
        equal(input?.step, head, `${name}: what step ${step} started from`);
        if (status === "ok") {
          const { path } = JSON.parse(runSync(states.text(stateRef!))) as Path;
          paths.set(step, path);
          deepEqual(path, [...paths.get(head)!, step]);
        }
        head = strategy.head(events, step, head);
      }
      deepEqual(result.state.path, paths.get(head));
      store.close();
    }),
    { numRuns: 200 },
  );
});
