import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { Pool } from "./pool.ts";

const NONE = new Map<string, number>();
const GPU = new Map([["gpu", 1]]);

Deno.test("Pool.tryTake() takes a worker and what is needed, or nothing at all", () => {
  const pool = new Pool(2, GPU);
  equal(pool.tryTake(GPU), true);
  equal(pool.tryTake(GPU), false);
  equal(pool.tryTake(NONE), true);
  equal(pool.isFull, true);
  equal(pool.tryTake(NONE), false);
  pool.give(GPU);
  equal(pool.tryTake(GPU), true);
});

Deno.test("Pool.take() waits for its turn", async () => {
  const pool = new Pool(1);
  const order: string[] = [];
  await pool.take(NONE);
  const second = pool.take(NONE).then(() => order.push("second"));
  order.push("first");
  pool.give(NONE);
  await second;
  deepEqual(order, ["first", "second"]);
});

Deno.test("Pool.use() gives back what it took, also when the work fails", async () => {
  const pool = new Pool(1, GPU);
  equal(await pool.use(GPU, () => Promise.resolve(7)), 7);
  await rejects(pool.use(GPU, () => Promise.reject(new Error("defect"))), /defect/);
  equal(pool.tryTake(GPU), true);
});
