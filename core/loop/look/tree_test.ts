import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { fakeLook, fakeRun, fakeStep } from "./fake_look_test.ts";
import { treeLines } from "./tree.ts";

function place(step: number) {
  return { step, branch: "" };
}

Deno.test("treeLines() keeps the way to the result in the first column", () => {
  const steps = [
    fakeStep(0, { score: 0.5 }),
    fakeStep(1, { score: 0.4, decision: "backtrack:0" }),
    fakeStep(2, { input: place(0), score: 0.7 }),
  ];
  const run = fakeRun({ head: place(2), best: { ...place(2), score: 0.7 } });
  const lines = treeLines(fakeLook({ run, steps })).map(({ trunk, text, marks }) => [trunk + text, ...marks]);
  deepEqual(lines, [
    ["input"],
    ["0  $0.0100  0.5000"],
    ["├─ 1  $0.0100  0.4000", "backtrack to step 0"],
    ["2  $0.0100  0.7000", "best"],
  ]);
});

Deno.test("treeLines() hangs forks and runs inside of steps on their step", () => {
  const child = fakeLook({ run: fakeRun({ id: "child1", parent: { run: "run1", ...place(0) } }) });
  const fork = fakeRun({ id: "fork1", forkedFrom: { run: "run1", step: 0 } });
  const lines = treeLines(
    fakeLook({ run: fakeRun({ head: place(1) }), steps: [fakeStep(0), fakeStep(1)], children: [child] }),
    [fork],
  );
  deepEqual(lines.map(({ trunk, text }) => trunk + text.split(" ")[0]), ["input", "0", "├─ inside", "├─ fork", "1"]);
});

Deno.test("treeLines() has each step once, whatever was gone back to", () => {
  fc.assert(fc.property(fc.array(fc.nat(), { maxLength: 60 }), (picks) => {
    const steps = picks.map((pick, step) => {
      const from = pick % (step + 1) - 1;
      return fakeStep(step, { input: from < 0 ? undefined : place(from) });
    });
    const run = fakeRun({ head: steps.length === 0 ? undefined : place(steps.length - 1) });
    const shown = treeLines(fakeLook({ run, steps })).slice(1).map(({ text }) => Number(text.split(" ")[0]));
    deepEqual(shown.toSorted((a, b) => a - b), steps.map(({ step }) => step));
  }));
});

Deno.test("treeLines() of a long run needs no deep stack", () => {
  const steps = Array.from({ length: 20_000 }, (_, step) => fakeStep(step));
  equal(treeLines(fakeLook({ run: fakeRun({ head: place(19_999) }), steps })).length, 20_001);
});
