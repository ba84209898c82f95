import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { drive, problemsOf, type Told } from "../converge/fake_run_test.ts";
import { escalate, type EscalateOptions } from "./escalate.ts";

async function stalls(options: EscalateOptions<unknown>, told: readonly Told<unknown>[]) {
  const { answers, memoryChars } = await drive<unknown, { since?: number }>(escalate(options), told);
  return { since: answers.map((it) => it.since), memoryChars };
}

Deno.test("escalate() fires when none of the last scores exceeds the best before them", async () => {
  deepEqual((await stalls({}, [1, 2, 2, 1, 2])).since, [undefined, undefined, undefined, undefined, 1]);
  deepEqual((await stalls({}, [1, 2, 2, 3, 2])).since, Array(5).fill(undefined));
});

Deno.test("escalate() takes a gain of minDelta for none", async () => {
  deepEqual((await stalls({ after: 1, minDelta: 1 }, [1, 2, 3.5])).since, [undefined, 0, undefined]);
});

Deno.test("escalate() counts anew once it has fired, and remembers the best", async () => {
  const since = (await stalls({ after: 2 }, [5, 1, 1, 2, 2, 6, 6, 6])).since;
  deepEqual(since, [undefined, undefined, 0, undefined, 0, undefined, undefined, 5]);
});

Deno.test("escalate() passes over failed steps and those without a score", async () => {
  deepEqual((await stalls({ after: 1 }, [1, null, "Error: no", { score: NaN }, 1])).since, [...Array(4), 0]);
});

Deno.test("escalate() fires as its definition over the scores since the last time says", async () => {
  const scores = fc.array(fc.oneof(fc.constantFrom(0, -0, 1), fc.double({ min: -1, max: 2, noNaN: true })), {
    maxLength: 30,
  });
  const options = fc.record({ after: fc.integer({ min: 1, max: 4 }), minDelta: fc.constantFrom(0, 0.5) });
  await fc.assert(fc.asyncProperty(scores, options, async (told, wanted) => {
    deepEqual((await stalls(wanted, told)).since, naive(told, wanted));
  }));
});

function naive(told: readonly number[], { after, minDelta }: { after: number; minDelta: number }) {
  let from = 0;
  return told.map((_, step) => {
    const isFirst = from === 0;
    if (step + 1 - from < (isFirst ? after + 1 : after)) return undefined;
    const before = told.slice(0, step + 1 - after);
    const best = Math.max(...before);
    if (told.slice(step + 1 - after, step + 1).some((it) => it - best > minDelta)) return undefined;
    from = step + 1;
    return before.findIndex((it) => it === best);
  });
}

Deno.test("escalate() remembers no more at step 2,000 than it asks for", async () => {
  const told = Array.from({ length: 2_000 }, (_, step) => step);
  equal((await stalls({ after: 4 }, told)).memoryChars < 250, true);
});

Deno.test("escalate() hands on what to do, and keeps it out of what is hashed", () => {
  const then = () => "continue" as const;
  equal(escalate({ then }).then, then);
  equal("then" in escalate(), false);
  deepEqual(escalate({ then }).descriptor, { kind: "escalate", after: 3, minDelta: 0 });
});

Deno.test("escalate() refuses everything that is wrong at once", () => {
  equal(problemsOf(() => escalate({ after: 0, minDelta: Infinity, then: "stop", patience: 1 } as never)).length, 4);
});
