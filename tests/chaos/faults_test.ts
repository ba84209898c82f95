/**
 * What can go wrong around a run: other looms, disks, clocks, and scripts that behave badly.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { eachProject, type Project } from "../support/cli.ts";
import { CHAIN } from "../support/pipelines.ts";
import { follow } from "../support/runs.ts";
import { historyOf, processesWith, snapshot, survivors } from "../support/sandbox.ts";
import { hostContext } from "../../compose/context.ts";
import { sendSignal } from "../support/send_signal.ts";

/** A shell script as the only step, with one output. */
function shell(script: string, keys = ""): Readonly<Record<string, string>> {
  return {
    script: `#!/bin/sh\n${script}\n`,
    "pipeline.yml": `data: {o: o.txt}\npipeline: [{name: a, task: script, outputs: {--o: $o}${keys}}]\n`,
  };
}

function eachShell(name: string, script: string, test: (project: Project) => Promise<void>): void {
  eachProject(name, shell(script), async (project) => {
    await Deno.chmod(project.path("script"), 0o755);
    await test(project);
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(project: Project, name: string): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await project.has(name)) return;
    await pause(20);
  }
  throw new Error(`${name} did not appear`);
}

const WAIT = "touch here; while [ ! -e go ]; do sleep 0.02; done; echo done > o.txt";

/** Fails if another of its kind is at work. */
const TURN = "mkdir turn || exit 9; sleep 0.05; rmdir turn; echo x > o.txt";

eachShell("a second loom in a folder is refused and names the first, or waits for it", WAIT, async (project) => {
  const first = project.run(["pipeline.yml"]);
  await until(project, "here");
  const refused = await project.run(["pipeline.yml"]);
  refused.expect({ code: 3, err: [/error: .*process \d+/, "--wait"], not: ["[RUNNING]"] });
  (await project.run(["status", "pipeline.yml"])).expect({ out: ["a"] });
  (await project.run(["pipeline.yml", "--dry-run"])).expect({ out: ["[DRY RUN] a"] });
  const second = project.run(["pipeline.yml", "--wait"]);
  await pause(200);
  await project.write({ go: "" });
  (await first).expect({ out: ["[SUCCESS] a"] });
  (await second).expect({ out: ["[SUCCESS] a"], err: ["waiting"] });
});

eachShell("looms started at the same moment: one runs, the others are refused or take turns", TURN, async (project) => {
  const started = await Promise.all(Array.from({ length: 4 }, () => project.run(["pipeline.yml"])));
  const codes = started.map(({ code }) => code);
  ok(codes.includes(0) && codes.every((code) => code === 0 || code === 3), codes.join(" "));
  const waiting = await Promise.all(Array.from({ length: 4 }, () => project.run(["pipeline.yml", "--wait"])));
  for (const outcome of waiting) outcome.expect({ out: ["[SUCCESS] a"] });
  const done = codes.filter((code) => code === 0).length + waiting.length;
  const history = historyOf(project.folder)!;
  deepEqual([history.runs.length, history.integrity, history.broken], [done, "ok", []]);
});

eachShell(
  "a script that closes its output and lives on is waited for",
  "exec >&- 2>&-; sleep 0.3; echo late > o.txt",
  async (project) => {
    (await project.run(["pipeline.yml"])).expect({ out: ["[SUCCESS] a"], not: ["did not make"] });
    equal(await project.read("o.txt"), "late\n");
  },
);

eachShell(
  "what a script leaves running is ended, and holds nothing up",
  "sleep 300 & echo x > o.txt; echo said",
  async (project) => {
    const startMs = performance.now();
    const mark = crypto.randomUUID();
    const outcome = await project.run(["pipeline.yml"], { env: { LOOM_FAULT: mark } });
    outcome.expect({ out: ["said", "[SUCCESS] a"], err: ["left 1 program"] });
    ok(performance.now() - startMs < 300_000, "it waited for the program that was left");
    deepEqual(await survivors(mark, 1000), []);
  },
);

eachShell(
  "bytes that are no text are replaced in what is printed",
  "printf 'a\\377\\376b\\n'; echo x > o.txt",
  async (project) => {
    (await project.run(["pipeline.yml"])).expect({ out: ["a\ufffd\ufffdb", "[SUCCESS] a"] });
  },
);

eachShell(
  "a hundred megabytes on one line need little memory",
  "head -c 100000000 /dev/zero | tr '\\0' x; echo x > o.txt",
  async (project) => {
    for (const mode of ["--sequential", "--parallel"]) {
      const child = project.start(["pipeline.yml", mode]);
      await child.stdin.close();
      let peak = 0;
      const timer = setInterval(() => peak = Math.max(peak, peakKiB(child.pid)), 20);
      let bytes = 0;
      await Promise.all([
        child.stdout.pipeTo(new WritableStream({ write: (chunk) => void (bytes += chunk.length) })),
        child.stderr.pipeTo(new WritableStream()),
      ]);
      deepEqual((await child.status).code, 0);
      clearInterval(timer);
      ok(bytes >= 100_000_000, `${mode}: only ${bytes} bytes came through`);
      ok(peak > 0 && peak < 400 * 1024, `${mode}: ${peak} KiB at the most`);
    }
  },
);

