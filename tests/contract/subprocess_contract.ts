import { deepStrictEqual as deepEqual, match, ok, rejects, strictEqual as equal, throws } from "node:assert/strict";
import type { Subprocesses, SubprocessSpec } from "../../core/ports/subprocess.ts";
import { temporaryFolder } from "./temporary.ts";

/** Programs to try, and a module that exports a function of this name which makes them, for a loom of its own. */
export interface SubprocessesUnderTest {
  readonly make: () => Subprocesses;
  readonly module: string;
  readonly factory: string;
}

const env = { PATH: Deno.env.get("PATH") ?? "/usr/bin:/bin" };

type Output = { stdout: string; stderr: string };
type Start = (script: string, spec?: Partial<SubprocessSpec>) => ReturnType<Subprocesses["start"]> & { output: Output };
type Test = (sentence: string, body: (start: Start, folder: string) => unknown) => void;

/** What all {@linkcode Subprocesses} of a Unix keep to. */
export function subprocessContract(name: string, under: SubprocessesUnderTest): void {
  const subprocesses = under.make();
  const test: Test = (sentence, body) =>
    Deno.test(`${name}: ${sentence}`, async () => {
      using folder = temporaryFolder();
      const start: Start = (script, spec = {}) => {
        const output = { stdout: "", stderr: "" };
        const onOutput: SubprocessSpec["onOutput"] = (stream, text) => void (output[stream] += text);
        const started = subprocesses.start({ argv: ["sh", "-c", script], cwd: folder.path, env, onOutput, ...spec });
        return { ...started, output };
      };
      await body(start, folder.path);
    });
  endingContract(test);
  outputContract(test);
  groupContract(test);
  refusalContract(test);
  deathContract(test, under);
}

function endingContract(test: Test) {
  test("exit tells the code, or the signal", async (start) => {
    deepEqual(await start("exit 3").exit, { exitCode: 3, stragglers: 0 });
    deepEqual(await start("exit 0").exit, { exitCode: 0, stragglers: 0 });
    deepEqual(await start("kill -SEGV $$").exit, { signal: "SIGSEGV", stragglers: 0 });
    deepEqual(await start("kill -KILL $$").exit, { signal: "SIGKILL", stragglers: 0 });
  });

  test("start() passes arguments, folder and environment as they are", async (start, folder) => {
    const argv = ["sh", "-c", 'printf "%s|" "$@"; pwd; env', "sh", "a b", "", "ü*$HOME", "'\""];
    const program = start("", { argv, env: { ...env, NAME: "välue=1" } });
    await program.exit;
    const [first, ...rest] = program.output.stdout.trimEnd().split("\n");
    equal(first, `a b||ü*$HOME|'"|${folder}`);
    ok(rest.includes("NAME=välue=1"));
    ok(rest.every((line) => /^(PATH|NAME|PWD|OLDPWD|SHLVL|_)=/.test(line)), `inherited: ${rest}`);
  });

  test("start() feeds a program when told to, until it has had enough or there is no more", async (start) => {
    const fed = start("read first; echo $first; cat", { feedStdin: true });
    await fed.input!.write("one\ntwo\n");
    await fed.input!.write("välue");
    await fed.input!.close();
    deepEqual(await fed.exit, { exitCode: 0, stragglers: 0 });
    equal(fed.output.stdout, "one\ntwo\nvälue");
    const deaf = start("exec <&-; exit 0", { feedStdin: true });
    await deaf.exit;
    await deaf.input!.write("more");
    await deaf.input!.close();
    equal(start("exit 0").input, undefined);
  });

  test("start() passes loom's own standard input on when told to", async (start) => {
    const own = await Deno.readLink("/proc/self/fd/0");
    const program = start("readlink /proc/self/fd/0", { passStdin: true });
    await program.exit;
    equal(program.output.stdout.trimEnd(), own);
  });

  test("start() gives an empty standard input, no terminal, and signals as they are by default", async (start) => {
    const program = start("cat; (: </dev/tty) 2>/dev/null || echo no terminal; grep SigIgn /proc/self/status");
    await program.exit;
    const [first, ignored] = program.output.stdout.split("\n");
    equal(first, "no terminal");
    // Signals above 31 belong to the C library.
    equal(BigInt(`0x${ignored.split(/\s+/)[1]}`) & 0x7fff_ffffn, 0n);
  });

  test("start() leaves no descriptor of other programs open in the program", async (start) => {
    const descriptors = async () => {
      const program = start("ls /proc/self/fd");
      await program.exit;
      return program.output.stdout;
    };
    const before = await descriptors();
    const held = Array.from({ length: 5 }, () => start("sleep 30"));
    equal(await descriptors(), before);
    await Promise.all(held.map((other) => other.stop(0)));
  });

  test("stop() ends the whole group, with TERM or, when that is not heard, KILL", async (start) => {
    const polite = start("sleep 30 & wait");
    await polite.stop(5_000);
    equal((await polite.exit).signal, "SIGTERM");
    const deaf = start("trap '' TERM; echo ready; while :; do sleep 0.05; done");
    while (deaf.output.stdout === "") await new Promise((resolve) => setTimeout(resolve, 5));
    const long = deaf.stop(60_000);
    await deaf.stop(1);
    await long;
    equal((await deaf.exit).signal, "SIGKILL");
    await deaf.stop(0);
  });
}

