import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { fakeLook, fakeRun, fakeStep } from "../fake_look_test.ts";
import { ticks } from "./frame.ts";
import { lanesOf } from "./lanes.ts";
import { runPage } from "./page.ts";
import { pointsOf } from "./points.ts";

const OPTIONS = { forks: [], now: 0 };

Deno.test("runPage() never lets a run's words become markup", () => {
  const evil = `"><script>alert('x')</script>`;
  const run = fakeRun({
    name: evil,
    id: evil,
    error: evil,
    errorStack: evil,
    reason: evil,
    head: { step: 0, branch: evil },
  });
  const steps = [fakeStep(0, { branch: evil, error: evil, status: "error" })];
  const page = runPage(fakeLook({ run, steps }), {
    ...OPTIONS,
    forks: [{ ...run, forkedFrom: { run: evil, step: 0 } }],
  });
  equal(page.includes("<script"), false);
  match(page, /&#60;script&#62;/);
});

Deno.test("runPage() asks nothing of the network", () => {
  const page = runPage(fakeLook({ steps: [fakeStep(0, { score: 1 })] }), OPTIONS);
  deepEqual(page.match(/https?:|src=|url\(|@import/g), null);
});

Deno.test("runPage() of a run without steps, and of one that cost and took nothing, has no number that is none", () => {
  const free = fakeStep(0, { costNano: 0, durationMs: 0, score: 0 });
  for (const steps of [[], [free], [free, fakeStep(1, { costNano: 0, durationMs: 0, score: 0 })]]) {
    equal(/NaN|Infinity|undefined/.test(runPage(fakeLook({ steps }), OPTIONS)), false);
  }
});

Deno.test("pointsOf() thins a long run, and keeps its best and last step", () => {
  const steps = Array.from({ length: 5_000 }, (_, step) => fakeStep(step, { score: step }));
  const { drawn, every } = pointsOf(fakeLook({ run: fakeRun({ best: { step: 4321, branch: "", score: 1 } }), steps }));
  equal(every, 10);
  ok(drawn.some(({ isBest }) => isBest));
  equal(drawn.at(-1)?.row.step, 4_999);
});

Deno.test("lanesOf() keeps the main line in the first lane, and what overlaps apart", () => {
  const from = (step: number) => ({ input: { step, branch: "" } });
  const steps = [
    fakeStep(0),
    fakeStep(1),
    fakeStep(2),
    fakeStep(3, from(0)),
    fakeStep(4, from(0)),
    fakeStep(5, from(4)),
  ];
  const { all } = pointsOf(fakeLook({ run: fakeRun({ head: { step: 5, branch: "" } }), steps }));
  const lanes = lanesOf(all);
  deepEqual([0, 1, 2, 3, 4, 5].map((step) => lanes.get(`${step}/`)), [0, 1, 1, 2, 0, 0]);
});

Deno.test("ticks() are round numbers within the range", () => {
  deepEqual(ticks(0, 1, 4), [0, 0.5, 1]);
  deepEqual(ticks(0.38, 0.84, 4), [0.4, 0.6, 0.8]);
  deepEqual(ticks(3, 3, 4), [3]);
});