/** The most memory a process has had so far; 0 when it is gone. */
function peakKiB(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

eachProject("an output that is a folder is followed as one", {
  "pipeline.yml": "data: {o: o}\npipeline: [{name: a, task: tasks/mix.py, outputs: {--outdir: $o}}]\n",
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  (await project.run(["pipeline.yml", "--cached"])).expect({ out: ["[FRESH] a"] });
  await project.write({ "o/new.txt": "by hand" });
  (await project.run(["status", "pipeline.yml"])).expect({ out: ["modified"] });
});

eachProject("what is no regular file in an input's folder holds nothing up", {
  "in/a.txt": "a",
  "pipeline.yml": "data: {in: in, o: o}\npipeline: [{name: a, task: tasks/mix.py, outputs: {--out: $o}, deps: [in]}]\n",
}, async (project) => {
  await must("mkfifo", [project.path("in/pipe")]);
  await Deno.symlink(".", project.path("in/itself"));
  await Deno.symlink("nowhere", project.path("in/broken"));
  (await project.run(["pipeline.yml"], { timeoutMs: 10_000 })).expect({});
  (await project.run(["pipeline.yml", "--cached"], { timeoutMs: 10_000 })).expect({ out: ["[FRESH] a"] });
  await project.write({ "in/a.txt": "b" });
  (await project.run(["status", "pipeline.yml"], { timeoutMs: 10_000 })).expect({ out: ["stale"] });
});

eachProject("a file where a folder must be made fails the step with its path", {
  blocked: "a file",
  "pipeline.yml": `
data: {o: blocked/o.txt}
pipeline:
  - {name: a, task: tasks/mix.py, outputs: {--out: $o}}
  - {name: other, task: tasks/record.py, args: {--name: other}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    code: 1,
    out: ["[FAILED] a", "blocked", "[SUCCESS] other"],
    not: ["internal"],
  });
});

/** Lays a small disk over a folder of the project for as long as it is used. */
class SmallDisk implements AsyncDisposable {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async over(folder: string, options: string): Promise<SmallDisk> {
    await Deno.mkdir(folder, { recursive: true });
    await must("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]);
    return new SmallDisk(folder);
  }

  async remount(options: string): Promise<void> {
    await must("mount", ["-o", `remount,${options}`, this.#folder]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await must("umount", ["-l", this.#folder]);
  }
}

async function must(program: string, args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args: [...args] }).output();
  if (!success) {
    throw new Error(`These tests need root: ${program} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  }
}

eachProject("a folder that cannot be written to is said to be one", { "ro/": "" }, async (project) => {
  await using disk = await SmallDisk.over(project.path("ro"), "size=4m");
  await project.write({
    "ro/pipeline.yml": "data: {o: o.txt}\npipeline: [{name: a, task: ../tasks/mix.py, outputs: {--out: $o}}]\n",
  });
  await disk.remount("ro");
  const outcome = await project.run(["ro/pipeline.yml"]);
  ok(outcome.code === 1 || outcome.code === 2, outcome.report());
  outcome.expect({ code: outcome.code, err: [/error: .*ro\/\.loom/], not: ["internal", "[RUNNING]"] });
  (await project.run(["ro/pipeline.yml", "--dry-run"])).expect({ out: ["[DRY RUN] a"] });
  (await project.run(["status", "ro/pipeline.yml"])).expect({ out: ["never run"] });
});

eachProject("a full disk is told of, and nothing written to it is trusted", { "disk/": "" }, async (project) => {
  await using _disk = await SmallDisk.over(project.path("disk"), "size=1m");
  await project.write({
    "fill.py": "import sys\nopen(sys.argv[2], 'w').write('x' * 3_000_000)\n",
    "fits.py": "import sys\nopen(sys.argv[2], 'w').write('fits')\n",
    "pipeline.yml": "data: {o: disk/o.txt}\npipeline: [{name: a, task: fill.py, outputs: {--out: $o}}]\n",
    "fits.yml": "data: {o: disk/o.txt}\npipeline: [{name: a, task: fits.py, outputs: {--out: $o}}]\n",
  });
  (await project.run(["pipeline.yml", "--cached"])).expect({ code: 1, out: ["[FAILED] a"], not: ["internal"] });
  (await project.run(["pipeline.yml", "--cached"])).expect({ code: 1, out: ["[FAILED] a"], not: ["[FRESH]"] });
  await project.remove("disk/o.txt");
  (await project.run(["fits.yml", "--cached"])).expect({ out: ["[SUCCESS] a"] });
});

eachProject("a disk too full for the history is said to be one", { "disk/": "" }, async (project) => {
  await using _disk = await SmallDisk.over(project.path("disk"), "size=256k");
  await project.write({
    "disk/pipeline.yml": "pipeline: [{name: a, task: ../tasks/record.py}]\n",
    "disk/ballast": new Uint8Array(200 * 1024),
  });
  const outcome = await project.run(["disk/pipeline.yml"]);
  outcome.expect({ code: 1, err: ["error:"], not: ["internal"] });
  match(outcome.stderr, /full|space/i);
  await project.remove("disk/ballast");
  (await project.run(["disk/pipeline.yml"])).expect({ out: ["[SUCCESS] a"] });
});

eachProject("a history that is damaged is set aside with a word, and the run goes on", CHAIN, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  const size = (await Deno.stat(project.path(".loom/loom.db"))).size;
  for (const suffix of ["-wal", "-shm"]) {
    if (await project.has(`.loom/loom.db${suffix}`)) await project.remove(`.loom/loom.db${suffix}`);
  }
  await project.write({ ".loom/loom.db": new Uint8Array(size).map((_, i) => (i * 7919) & 255) });
  (await project.run(["pipeline.yml"])).expect({ out: ["3/3"], err: ["warning", "loom.db"] });
  (await project.run(["pipeline.yml", "--cached"])).expect({ out: ["[FRESH] a", "[FRESH] c"], not: ["warning"] });
  ok(project.list(".loom").filter((name) => name.startsWith("loom.db.")).length > 0, project.list(".loom").join(" "));
});

