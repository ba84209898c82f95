import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import type { Cost, LoopSpec, Reservation } from "../../core/loop/mod.ts";
import { memoryStore } from "../../plugins/host/loops/mod.ts";
import { type Count, counting, rowOf, stepsOf } from "./support/counting.ts";
import { type World, worldOf } from "./support/world.ts";

/** Runs of one property. */
const numRuns = 150;

/** Amounts are whole numbers of a unit, so that steps meet limits exactly often. */
const cents = (most: number) => fc.integer({ min: 0, max: most });

/** A unit with digits that binary fractions do not hold, down to a tenth of a millionth of a dollar. */
const unitNano = 10_000_100;
const usd = (count: number) => (count * unitNano) / 1e9;
const nano = (count: number) => count * unitNano;

async function inWorld(body: (world: World) => Promise<void>): Promise<void> {
  const store = memoryStore();
  try {
    await body(worldOf(store));
  } finally {
    store.close();
  }
}

/** Ways of bounding what a step costs. */
const MODES: Readonly<Record<string, (max: number) => Partial<LoopSpec<Count>>>> = {
  max: (max) => ({ stepCost: { max: { usd: usd(max) } } }),
  estimate: (max) => ({ stepCost: { estimate: ({ n }) => ({ usd: usd(n % (max + 1)) }) } }),
  both: (max) => ({ stepCost: { max: { usd: usd(max) }, estimate: ({ n }) => ({ usd: usd(n % (max + 1)) }) } }),
  neither: () => ({}),
};

/** What has to be free for a step to begin, by the definition of each mode; `null`: anything at all. */
function needed(mode: string, { max, n, paid }: { max: number; n: number; paid: readonly number[] }): number | null {
  if (mode === "max") return max;
  if (mode === "estimate") return n % (max + 1);
  if (mode === "both") return Math.min(n % (max + 1), max);
  const costly = paid.filter((it) => it > 0);
  return costly.length < 3 ? null : Math.max(...costly.slice(-5));
}

Deno.test("admission: a step begins exactly when what it needs is free, in every mode", async () => {
  const plan = fc.record({
    mode: fc.constantFrom(...Object.keys(MODES)),
    limit: cents(60),
    max: fc.integer({ min: 1, max: 20 }),
    costs: fc.array(cents(20), { minLength: 1, maxLength: 25 }),
    fails: fc.array(fc.boolean(), { maxLength: 25 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, ({ mode, limit, max, costs, fails }) =>
      inWorld(async (world) => {
        const paid: number[] = [];
        let [n, wanted] = [0, 0];
        const isFree = () => {
          const spent = paid.reduce((sum, it) => sum + nano(it), 0);
          const need = needed(mode, { max, n, paid });
          return limit > 0 && (need === null ? spent < nano(limit) : spent + nano(need) <= nano(limit));
        };
        const loop = counting(world, {
          budget: { usd: usd(limit), iterations: costs.length },
          ...MODES[mode](max),
          onError: "record",
          retry: { maxConsecutive: 99 },
          step: (state, ctx) => {
            ok(isFree(), "a step began that could not be afforded");
            ctx.spend({ usd: usd(costs[ctx.step]) });
            paid.push(costs[ctx.step]);
            wanted++;
            if (fails[ctx.step]) throw new Error("odd");
            n = state.n + 1;
            return { n };
          },
        });
        const result = await loop.run({ n: 0 });
        equal(result.reason, wanted === costs.length ? "budget:iterations" : "budget:usd");
        if (wanted < costs.length) ok(!isFree(), "a step that could be afforded did not begin");
        await balances(world, result.runId, paid);
        if (mode === "max" && costs.every((it) => it <= max)) ok(result.spent.usd <= usd(limit));
      })),
    { numRuns },
  );
});

/** The sums are those of what was paid, to the last digit, and nothing is held any more. */
async function balances(world: World, run: string, paid: readonly number[]): Promise<void> {
  const row = await rowOf(world, run);
  const rows = await stepsOf(world, run);
  const sum = paid.reduce((total, it) => total + nano(it), 0);
  deepEqual([row.spentNano, row.reservedNano, row.unknownNano], [sum, 0, 0]);
  equal(rows.reduce((total, { costNano, childNano }) => total + costNano + childNano, 0), sum);
}

Deno.test("a run that is stopped and resumed at any step spends and does what one that is not does", async () => {
  const plan = fc.record({
    limit: cents(60),
    costs: fc.array(cents(15), { minLength: 25, maxLength: 25 }),
    stops: fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 5 }),
    retries: fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 5 }),
  });
  const through = async ({ limit, costs }: { limit: number; costs: readonly number[] }, how: {
    readonly stops: readonly number[];
    readonly retries: readonly number[];
  }) => {
    const results: unknown[] = [];
    await inWorld(async (world) => {
      const stops = new Set(how.stops);
      const loop = counting(world, {
        budget: { usd: usd(limit), iterations: 20 },
        retry: { attempts: 2, backoff: 0 },
        step: ({ n }, ctx) => {
          ctx.spend({ usd: usd(costs[n]) });
          if (how.retries.includes(n) && ctx.attempt === 1) throw new Error("once more");
          if (stops.delete(n)) world.interrupt();
          return { n: n + 1 };
        },
      });
      let result = await loop.run({ n: 0 });
      while (result.status === "interrupted") result = await loop.resume(result.runId);
      results.push(result.status, result.reason, result.state.n, result.spent, result.steps, result.guarantee);
    });
    return results;
  };
  await fc.assert(
    fc.asyncProperty(plan, async (it) => {
      deepEqual(await through(it, it), await through(it, { stops: [], retries: it.retries }));
    }),
    { numRuns: 60 },
  );
});