function outputContract(test: Test) {
  test("output is heard by stream and kept in the log", async (start, folder) => {
    const logPath = `${folder}/log`;
    const program = start("echo out; echo err >&2; printf end", { logPath });
    await program.exit;
    deepEqual(program.output, { stdout: "out\nend", stderr: "err\n" });
    deepEqual(Deno.readTextFileSync(logPath).replace("err\n", ""), "out\nend");
    await start("true", { logPath: `${folder}/none` }).exit;
    throws(() => Deno.statSync(`${folder}/none`), Deno.errors.NotFound);
  });

  test("output is heard while the program runs", async (start) => {
    const program = start("echo now; sleep 30");
    while (program.output.stdout === "") await new Promise((resolve) => setTimeout(resolve, 5));
    equal(program.output.stdout, "now\n");
    await program.stop(1_000);
  });

  test("a character that comes in two pieces is whole; what is no character is replaced", async (start, folder) => {
    const logPath = `${folder}/log`;
    const program = start("printf '\\303'; sleep 0.1; printf '\\274\\377.\\303'", { logPath });
    await program.exit;
    equal(program.output.stdout, "ü\ufffd.\ufffd");
    deepEqual(Deno.readFileSync(logPath), Uint8Array.of(0xc3, 0xbc, 0xff, 0x2e, 0xc3));
  });

  test("secrets are masked in the log and in what is heard", async (start, folder) => {
    const logPath = `${folder}/log`;
    const program = start("printf 'key=s3'; sleep 0.1; echo cret", { logPath, secrets: ["s3cret", ""] });
    await program.exit;
    equal(program.output.stdout, "key=***\n");
    equal(Deno.readTextFileSync(logPath), "key=***\n");
  });

  test("a hundred megabytes on one line arrive in pieces", async (start, folder) => {
    let [bytes, largest] = [0, 0];
    const onOutput = (_: string, text: string) => {
      bytes += text.length;
      largest = Math.max(largest, text.length);
    };
    const logPath = `${folder}/log`;
    await start("head -c 100000000 /dev/zero", { onOutput, logPath }).exit;
    equal(bytes, 100_000_000);
    ok(largest <= 64 * 1024);
    equal(Deno.statSync(logPath).size, 100_000_000);
  });

  test("all that was printed is there at the end", async (start) => {
    const program = start("i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done; echo e >&2");
    await program.exit;
    equal(program.output.stdout.split("\n").length, 2001);
    equal(program.output.stderr, "e\n");
  });

  test("a log that cannot be written makes the exit fail, and the program runs to its end", async (start, folder) => {
    const program = start("echo text; echo done > done.txt", { logPath: "/dev/full" });
    await rejects(program.exit, { code: "disk-full", message: /\/dev\/full/ });
    equal(Deno.readTextFileSync(`${folder}/done.txt`), "done\n");
  });

  test("a program that closes its output and lives on is waited for", async (start, folder) => {
    const program = start("exec >&- 2>&-; sleep 0.3; echo late > late.txt; exit 4");
    equal((await program.exit).exitCode, 4);
    equal(Deno.readTextFileSync(`${folder}/late.txt`), "late\n");
  });
}

