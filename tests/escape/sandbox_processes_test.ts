import { match, strictEqual as equal } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../contract/temporary.ts";
import { Cell } from "../support/held.ts";

/** Whether a process runs whose arguments hold this text. */
async function runs(mark: string): Promise<boolean> {
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const text = await Deno.readTextFile(`/proc/${name}/cmdline`).catch(() => "");
    if (text.split("\0").includes(mark)) return true;
  }
  return false;
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!await condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

Deno.test("processes of the machine can neither be seen, signalled nor traced", async () => {
  using cell = new Cell();
  const { out } = await cell.run(`
    for pid in ${Deno.pid} ${Deno.ppid}; do
      kill -0 $pid 2>/dev/null && echo signalled; [ -e /proc/$pid/cmdline ] && echo seen; done; kill -0 -1`);
  equal(out, "");
  const { ptrace, process_vm_readv, mount, setns, keyctl, bpf, io_uring_setup } = CALLS;
  const calls = [ptrace, process_vm_readv, mount, setns, keyctl, bpf, io_uring_setup].map((number) =>
    `(${number}, 0, 0)`
  );
  equal((await cell.python(calling(calls))).out, "EPERM\n".repeat(7));
});

/** Numbers of calls of the kernel by name. */
const CALLS = Deno.build.arch === "x86_64"
  ? {
    ...{ ptrace: 101, process_vm_readv: 310, mount: 165, setns: 308, keyctl: 250, bpf: 321, io_uring_setup: 425 },
    ...{ unshare: 272, clone: 56, clone3: 435 },
  }
  : {
    ...{ ptrace: 117, process_vm_readv: 270, mount: 40, setns: 268, keyctl: 219, bpf: 280, io_uring_setup: 425 },
    ...{ unshare: 97, clone: 220, clone3: 435 },
  };

/** A script that makes calls and prints what each of them failed with. */
function calling(calls: readonly string[]): string {
  return `
import ctypes, errno, os
libc = ctypes.CDLL(None, use_errno=True)
for call in [${calls.join(", ")}]:
    if libc.syscall(*call) == 0: os._exit(9)
    print(errno.errorcode.get(ctypes.get_errno()), flush=True)
`;
}

Deno.test("no namespace can be made inside, by any call", async () => {
  using cell = new Cell();
  const newUser = 0x10000000;
  const { unshare, clone, clone3 } = CALLS;
  const calls = [`(${unshare}, ${newUser})`, `(${clone}, ${newUser | 17}, 0, 0, 0, 0)`, `(${clone3}, 0, 0)`];
  equal((await cell.python(calling(calls))).out, "EPERM\nEPERM\nENOSYS\n");
});

Deno.test("what leaves its session and its parents does not outlive the program", async () => {
  using cell = new Cell();
  const mark = "600.125";
  const listed = `cat /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -q '^${mark}$'`;
  const { out } = await cell.run(`setsid sh -c '(setsid sleep ${mark} &) &'; until ${listed}; do :; done; echo it ran`);
  equal(out, "it ran\n");
  equal(await runs(mark), false);
});

Deno.test("stop() ends all of it, also what does not hear TERM", async () => {
  using cell = new Cell();
  const mark = "600.25";
  let heard = "";
  const script =
    `trap '' TERM; (setsid sh -c "trap '' TERM; sleep ${mark}") & echo ready; while :; do sleep 0.05; done`;
  const program = await cell.start(script, {}, (_, text) => heard += text);
  await until(async () => heard !== "" && await runs(mark));
  await program.stop(50);
  equal((await program.exit).signal, "SIGKILL");
  equal(await runs(mark), false);
});

Deno.test("stop() lets a program end in good order", async () => {
  using cell = new Cell();
  let heard = "";
  const script = "trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.02; done";
  const program = await cell.start(script, {}, (_, text) => heard += text);
  await until(() => heard.includes("ready"));
  await program.stop(60_000);
  equal((await program.exit).exitCode, 7);
  match(heard, /bye/);
});

Deno.test("when loom is killed, what it started in a sandbox is gone", async () => {
  const mark = "600.5";
  const held = import.meta.resolve("../support/held.ts");
  const script = `
    import { Cell } from ${JSON.stringify(held)};
    await new Cell().start("setsid sleep ${mark} & sleep ${mark}");
    await new Promise(() => {});`;
  using folder = temporaryFolder();
  const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
  const args = ["run", "-A", "--no-lock", "--config", config, "-"];
  const env = { TMPDIR: folder.path };
  const loom = new Deno.Command(Deno.execPath(), { args, env, stdin: "piped" }).spawn();
  const writer = loom.stdin.getWriter();
  await writer.write(new TextEncoder().encode(script));
  await writer.close();
  await until(() => runs(mark));
  loom.kill("SIGKILL");
  await loom.status;
  await until(async () => !await runs(mark));
});

Deno.test("a terminal of loom's is not one of its programs", async () => {
  using cell = new Cell();
  const { out, err } = await cell.run("(: </dev/tty) || echo none; ps -o tty= -p $$ || true");
  match(out, /^none/);
  match(err, /\/dev\/tty/);
});