/** What is done with reservations inside of a step. */
type Deed = { readonly reserve: number } | { readonly settle: number; readonly share: number } | {
  readonly release: number;
} | { readonly spend: number };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ reserve: cents(30) }),
  fc.record({ settle: fc.nat(9), share: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ release: fc.nat(9) }),
  fc.record({ spend: cents(5) }),
);

Deno.test("reservations: spent and held stay within the limit, whatever is reserved, settled and released", async () => {
  const plan = fc.record({
    limit: fc.integer({ min: 1, max: 100 }),
    max: fc.option(cents(40), { nil: undefined }),
    deeds: fc.array(deed, { maxLength: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, ({ limit, max, deeds }) =>
      inWorld(async (world) => {
        const cost = (count: number): Cost => ({ usd: count / 100 });
        const open: { amount: number; it: Reservation }[] = [];
        let spent = 0;
        const loop = counting(world, {
          budget: { usd: limit / 100, iterations: 1 },
          ...(max !== undefined && { stepCost: { max: cost(max) } }),
          step: async ({ n }, ctx) => {
            let own = max ?? 0;
            const held = () => own + open.reduce((sum, { amount }) => sum + amount, 0);
            for (const it of deeds) {
              if ("reserve" in it) {
                const isFree = spent + held() + Math.max(0, it.reserve - own) <= limit;
                let made: Reservation | undefined;
                try {
                  made = ctx.reserve(cost(it.reserve));
                } catch (error) {
                  equal((error as Error).name, "BudgetExhausted");
                }
                equal(made !== undefined, isFree, "reserved exactly when it is free");
                if (made === undefined) continue;
                own -= Math.min(own, it.reserve);
                open.push({ amount: it.reserve, it: made });
                await made.stored;
              } else if ("spend" in it) {
                if (spent + held() - own + Math.max(own, it.spend) > limit) continue;
                ctx.spend(cost(it.spend));
                spent += it.spend;
                own -= Math.min(own, it.spend);
              } else {
                // What is drawn from the step's own share goes back to it: asked only without one.
                if (max !== undefined) continue;
                const [chosen] = open.splice("settle" in it ? it.settle : it.release, 1);
                if (chosen === undefined) continue;
                const actual = "settle" in it ? Math.floor((chosen.amount * it.share) / 4) : 0;
                if ("settle" in it) chosen.it.settle(cost(actual));
                else chosen.it.release();
                spent += actual;
              }
              const left = ctx.remaining().usd!;
              ok(left >= 0 && Math.abs(left * 100 - (limit - spent - held() + own)) < 1e-6, `${left}`);
            }
            return { n };
          },
        });
        const { spent: { usd: total }, status } = await loop.run({ n: 0 });
        if (max !== undefined && max > limit) return equal(total, 0);
        const charged = spent + open.reduce((sum, { amount }) => sum + amount, 0);
        deepEqual([Math.round(total * 1e9), status], [charged * 1e7, "budget_exhausted"]);
        ok(total <= limit / 100);
      })),
    { numRuns },
  );
});

/** Loops inside of loops, with caps of their own. */
interface Tree {
  readonly cap: number | undefined;
  readonly steps: number;
  readonly cost: number;
  readonly together: boolean;
  readonly children: readonly Tree[];
}

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    cap: fc.option(cents(60), { nil: undefined }),
    steps: fc.integer({ min: 1, max: 3 }),
    cost: fc.integer({ min: 0, max: 9 }),
    together: fc.boolean(),
    children: fc.oneof({ depthSize: "small" }, fc.constant([]), fc.array(tie("tree"), { maxLength: 3 })),
  }),
}));

Deno.test("nested loops: no run passes its cap, and each has spent what it and those below it have", async () => {
  const loopOf = (
    world: World,
    { cap, steps, cost, together, children }: Tree,
    name: string,
  ): ReturnType<typeof counting> => {
    const inner = children.map((it, index) => loopOf(world, it, `${name}.${index}`));
    return counting(world, {
      name,
      budget: { iterations: steps, ...(cap !== undefined && { usd: cap / 100 }) },
      stepCost: { max: { usd: cost / 100 } },
      step: async ({ n }, ctx) => {
        ctx.reserve({ usd: cost / 100 }).settle({ usd: cost / 100 });
        const runs = inner.map((it, index) => () => it.run({ n }, { key: `${index}` }));
        if (together) await ctx.parallel(Object.fromEntries(runs.map((run, index) => [`b${index}`, run])));
        else for (const run of runs) await run();
        return { n: n + 1 };
      },
    });
  };
  await fc.assert(
    fc.asyncProperty(tree, (it) =>
      inWorld(async (world) => {
        await loopOf(world, it, "root").run({ n: 0 });
        const rows = await world.store.listRuns({});
        for (const row of rows) {
          ok(row.spentNano + row.unknownNano <= (row.limits.nano ?? Infinity), `${row.name} passed its cap`);
          equal(row.reservedNano, 0);
          const below = rows.filter(({ parent }) => parent?.run === row.id).reduce(
            (sum, { spentNano }) => sum + spentNano,
            0,
          );
          const own = (await world.store.attempts(row.id)).reduce((sum, { actualNano = 0 }) => sum + actualNano, 0);
          equal(row.spentNano, own + below, `${row.name}: what it spent`);
        }
      })),
    { numRuns: 100 },
  );
});
