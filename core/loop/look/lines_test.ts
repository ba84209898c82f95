import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { fakeLook, fakeRun, fakeStep } from "./fake_look_test.ts";
import { linesOf, type StepLine } from "./lines.ts";

function stepsOf(...given: Parameters<typeof linesOf>): readonly StepLine[] {
  return linesOf(...given).filter((line) => line.kind !== "run");
}

Deno.test("linesOf() adds costs up, those of child runs included", () => {
  const lines = stepsOf(fakeLook({ steps: [fakeStep(0), fakeStep(1, { childNano: 5_000_000 })] }));
  deepEqual(lines.map(({ costNano, cumulNano }) => [costNano, cumulNano]), [[1e7, 1e7], [1.5e7, 2.5e7]]);
});

Deno.test("linesOf() goes on from what was spent before", () => {
  equal(stepsOf(fakeLook({ steps: [fakeStep(3)] }), { sinceNano: 7 })[0].cumulNano, 10_000_007);
});

for (
  const [decision, marks] of [
    ["advance", []],
    ["stay", []],
    ["backtrack:4", ["backtrack to step 4"]],
    ["backtrack:input", ["backtrack to the input"]],
    ["converged:anyOf:predicate", ["converged"]],
    ["stalled", ["stalled"]],
    ["dropped", ["not chosen"]],
  ] as const
) {
  Deno.test(`linesOf() marks the decision ${decision}`, () => {
    deepEqual(stepsOf(fakeLook({ steps: [fakeStep(0, { decision })] }))[0].marks, marks);
  });
}

Deno.test("linesOf() tells of breakers once for each thing that they did", () => {
  const breakers = ["open", "refused", "refused"].map((became) => ({ step: 0, became }));
  const [line] = stepsOf(fakeLook({ steps: [fakeStep(0)], breakers }));
  deepEqual(line.marks, ["breaker OPEN", "skipped, breaker open"]);
});

Deno.test("linesOf() puts lost tries before the step that was made in the end", () => {
  const lost = {
    run: "run1",
    step: 1,
    branch: "",
    attempt: 1,
    status: "lost",
    reservedNano: 2e8,
    reservedTokens: 0,
  } as const;
  const unsettled = [{ ...lost, fence: 1, startedAt: 0 }];
  const lines = stepsOf(fakeLook({ steps: [fakeStep(0), fakeStep(1), fakeStep(2)], unsettled }));
  deepEqual(lines.map(({ step, kind }) => [step, kind]), [[0, "step"], [1, "try"], [1, "step"], [2, "step"]]);
  deepEqual(lines[1].marks, ["lost (unknown $0.2000)"]);
});

Deno.test("linesOf() indents runs below the step that called them", () => {
  const parent = { run: "run1", step: 0, branch: "" };
  const child = fakeLook({ run: fakeRun({ id: "child1", parent }), steps: [fakeStep(0, { run: "child1" })] });
  const lines = linesOf(fakeLook({ steps: [fakeStep(0), fakeStep(1)], children: [child] }));
  deepEqual(lines.map(({ kind, depth }) => [kind, depth]), [["step", 0], ["run", 1], ["step", 1], ["step", 0]]);
});
