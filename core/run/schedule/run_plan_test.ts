import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { toValue } from "../../../tests/support/pipeline_of.ts";
import { parsePipeline } from "../../graph/parse/mod.ts";
import type { Step } from "../../graph/pipeline.ts";
import type { Plan } from "./plan.ts";
import { criticalPath, type OrderOptions, planOf } from "./run_plan.ts";

function stepsOf(...names: string[]): readonly Step[] {
  const document = { pipeline: names.map((name) => ({ name, task: "t.py" })) };
  return parsePipeline(toValue(document), "/w/p.yml").pipeline.steps;
}

function order(plan: Plan): string {
  const taken: string[] = [];
  for (let name = plan.take(); name !== undefined; name = plan.take()) {
    taken.push(name);
    plan.finish(name);
  }
  return taken.join(" ");
}

const PLAIN: OrderOptions = {
  dependencies: new Map(),
  clashes: [],
  parallel: false,
  isExplicit: false,
  hasCycle: false,
};

const after = (...pairs: [string, ...string[]][]) => new Map(pairs.map(([name, ...others]) => [name, new Set(others)]));

Deno.test("planOf() keeps the order of the file as far as the dependencies allow", () => {
  equal(order(planOf(stepsOf("a", "b", "c"), { ...PLAIN, dependencies: after(["a", "c"]) })), "b c a");
});

Deno.test("planOf() keeps the order in which steps were named, unless they run in parallel", () => {
  const options = { ...PLAIN, dependencies: after(["b", "a"]), isExplicit: true };
  equal(order(planOf(stepsOf("b", "a"), options)), "b a");
  equal(order(planOf(stepsOf("b", "a"), { ...options, parallel: true })), "a b");
});

Deno.test("planOf() goes by the file where dependencies run in a circle", () => {
  const options = { ...PLAIN, dependencies: after(["a", "b"], ["b", "a"]), hasCycle: true };
  equal(order(planOf(stepsOf("a", "b"), options)), "a b");
});

Deno.test("planOf() never lets steps that write one file run together", () => {
  const clashes = [{ path: "/w/x", steps: ["a", "b", "c"] }];
  const plan = planOf(stepsOf("a", "b", "c"), { ...PLAIN, clashes, parallel: true, dependencies: after(["a", "c"]) });
  equal(plan.take(), "b");
  equal(plan.take(), undefined);
  plan.finish("b");
  equal(order(plan), "c a");
});

Deno.test("planOf() comes to an end whatever is shared", () => {
  const names = Array.from({ length: 12 }, (_, i) => `s${i}`);
  const number = fc.nat(11);
  const edges = fc.array(fc.tuple(number, number).filter(([a, b]) => a !== b), { maxLength: 20 });
  const shared = fc.array(fc.uniqueArray(number, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
  const ranks = fc.shuffledSubarray(names, { minLength: 12 });
  fc.assert(fc.property(edges, shared, ranks, (edges, shared, ranks) => {
    const rank = new Map(ranks.map((name, i) => [name, i]));
    const dependencies = new Map(names.map((name) => [name, new Set<string>()]));
    // Along one hidden order, so that there is no circle.
    for (const [a, b] of edges.map(([a, b]) => [names[a], names[b]])) {
      const [first, second] = rank.get(a)! < rank.get(b)! ? [a, b] : [b, a];
      dependencies.get(second)!.add(first);
    }
    const clashes = shared.map((list, i) => ({
      path: `/w/${i}`,
      steps: list.toSorted((a, b) => a - b).map((i) => names[i]),
    }));
    const options = { ...PLAIN, dependencies, clashes, parallel: true };
    equal(order(planOf(stepsOf(...names), options)).split(" ").length, names.length);
  }));
});

Deno.test("planOf() copes with ten thousand steps that write one file", () => {
  const names = Array.from({ length: 10_000 }, (_, i) => `s${i}`);
  const clashes = [{ path: "/w/x", steps: names }];
  equal(order(planOf(stepsOf(...names), { ...PLAIN, clashes, parallel: true })).split(" ").length, names.length);
});

Deno.test("criticalPath() is the chain that took longest together", () => {
  const dependencies = after(["b", "a"], ["c", "a"], ["d", "b", "c"]);
  const durations = new Map([["a", 5], ["b", 1], ["c", 3], ["d", 1], ["e", 8]]);
  deepEqual(criticalPath(stepsOf("a", "b", "c", "d", "e"), dependencies, durations), ["a", "c", "d"]);
  deepEqual(criticalPath(stepsOf("a"), new Map(), new Map()), []);
});
