import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { byFile } from "./lanes.ts";

async function* pieces(...texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

Deno.test("byFile() holds what is told of a file until the next one begins", async () => {
  const told = pieces(
    "Check a\nrunning 1 te",
    "st from ./a.ts\na ... ok\n\x1b[0mrunning 2 tests from ./b.ts\nb",
    " ... ok\nc",
  );
  deepEqual(await Array.fromAsync(byFile(told)), [
    "Check a\nrunning 1 test from ./a.ts\na ... ok",
    "\x1b[0mrunning 2 tests from ./b.ts\nb ... ok\nc",
  ]);
});

Deno.test("byFile() loses nothing of an output that tells of no file", async () => {
  deepEqual(await Array.fromAsync(byFile(pieces("error: it", " is broken\n", "at a\n"))), [
    "error: it is broken\nat a",
  ]);
  deepEqual(await Array.fromAsync(byFile(pieces())), []);
});
