/** What happens to a command whose surroundings are not as they should be, or change under it. */

import { ok, strictEqual as equal } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";
import { sendSignal } from "../support/send_signal.ts";

const SLOW = `import sys, time
print("begun", flush=True)
time.sleep(float(sys.argv[1].rsplit("/", 1)[-1]))
print("still here", flush=True)
open(sys.argv[3], "w").write("made")
`;
const PIPELINE = `
data: {o: out/o.txt}
parameters: {seconds: 1}
pipeline:
  - {name: slow, task: slow.py, inputs: {s: $seconds}, outputs: {--o: $o}}
`;
const FILES = { "slow.py": SLOW, "pipeline.yml": PIPELINE };
const AT_ONCE = ["--set", "seconds=0"];

eachProject("--clean --dry-run only shows, even with --yes", FILES, async (project) => {
  (await project.run(["pipeline.yml", ...AT_ONCE])).expect({ code: 0 });
  (await project.run(["pipeline.yml", "--clean", "--yes", "--permanent", "--dry-run"]))
    .expect({ code: 0, out: ["would be cleaned", "out/o.txt"] });
  ok(await project.has("out/o.txt"));
});

for (const look of ["--list", "--investigate", "--clean-list", "--clean"]) {
  eachProject(`--json with ${look} is refused: there is no document of it but the error's`, FILES, async (project) => {
    const outcome = await project.run(["pipeline.yml", "--yes", "--json", look]);
    outcome.expect({ code: 2, err: [look, "exclude each other"] });
    equal(JSON.parse(outcome.stdout).code, "usage");
  });
}

eachProject("--project that is no folder is refused, and none is made", FILES, async (project) => {
  for (const name of ["nowhere", "pipeline.yml"]) {
    (await project.run(["pipeline.yml", "--project", name])).expect({ code: 2, err: [`names no folder: ${name}`] });
  }
  ok(!await project.has("nowhere"));
});

eachProject("a TMPDIR that is not there is no reason to run nothing", FILES, async (project) => {
  (await project.run(["pipeline.yml", ...AT_ONCE], { env: { TMPDIR: project.path("nowhere") } })).expect({ code: 0 });
});

eachProject("a wait for another loom ends with Ctrl-C", FILES, async (project) => {
  const first = project.start(["pipeline.yml", "--set", "seconds=20"]);
  while (!await project.has("out")) await new Promise((resolve) => setTimeout(resolve, 20));
  const second = project.start(["pipeline.yml", "--wait"]);
  const errors = second.stderr.pipeThrough(new TextDecoderStream());
  let heard = "";
  for await (const piece of errors) {
    heard += piece;
    if (heard.includes("waiting") && !heard.includes("Stopping")) sendSignal(second, "SIGINT");
  }
  await second.stdout.cancel();
  equal((await second.status).code, 130, heard);
  ok(heard.includes("Stopped waiting for pipeline.yml"), heard);
  sendSignal(first, "SIGINT");
  await first.output();
  await Promise.all([first.stdin.close(), second.stdin.close()]);
});

eachProject("removing .loom/ in mid-run costs history, not the work", FILES, async (project) => {
  const child = project.start(["pipeline.yml"]);
  while (!await project.has("out")) await new Promise((resolve) => setTimeout(resolve, 20));
  await project.remove(".loom");
  const { code, stdout } = await child.output();
  await child.stdin.close();
  const text = new TextDecoder().decode(stdout);
  equal(code, 0, text);
  ok(text.includes("[SUCCESS] slow"), text);
  equal(await project.read("out/o.txt"), "made");
});

/** Asks the shell itself, because only it knows what it makes of a proposal. */
const ASK_BASH = `eval "$(loom completions bash)"
compopt() { echo compopt "$@"; }
COMP_WORDS=(loom pipeline.yml --set sec) COMP_CWORD=3
_loom; echo "\${COMPREPLY[@]}"`;

eachProject("after a completed KEY= bash adds no blank", FILES, async (project) => {
  const loom = `loom() { ${project.loom.argv.map((word) => `'${word}'`).join(" ")} "$@"; }`;
  const { stdout } = await new Deno.Command("bash", {
    args: ["--norc", "-c", `${loom}\n${ASK_BASH}`],
    cwd: project.folder,
    env: project.environment(),
  }).output();
  equal(new TextDecoder().decode(stdout), "compopt +o filenames -o nospace\nseconds=\n");
});

eachProject("a misspelt key is told beside the unknown reference that it leads to", {
  "pipeline.yml": "parameter: {lr: 1}\npipeline:\n  - {name: a, task: tasks/record.py, args: {--lr: $lr}}\n",
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    code: 1,
    err: ["did you mean 'parameters'", "Unknown reference '$lr'"],
  });
});

const READER = {
  "pipeline.yml": "pipeline: [{name: read, task: read.py}]\n",
  "read.py": "import sys\nprint('read', repr(sys.stdin.read()))\n",
};

eachProject("a script reads what is piped into loom, unless others might read it too", READER, async (project) => {
  const alone = await project.run(["pipeline.yml"], { stdin: "one\ntwo\n" });
  alone.expect({ code: 0, out: ["read 'one\\ntwo\\n'"] });
  const together = await project.run(["pipeline.yml", "--parallel"], { stdin: "one\ntwo\n" });
  together.expect({ code: 0, out: ["read ''"] });
});
