import { notStrictEqual as notEqual, strictEqual as equal } from "node:assert/strict";
import { isAlive, ownProcessStart } from "./process_info.ts";

Deno.test("isAlive() knows this process by its number and start", () => {
  equal(isAlive({ pid: Deno.pid, processStart: ownProcessStart() }), true);
  notEqual(ownProcessStart(), "");
});

Deno.test("isAlive() takes a later process of the same number for another", () => {
  equal(isAlive({ pid: Deno.pid, processStart: "1@00000000" }), false);
});

Deno.test("isAlive() says so of no process that has ended", async () => {
  const child = new Deno.Command("true").spawn();
  await child.status;
  equal(isAlive({ pid: child.pid, processStart: "" }), false);
});
