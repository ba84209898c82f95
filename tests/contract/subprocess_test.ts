import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { hostSubprocesses } from "../../plugins/host/subprocess/mod.ts";
import { denoSubprocesses } from "../../plugins/host/subprocess/deno.ts";
import { posixSubprocesses } from "../../plugins/host/subprocess/posix.ts";
import { fakeSubprocesses } from "../support/fake_subprocess.ts";
import { subprocessContract } from "./subprocess_contract.ts";

subprocessContract("denoSubprocesses()", {
  make: denoSubprocesses,
  module: import.meta.resolve("../../plugins/host/subprocess/deno.ts"),
  factory: "denoSubprocesses",
});
// Elsewhere both are the same.
subprocessContract("hostSubprocesses()", {
  make: hostSubprocesses,
  module: import.meta.resolve("../../plugins/host/subprocess/mod.ts"),
  factory: "hostSubprocesses",
});

Deno.test("posixSubprocesses() is there on Linux with the GNU C library", () => {
  equal(posixSubprocesses() !== undefined, Deno.build.target.includes("linux-gnu"));
});

const spec = { argv: ["a"], cwd: "/", env: {} };

Deno.test("fakeSubprocesses() plays programs, counts them, and ends those that are stopped", async () => {
  const fake = fakeSubprocesses(({ argv, onOutput }, stopped) => {
    onOutput?.("stdout", "text");
    if (argv[0] === "long") return new Promise((resolve) => stopped.addEventListener("abort", () => resolve({})));
    return argv[0] === "bad" ? { exitCode: 3 } : undefined;
  });
  const heard: string[] = [];
  deepEqual(await fake.start({ ...spec, onOutput: (_, text) => heard.push(text) }).exit, {
    exitCode: 0,
    stragglers: 0,
  });
  deepEqual(await fake.start({ ...spec, argv: ["bad"] }).exit, { exitCode: 3, stragglers: 0 });
  const long = fake.start({ ...spec, argv: ["long"] });
  equal(fake.running.now, 1);
  await long.stop(5);
  deepEqual(await long.exit, { signal: "SIGTERM", stragglers: 0 });
  ok(heard.length === 1 && fake.started.length === 3 && fake.running.most === 1);
});

const SIZED = `import os, signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGWINCH])
print(os.get_terminal_size(1))
print(sys.stdout.isatty(), sys.stderr.isatty(), sys.stdin.isatty(), file=sys.stderr)
print("\\x1b[1mbold\\x1b[0m\\rover", flush=True)
signal.sigwait([signal.SIGWINCH])
print(os.get_terminal_size(1))
print("x" * 200_000)
`;

Deno.test("hostSubprocesses() gives a program a terminal that passes every byte and can be resized", async () => {
  const output = { stdout: "", stderr: "" };
  const program = hostSubprocesses().start({
    argv: ["python3", "-c", SIZED],
    cwd: "/",
    env: { PATH: Deno.env.get("PATH")! },
    terminal: { columns: 90, rows: 20 },
    onOutput(stream, text) {
      output[stream] += text;
      if (text.includes("over")) program.resize!({ columns: 120, rows: 33 });
    },
  });
  deepEqual(await program.exit, { exitCode: 0, stragglers: 0 });
  deepEqual(output.stdout.split("\n"), [
    "os.terminal_size(columns=90, lines=20)",
    "\x1b[1mbold\x1b[0m\rover",
    "os.terminal_size(columns=120, lines=33)",
    "x".repeat(200_000),
    "",
  ]);
  equal(output.stderr, "True True False\n");
  program.resize!({ columns: 1, rows: 1 });
});

Deno.test("denoSubprocesses() tells a program the size of a terminal that it cannot have", async () => {
  let text = "";
  const terminal = { columns: 90, rows: 20 };
  const onOutput = (_: string, piece: string) => void (text += piece);
  const argv = ["sh", "-c", "echo $COLUMNS $LINES"];
  await denoSubprocesses().start({ ...spec, argv, env: { PATH: Deno.env.get("PATH")! }, terminal, onOutput }).exit;
  equal(text, "90 20\n");
});