eachProject("without the history that was damaged nothing is taken for fresh by its times", CHAIN, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  await project.write({ ".loom/loom.db": "no database", "out/a.txt": "half-writ" });
  (await project.run(["pipeline.yml", "--step", "c"])).expect({ err: ["damaged"] });
  (await project.run(["pipeline.yml", "--cached"])).expect({ out: ["[SUCCESS] a", "[SUCCESS] b"], not: ["[FRESH] a"] });
  (await project.run(["pipeline.yml", "--cached"])).expect({ out: ["[FRESH] a", "[FRESH] b", "[FRESH] c"] });
});

eachProject("a history cut short in the middle never crashes", CHAIN, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  const path = project.path(".loom/loom.db");
  const whole = await Deno.readFile(path);
  await project.write({ ".loom/loom.db": whole.slice(0, whole.length >> 1) });
  for (const words of [["status", "pipeline.yml"], ["pipeline.yml", "--cached"], ["pipeline.yml", "--cached"]]) {
    const outcome = await project.run(words);
    ok(!outcome.stderr.includes("internal"), outcome.report());
  }
  equal(historyOf(project.folder)?.integrity, "ok");
});

Deno.test("a clock that jumps back and forth changes nothing", async () => {
  const folder = await Deno.makeTempDir({ prefix: "loom-clock-" });
  try {
    const work = `#!/bin/sh\nin=$1\nwhile [ "$1" != --out ]; do shift; done\ncat "$in" > "$2"\n`;
    await Deno.writeTextFile(`${folder}/work`, work, { mode: 0o755 });
    await Deno.writeTextFile(`${folder}/in.txt`, "raw\n");
    await Deno.writeTextFile(`${folder}/pipeline.yml`, CHAIN["pipeline.yml"].replaceAll("tasks/mix.py", "work"));
    const real = hostContext();
    let reads = 0;
    const jumps = [0, -3_600_000, 3_600_000, -86_400_000 * 400];
    const clock = Object.create(real.clock, {
      now: { value: () => real.clock.now() + jumps[reads++ % jumps.length] },
    });
    const context = { ...real, clock, cwd: folder };
    const file = `${folder}/pipeline.yml`;
    const first = await follow(file, { cached: true, project: folder }, { context });
    const made = snapshot(`${folder}/out`);
    const second = await follow(file, { cached: true, project: folder }, { context });
    deepEqual([first.status, second.status, second.succeeded], ["done", "done", 3]);
    await Deno.writeTextFile(`${folder}/in.txt`, "new\n");
    const third = await follow(file, { cached: true, project: folder }, { context });
    deepEqual([third.status, snapshot(`${folder}/out`)["a.txt"] !== made["a.txt"]], ["done", true]);
    for (const { events } of [first, second, third]) {
      for (const event of events) {
        const durationMs = "durationMs" in event ? event.durationMs ?? 0 : 0;
        ok(durationMs >= 0 && durationMs < 60_000);
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

eachShell(
  "a run that is told to end leaves no process, not even one that ignores it",
  "trap '' TERM; sh -c \"trap '' TERM; sleep 50\" & touch here; while :; do sleep 0.05; done",
  async (project) => {
    const mark = crypto.randomUUID();
    const child = project.start(["pipeline.yml"], { env: { LOOM_FAULT: mark } });
    await child.stdin.close();
    const output = child.output();
    await until(project, "here");
    ok(processesWith(mark).length >= 3);
    sendSignal(child, "SIGTERM");
    equal((await output).code, 130);
    deepEqual(await survivors(mark, 500), []);
  },
);
