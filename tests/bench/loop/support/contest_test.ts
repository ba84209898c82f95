import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { contest, timingsOf } from "./contest.ts";

Deno.test("contest() takes turns, and does not count the first round", async () => {
  const turns: string[] = [];
  const contender = (name: string, figures: readonly number[]) => {
    const left = [...figures];
    return {
      name,
      role: "peer" as const,
      measure: () => {
        turns.push(name);
        return { micros: left.shift()! };
      },
    };
  };
  const contested = await contest([contender("a", [99, 3, 1, 2]), contender("b", [99, 4, 4, 7])], 3);
  equal(turns.join(""), "abababab");
  deepEqual(timingsOf(contested, "micros").map(({ name, median, samples }) => ({ name, median, samples })), [
    { name: "a", median: 2, samples: [3, 1, 2] },
    { name: "b", median: 4, samples: [4, 4, 7] },
  ]);
});

Deno.test("timingsOf() leaves out who does not have the figure", async () => {
  const contested = await contest([
    { name: "a", role: "ours", measure: () => Promise.resolve({ micros: 1, bytes: 2 }) },
    { name: "b", role: "floor", measure: () => ({ micros: 3 }) },
  ], 1);
  deepEqual(timingsOf(contested, "bytes").map(({ name }) => name), ["a"]);
  deepEqual(timingsOf(contested, "micros").map(({ name }) => name), ["a", "b"]);
});
