import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { Plan } from "./plan.ts";
import { Pool } from "./pool.ts";
import { schedule } from "./scheduler.ts";

const NONE = new Map<string, number>();

function nodes(...ids: string[]) {
  return ids.map((id) => ({ id, after: [] }));
}

/** Work that ends when the test says so. */
class Bench {
  readonly started: string[] = [];
  readonly #end = new Map<string, () => void>();

  execute = (id: string): Promise<void> => {
    this.started.push(id);
    return new Promise((resolve) => this.#end.set(id, resolve));
  };

  async end(id: string): Promise<void> {
    this.#end.get(id)!();
    for (let i = 0; i < 10; i++) await Promise.resolve();
  }
}

Deno.test("schedule() starts as many as there are workers, and the next when one ends", async () => {
  const bench = new Bench();
  const pool = new Pool(2);
  const done = schedule(new Plan(nodes("a", "b", "c")), {
    execute: bench.execute,
    needs: () => NONE,
    pool,
    limit: Infinity,
  });
  deepEqual(bench.started, ["a", "b"]);
  await bench.end("b");
  deepEqual(bench.started, ["a", "b", "c"]);
  await bench.end("a");
  await bench.end("c");
  await done;
});

Deno.test("schedule() keeps to its limit, whatever the pool would allow", async () => {
  const bench = new Bench();
  const done = schedule(new Plan(nodes("a", "b")), {
    execute: bench.execute,
    needs: () => NONE,
    pool: new Pool(9),
    limit: 1,
  });
  deepEqual(bench.started, ["a"]);
  await bench.end("a");
  deepEqual(bench.started, ["a", "b"]);
  await bench.end("b");
  await done;
});

Deno.test("schedule() lets what needs a counter wait for it and starts others meanwhile", async () => {
  const bench = new Bench();
  const pool = new Pool(4, new Map([["gpu", 1]]));
  const needs = (id: string) => id.startsWith("g") ? new Map([["gpu", 1]]) : NONE;
  const done = schedule(new Plan(nodes("g1", "g2", "c")), { execute: bench.execute, needs, pool, limit: Infinity });
  deepEqual(bench.started, ["g1", "c"]);
  await bench.end("g1");
  deepEqual(bench.started, ["g1", "c", "g2"]);
  await bench.end("c");
  await bench.end("g2");
  await done;
});

Deno.test("schedule() shares one pool between plans", async () => {
  const bench = new Bench();
  const pool = new Pool(1);
  const options = { execute: bench.execute, needs: () => NONE, pool, limit: Infinity };
  const both = Promise.all([schedule(new Plan(nodes("a")), options), schedule(new Plan(nodes("b")), options)]);
  deepEqual(bench.started, ["a"]);
  await bench.end("a");
  deepEqual(bench.started, ["a", "b"]);
  await bench.end("b");
  await both;
});

Deno.test("schedule() does what is over at once without a promise", async () => {
  let count = 0;
  const ids = Array.from({ length: 10_000 }, (_, i) => `n${i}`);
  await schedule(new Plan(nodes(...ids)), {
    execute: () => void count++,
    needs: () => NONE,
    pool: new Pool(1),
    limit: 1,
  });
  equal(count, 10_000);
});

Deno.test("schedule() passes a defect on when the rest has ended, and starts nothing more", async () => {
  const started: string[] = [];
  const execute = (id: string) => {
    started.push(id);
    return id === "a" ? Promise.reject(new Error("defect")) : Promise.resolve();
  };
  const options = { execute, needs: () => NONE, pool: new Pool(1), limit: Infinity };
  await rejects(schedule(new Plan(nodes("a", "b")), options), /defect/);
  deepEqual(started, ["a"]);
});
