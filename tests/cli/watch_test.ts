import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { eachProject, type Project } from "../support/cli.ts";
import { survivors } from "../support/sandbox.ts";
import { sendSignal } from "../support/send_signal.ts";

const FILES = {
  "tasks/count.py": `import sys, helper
open(sys.argv[3], "w").write(str(len(open(sys.argv[1]).read()) + helper.MORE))
`,
  "tasks/helper.py": "MORE = 0\n",
  "in.txt": "abc",
  "pipeline.yml": `
data: {in: in.txt, out: out.txt}
pipeline:
  - {name: count, task: tasks/count.py, inputs: {in: $in}, outputs: {-o: $out}}
  - {name: other, task: tasks/mix.py, outputs: {--out: other.txt}}
`,
};

/** loom that watches, with what it has written so far. */
class Watching {
  readonly #child: Deno.ChildProcess;
  #text = "";
  #read: Promise<void>[];

  constructor(project: Project, args: readonly string[], mark: string) {
    this.#child = project.start(args, { env: { LOOM_WATCHED: mark } });
    this.#read = [this.#child.stdout, this.#child.stderr].map(async (stream) => {
      for await (const piece of stream.pipeThrough(new TextDecoderStream())) this.#text += piece;
    });
  }

  /** Waits until it waits for the nth time; gives everything since the time before. */
  async waits(times: number): Promise<string> {
    for (let i = 0; i < 3000; i++) {
      const parts = this.#text.split(/\[WATCH\] \d+ files?; Ctrl-C ends it\n/);
      if (parts.length > times) return parts[times - 1];
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`It does not wait for the ${times}th time:\n${this.#text}`);
  }

  async interrupt(): Promise<number> {
    await this.#child.stdin.close();
    sendSignal(this.#child, "SIGINT");
    const { code } = await this.#child.status;
    await Promise.all(this.#read);
    return code;
  }
}

eachProject(
  "--watch runs stale steps after each change, outlives mistakes, and holds nothing",
  FILES,
  async (project) => {
    const mark = crypto.randomUUID();
    const loom = new Watching(project, ["pipeline.yml", "--cached", "--watch"], mark);
    ok((await loom.waits(1)).includes("[SUCCESS] count"));
    equal(await project.read("out.txt"), "3");
    // As editors do it: a new file takes the place of the old one.
    await project.write({ "tasks/helper.py.new": "MORE = 40\n" });
    await Deno.rename(project.path("tasks/helper.py.new"), project.path("tasks/helper.py"));
    const second = await loom.waits(2);
    for (const words of ["[CHANGED] tasks/helper.py", "[SUCCESS] count", "[FRESH] other"]) {
      ok(
        second.includes(words),
        second,
      );
    }
    equal(await project.read("out.txt"), "43");
    await project.write({ "pipeline.yml": "pipeline: [" });
    const third = await loom.waits(3);
    ok(third.includes("[CHANGED] pipeline.yml") && third.includes("error: pipeline.yml:1:"), third);
    await project.write({ "pipeline.yml": FILES["pipeline.yml"], "in.txt": "abcde" });
    ok((await loom.waits(4)).includes("[SUCCESS] count"));
    equal(await project.read("out.txt"), "45");
    // Nothing is held while it waits: another loom may run.
    (await project.run(["pipeline.yml", "--step", "other", "--force"])).expect({ code: 0 });
    deepEqual([await loom.interrupt(), await survivors(mark, 1000)], [130, []]);
  },
);

eachProject(
  "--watch with --json prints the events of each run, and refuses what happens once",
  FILES,
  async (project) => {
    for (const option of ["--dry-run", "--list", "--clean", "--clean-list"]) {
      (await project.run(["pipeline.yml", "--watch", option])).expect({ code: 2, err: [`--watch and ${option}`] });
    }
    (await project.run(["none.yml", "--watch"])).expect({ code: 1, err: ["Config file not found"] });
    const loom = new Watching(project, ["pipeline.yml", "--watch", "--json"], crypto.randomUUID());
    await loom.waits(1);
    await project.write({ "in.txt": "x" });
    const second = await loom.waits(2);
    const events = second.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line).type);
    deepEqual([events[0], events.at(-1)], ["run_started", "run_finished"]);
    equal(await loom.interrupt(), 130);
  },
);
