import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { Cell } from "../support/held.ts";

const MIB = 1024 ** 2;

Deno.test("a fork bomb stays within its processes, and loom goes on", async () => {
  using cell = new Cell();
  const bomb = "f() { f | f & }; f 2>/dev/null; sleep 0.5; ls /proc | grep -c '^[0-9]' || true";
  const { out, limit } = await cell.run(bomb, { limits: { processes: 40, wallMs: 20_000 } });
  equal(limit, undefined);
  ok(out === "" || Number(out) <= 42, out);
  equal((await cell.run("echo still here")).out, "still here\n");
});

Deno.test("a program gets no more memory than its limit", async () => {
  using cell = new Cell();
  const limits = { memoryBytes: 200 * MIB };
  const { err, exitCode } = await cell.python(`a = bytearray(${400 * MIB})`, { limits });
  equal(exitCode, 1);
  match(err, /MemoryError/);
});

Deno.test("memory that several share out among them, or hold in common, counts as one", async () => {
  using cell = new Cell();
  const limits = { memoryBytes: 200 * MIB };
  const several = await cell.python(
    `
import os, time
for _ in range(4):
    if os.fork() == 0: break
a = bytearray(b"x" * ${100 * MIB})
time.sleep(60)`,
    { limits },
  );
  deepEqual([several.limit, several.signal], ["memory", "SIGKILL"]);
  const shared = await cell.python(
    `
import mmap, time
a = mmap.mmap(-1, ${300 * MIB})
for at in range(0, len(a), 4096): a[at] = 1
time.sleep(60)`,
    { limits },
  );
  deepEqual([shared.limit, shared.signal], ["memory", "SIGKILL"]);
});

Deno.test("a program that does not hear TERM ends with its time", async () => {
  using cell = new Cell();
  const limits = { wallMs: 200, graceMs: 50 };
  const { limit, signal } = await cell.run("trap '' TERM; while :; do sleep 0.05; done", { limits });
  deepEqual([limit, signal], ["wall", "SIGKILL"]);
});

Deno.test("a program that uses its processor time up is ended", async () => {
  using cell = new Cell();
  const { signal } = await cell.run("while :; do :; done", { limits: { cpuSeconds: 1 } });
  ok(signal === "SIGXCPU" || signal === "SIGKILL", signal);
});

Deno.test("a hundred megabytes on one line end a program at its limit, and are not kept", async () => {
  using cell = new Cell();
  let [bytes, largest] = [0, 0];
  const wish = { limits: { outputBytes: 5 * MIB } };
  const program = await cell.start("head -c 100000000 /dev/zero; sleep 60", wish, (_, text) => {
    bytes += text.length;
    largest = Math.max(largest, text.length);
  });
  equal((await program.exit).limit, "output");
  ok(bytes < 20 * MIB && largest <= 64 * 1024);
});

Deno.test("a hundred megabytes below the limit arrive whole", async () => {
  using cell = new Cell();
  let bytes = 0;
  const program = await cell.start("head -c 100000000 /dev/zero", {}, (_, text) => void (bytes += text.length));
  deepEqual(await program.exit, { exitCode: 0, stragglers: 0 });
  equal(bytes, 100_000_000);
});

Deno.test("neither /tmp, /dev/shm, /run nor anything else takes more than it has room for", async () => {
  using cell = new Cell();
  const script = "for dir in /tmp /dev/shm /run / /dev; do head -c 30000000 /dev/zero >$dir/big; wc -c <$dir/big; done";
  const { out, err } = await cell.run(script, { limits: { tmpBytes: 4 * MIB } });
  deepEqual(out.trim().split("\n").map(Number), [4 * MIB, 4 * MIB]);
  match(err, /No space left/);
  match(err, /Read-only file system/);
});

Deno.test("no file becomes longer than its limit", async () => {
  using cell = new Cell();
  await cell.run("head -c 30000000 /dev/zero >big", { limits: { fileBytes: MIB } });
  equal(Deno.statSync(`${cell.workspace}/big`).size, MIB);
});

Deno.test("its own folder for temporary files is gone with a program", async () => {
  using cell = new Cell();
  await cell.run("echo x >/tmp/left");
  equal((await cell.run("ls /tmp/left")).out, "");
});

Deno.test("limits cannot be raised from inside", async () => {
  using cell = new Cell();
  const limits = { memoryBytes: 500 * MIB, fileBytes: MIB, processes: 50 };
  const { out } = await cell.run("ulimit -d unlimited; ulimit -f unlimited; ulimit -n 100000; ulimit -d; ulimit -f", {
    limits,
  });
  deepEqual(out.trim().split("\n").map(Number), [500 * 1024, 2048]);
});

Deno.test("what a signal ended is told as that", async () => {
  using cell = new Cell();
  const held = await cell.run("kill -SEGV $$");
  deepEqual([held.signal, held.exitCode, held.err], ["SIGSEGV", undefined, ""]);
  equal((await cell.run("exit 129")).exitCode, 129);
});
