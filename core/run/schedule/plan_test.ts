import { strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { Plan, type PlanNode } from "./plan.ts";

function takeAll(plan: Plan): string[] {
  const order: string[] = [];
  for (let id = plan.take(); id !== undefined; id = plan.take()) {
    order.push(id);
    plan.finish(id);
  }
  return order;
}

Deno.test("Plan gives the first node that may start", () => {
  const plan = new Plan([{ id: "c", after: ["a"] }, { id: "a", after: [] }, { id: "b", after: [] }]);
  equal(plan.take(), "a");
  equal(plan.take(), "b");
  equal(plan.take(), undefined);
  plan.finish("a");
  equal(plan.take(), "c");
  equal(plan.isDone, false);
});

Deno.test("Plan passes over what does not fit and offers it again", () => {
  const plan = new Plan([{ id: "large", after: [] }, { id: "small", after: [] }]);
  equal(plan.take((id) => id === "small"), "small");
  equal(plan.take((id) => id === "small"), undefined);
  equal(plan.take(), "large");
});

Deno.test("Plan ignores what is not in it, and itself", () => {
  const plan = new Plan([{ id: "a", after: ["a", "elsewhere"] }]);
  equal(plan.take(), "a");
  throws(() => plan.finish("elsewhere"), RangeError);
});

Deno.test("Plan keeps every order that its edges ask for, and the given one where they ask for none", () => {
  const nodes = fc.array(fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), { maxLength: 30 }).map((lists) =>
    lists.map((list, i): PlanNode => ({ id: `n${i}`, after: list.filter((j) => j < i).map((j) => `n${j}`) }))
  );
  fc.assert(fc.property(nodes, (nodes) => {
    equal(takeAll(new Plan(nodes)).join(), nodes.map((node) => node.id).join());
    const reversed = [...nodes].reverse();
    const position = new Map(takeAll(new Plan(reversed)).map((id, i) => [id, i]));
    equal(position.size, nodes.length);
    for (const { id, after } of nodes) for (const other of after) equal(position.get(other)! < position.get(id)!, true);
  }));
});
