import { rejects, strictEqual as equal, throws } from "node:assert/strict";
import { type Flow, runAsync, runSync, wait } from "./flow.ts";
import type { Later } from "../../ports/loop_store.ts";

function* sum(a: Later<number>, b: Later<number>): Flow<number> {
  return (yield* wait(a)) + (yield* wait(b));
}

Deno.test("runAsync() awaits what a flow waits for", async () => {
  equal(await runAsync(sum(1, Promise.resolve(2))), 3);
});

Deno.test("runAsync() throws a rejection where the flow waited", async () => {
  function* guarded(): Flow<string> {
    try {
      return yield* wait(Promise.reject(new Error("lost")));
    } catch (error) {
      return (error as Error).message;
    }
  }
  equal(await runAsync(guarded()), "lost");
  await rejects(runAsync(sum(1, Promise.reject(new TypeError("b")))), TypeError);
});

Deno.test("runSync() gives the result at once, and refuses to wait", () => {
  equal(runSync(sum(1, 2)), 3);
  throws(() => runSync(sum(1, Promise.resolve(2))), { code: "LOOP_CONFIG_ERROR" });
});
