import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { fakeLook, fakeRun } from "./fake_look_test.ts";
import { adviceLines, budgetLines, originLines, usedPercent } from "./summary.ts";

Deno.test("budgetLines() counts what is unknown as used", () => {
  const run = fakeRun({ limits: { nano: 2e9, iterations: 5 }, spentNano: 4e8, unknownNano: 1e8, iterations: 3 });
  deepEqual(budgetLines(run), [
    "Budget: $0.5000 of $2.0000 used, $1.5000 left; 3 of 5 iterations used, 2 left",
    "Unknown: $0.1000 of lost attempts, counted as used",
  ]);
});

Deno.test("budgetLines() tells what was used where nothing limits it", () => {
  deepEqual(budgetLines(fakeRun({ spentNano: 1, iterations: 2 })), ["Used: $0.000000001, 2 iterations"]);
});

Deno.test("usedPercent() is that of the limit that is nearest", () => {
  equal(usedPercent(fakeRun({ limits: { nano: 1e9, iterations: 10 }, spentNano: 5e8, iterations: 8 })), 80);
  equal(usedPercent(fakeRun({ limits: { nano: 0 } })), 100);
  equal(usedPercent(fakeRun()), undefined);
});

Deno.test("adviceLines() says what to type, and nothing where nothing is left to do", () => {
  const paused = fakeRun({ status: "paused" });
  const questions = [{ run: "run1", key: "ok", request: '{"text":"Go?"}', askedAt: 0 }];
  deepEqual(adviceLines(fakeLook({ run: paused, questions })), [
    `Waiting for 'ok': {"text":"Go?"}; loom answer run1 ok=JSON`,
    "Go on: loom resume run1 --module FILE",
  ]);
  const short = fakeRun({ status: "budget_exhausted", reason: "budget:iterations" });
  deepEqual(adviceLines(fakeLook({ run: short })), ["Go on: loom resume run1 --add-iterations N --module FILE"]);
  deepEqual(adviceLines(fakeLook()), []);
});

Deno.test("originLines() tells where a run comes from", () => {
  const run = fakeRun({ version: "2", reason: "stalled", forkedFrom: { run: "old1", step: 4 } });
  deepEqual(originLines(fakeLook({ run })), ["Loop: draft 2  Reason: stalled  Forked: old1 step 4"]);
});