function groupContract(test: Test) {
  test("what a program leaves running is counted, and ended before its exit is told", async (start) => {
    const program = start("sleep 30 & echo $!; sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1; done' & sleep 0.1");
    const { exitCode, stragglers } = await program.exit;
    equal(exitCode, 0);
    ok(stragglers >= 2, `${stragglers} stragglers`);
    const left = program.output.stdout.trim().split("\n");
    deepEqual([left.length, left.filter(isRunning)], [2, []]);
  });

  test("one that fled the group keeps its pipe and nobody waits", async (start) => {
    const program = start("setsid sh -c 'echo $$; exec sleep 30' & sleep 0.2; echo done");
    const from = performance.now();
    equal((await program.exit).exitCode, 0);
    ok(performance.now() - from < 5_000);
    match(program.output.stdout, /done\n$/);
    Deno.kill(Number(program.output.stdout.split("\n")[0]), "SIGKILL");
  });
}

function refusalContract(test: Test) {
  test("start() says which program is not there, or is none", (start, folder) => {
    Deno.writeTextFileSync(`${folder}/plain`, "text");
    Deno.writeTextFileSync(`${folder}/orphan`, "#!/no/such/interpreter\n", { mode: 0o755 });
    throws(() => start("", { argv: ["no-such-program"] }), { code: "program-not-found", message: /no-such-program/ });
    throws(() => start("", { argv: [`${folder}/absent`] }), { code: "program-not-found" });
    throws(() => start("", { argv: [`${folder}/plain`] }), { code: "program-not-executable", hint: /chmod/ });
    throws(() => start("", { argv: [folder] }), { code: "program-not-executable" });
    throws(() => start("", { argv: ["./orphan"] }), { code: "program-not-executable", message: /first line/ });
  });

  test("start() says when the folder is not there", (start, folder) => {
    throws(() => start("true", { cwd: `${folder}/absent` }), { code: "cwd-not-found", message: /absent/ });
  });

  test("start() finds the program in the PATH that it gives it, and in its folder", async (start, folder) => {
    Deno.mkdirSync(`${folder}/bin`);
    Deno.writeTextFileSync(`${folder}/bin/own`, "#!/bin/sh\nexit 7\n", { mode: 0o755 });
    equal((await start("", { argv: ["own"], env: { PATH: `/nowhere:${folder}/bin` } }).exit).exitCode, 7);
    equal((await start("", { argv: ["bin/own"] }).exit).exitCode, 7);
  });
}

function deathContract(test: Test, { module, factory }: SubprocessesUnderTest) {
  test("what runs ends when loom is killed, and nothing stays behind", async (_, folder) => {
    const script = `
      const { ${factory}: make } = await import(${JSON.stringify(module)});
      const subprocesses = make();
      const env = ${JSON.stringify(env)};
      const at = (script) => subprocesses.start({ argv: ["sh", "-c", script], cwd: ${JSON.stringify(folder)}, env });
      await at("true").exit;
      at("echo $$ > pid; sleep 60 & echo $! > child; wait");
      while (true) try { if (Deno.readTextFileSync("child").endsWith("\\n")) break; } catch { await new Promise((r) => setTimeout(r, 5)); }
      Deno.kill(Deno.pid, "SIGKILL");`;
    const args = ["eval", "--no-check", script];
    await new Deno.Command(Deno.execPath(), { args, cwd: folder, env: { TMPDIR: folder } }).output();
    for (const name of ["pid", "child"]) await gone(Deno.readTextFileSync(`${folder}/${name}`).trim());
    deepEqual([...Deno.readDirSync(folder)].map((entry) => entry.name).sort(), ["child", "pid"]);
  });
}

/** Resolves when no such process runs; gives up after 10 s. A zombie does not run. */
async function gone(pid: string): Promise<void> {
  for (let look = 0; look < 1_000; look++) {
    if (!isRunning(pid)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  ok(false, `process ${pid} still runs`);
}

function isRunning(pid: string): boolean {
  try {
    return !/\) [ZX] /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
