import { deepStrictEqual as deepEqual, fail, match, strictEqual as equal } from "node:assert/strict";
import { eachProject, type Project } from "../support/cli.ts";
import { sendSignal } from "../support/send_signal.ts";

/** Notes that it ran, waits while it is held, and writes a score. */
const SCORE = `#!/bin/sh
echo "$4" >> ran.txt
while [ -e "held/$4" ]; do sleep 0.02; done
printf '{"acc": 0.%s, "deep": {"f1": NaN}}' "$4" > "$2"
`;

const YAML = `
data: {score: output/score.json}
matrix: {lr: 1..4}
pipeline:
  - {name: fit, task: score, outputs: {--out: $score}, args: {--lr: $lr}, metrics: [$score]}
`;

const FILES = { score: SCORE, "pipeline.yml": YAML };

interface PointEvent {
  readonly point: string;
  readonly number: number;
  readonly total: number;
  readonly status: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, unknown>>;
}

async function made(project: Project): Promise<Project> {
  await Deno.chmod(project.path("score"), 0o755);
  return project;
}

async function ran(project: Project): Promise<readonly string[]> {
  return (await project.read("ran.txt") ?? "").split("\n").filter((line) => line !== "");
}

/** Waits until so many points have begun. */
async function begun(project: Project, count: number): Promise<void> {
  for (let look = 0; look < 3_000; look++) {
    if ((await ran(project)).length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  fail(`only ${await ran(project)} have begun`);
}

eachProject("a sweep tells of each point, repeats none, and is cleaned up after", FILES, async (given) => {
  const project = await made(given);
  const first = (await project.run(["pipeline.yml"])).expect({});
  match(first.stdout, /Pipeline: 4 step\(s\) to run at 4 point\(s\)/);
  match(first.stdout, /\[POINT 2\/4\] lr=2 done acc=0\.2 deep\.f1=NaN \(0\.\d+ s\)/);
  deepEqual(await ran(project), ["1", "2", "3", "4"]);
  equal(await project.read("output/sweeps/lr=3/score.json"), '{"acc": 0.3, "deep": {"f1": NaN}}');

  const more = (await project.run(["pipeline.yml", "--sweep", "lr=3..6", "--json"])).expect({});
  const points = more.events.filter(({ type }) => type === "point_finished") as unknown as PointEvent[];
  deepEqual(
    points.map((
      { point, number, total, status, values, metrics },
    ) => [point, number, total, status, values.lr, metrics.acc]),
    [
      ["lr=3", 1, 4, "done", 3, 0.3],
      ["lr=4", 2, 4, "done", 4, 0.4],
      ["lr=5", 3, 4, "done", 5, 0.5],
      ["lr=6", 4, 4, "done", 6, 0.6],
    ],
  );
  deepEqual((await ran(project)).slice(4), ["5", "6"]);

  match((await project.run(["pipeline.yml", "--list"])).expect({}).stdout, /Sweep: 4 point\(s\) of lr \(4\)/);
  match((await project.run(["status", "pipeline.yml"])).expect({}).stdout, /^fit +fresh +4\/4 points fresh$/m);
  match((await project.run(["explain", "pipeline.yml", "fit@lr=2"])).expect({}).stdout, /--lr 2$/m);
  match(
    (await project.run(["pipeline.yml", "--sweep", "lr=8", "--dry-run"])).expect({}).stdout,
    /sweeps\/lr=8\/score.json --lr 8/,
  );
  // Also what an earlier sweep made that the file does not ask for.
  match((await project.run(["pipeline.yml", "--clean-list"])).expect({}).stdout, /Total: 6 path\(s\) exist/);
  (await project.run(["pipeline.yml", "--clean", "--permanent", "--yes"])).expect({});
  equal(await project.has("output/sweeps"), false);
});

eachProject("what is wrong with a sweep is told before anything starts", {
  ...FILES,
  "bad.yml": "matrix:\n  lr: []\n  zip: {a: [1, 2], b: [1]}\n  include: 5\npipeline:\n  - {name: a, task: score}\n",
  "many.yml": "matrix:\n  a: 1..1000\n  b: 1..1000\npipeline:\n  - {name: a, task: score, args: {--a: $a, --b: $b}}\n",
  "id.yml": 'pipeline:\n  - {name: a, task: score, outputs: {--o: "${sweep.id}.txt"}}\n',
}, async (given) => {
  const project = await made(given);
  const bad = await project.run(["bad.yml"]);
  equal(bad.code, 1);
  match(bad.stderr, /bad\.yml:2:7: .*matrix\.lr has no values/);
  match(bad.stderr, /bad\.yml:4:12: .*'include' is a word of the matrix/);
  const many = await project.run(["many.yml"]);
  equal(many.code, 1);
  match(many.stderr, /many\.yml:1:1: The matrix has 1,000,000 points; 100,000 are the most/);
  match((await project.run(["many.yml", "--random", "3", "--dry-run"])).expect({}).stdout, /Completed: 3\/3/);
  match((await project.run(["id.yml"])).stderr, /id\.yml:2:43: '\$\{sweep\.id\}' is used, but nothing is swept/);
  for (const words of [["--sweep", "lr=1,,2"], ["--zip"], ["--seed", "1"], ["--sweep", "lr=5..1:1"]]) {
    equal((await project.run(["pipeline.yml", ...words])).code, 2, words.join(" "));
  }
  deepEqual(await ran(project), []);
});

eachProject("a sweep that is killed goes on without repeating a finished point", FILES, async (given) => {
  const project = await made(given);
  await project.write({ "held/6": "", "pipeline.yml": YAML.replace("1..4", "1..8") });
  const child = project.start(["pipeline.yml", "--json"]);
  await child.stdin.close();
  const finished: string[] = [];
  let [text, run] = ["", ""];
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (text += chunk).split("\n");
    text = lines.pop()!;
    const events = lines.map((line) => JSON.parse(line));
    run ||= events[0]?.run ?? "";
    const points = events.filter(({ type }) => type === "point_finished");
    finished.push(...points.map(({ values }) => String(values.lr)));
    if (finished.length >= 3) sendSignal(child, "SIGKILL");
  }
  await child.stderr.cancel();
  await child.status;
  await project.remove("held");
  (await project.run(["pipeline.yml"])).expect({});
  const counts = Map.groupBy(await ran(project), (lr) => lr);
  equal(counts.size, 8);
  // The last one was told of before it was written down.
  for (const lr of finished.slice(0, -1)) equal(counts.get(lr)!.length, 1, `point ${lr} was done again`);
  const { stdout } = (await project.run(["show", run, "--json"])).expect({});
  equal(JSON.parse(stdout).status, "interrupted");
});

const NOTE = `#!/bin/sh
echo "$0 $*" >> ran.txt
for last; do :; done
echo "$last" > "$2"
`;

const SHARING = `
parameters: {angle: 0.0, depth: 1}
data: {rows: output/rows.txt, score: output/score.json}
pipeline:
  - {name: split, task: note, outputs: {--out: $rows}, args: {--angle: $angle}}
  - {name: fit, task: score, outputs: {--out: $score}, inputs: {}, args: {--depth: $depth}, deps: [output/rows.txt], metrics: [$score]}
`;

eachProject("points share what is the same, and each can be looked at, compared and repeated alone", {
  score: SCORE,
  note: NOTE,
  "grid.yml": SHARING,
}, async (given) => {
  const project = await made(given);
  await Deno.chmod(project.path("note"), 0o755);
  const run = ["grid.yml", "--sweep", "angle=136.5,137.0", "depth=1..3"];
  (await project.run(run)).expect({ out: [/Completed: 8\/8 steps succeeded\n$/] });
  const notes = (await ran(project)).filter((line) => line.includes("note"));
  deepEqual(notes.map((line) => line.split(" ").at(-1)), ["136.5", "137.0"]);
  (await project.run(run)).expect({ out: [/\[POINT 6\/6\] angle=137\.0,depth=3 done acc=0\.3 .*\(fresh\)\n/] });
  (await project.run(["runs"])).expect({
    out: [/^ID .* NAME +POINTS\n[0-9a-f]+ +done +8 fresh .* grid\.yml +6\/6\n.* done +8 .* grid\.yml +6\/6\n$/],
  });
  const sweep = (await project.run(["runs"])).lines.at(-1)!.split(" ")[0];
  (await project.run(["show", `${sweep}:6`])).expect({
    out: [
      new RegExp(`^Run: ${sweep}:6  Status: done  Took: `),
      "Point: angle=137.0,depth=3",
      "Parameters: angle=137  depth=3",
      "Metrics: acc=0.3",
      /\nsplit +1 +done /,
      /\nfit +1 +done /,
    ],
    not: ["@"],
  });
  const { steps } = (await project.run(["show", "last:6", "--json"])).json as { steps: Record<string, unknown>[] };
  deepEqual(steps.map(({ step, kept_as, status }) => [step, kept_as, status]), [
    ["split", "split@angle=137.0", "fresh"],
    ["fit", "fit@angle=137.0,depth=3", "fresh"],
  ]);
  (await project.run(["diff", `${sweep}:1`, `${sweep}:6`])).expect({
    out: [/angle +136\.5 +→ +137/, /output\/sweeps\/grid\/\{point\}\/rows\.txt/],
    not: ["@", "only in"],
  });
  equal(
    (await project.run(["log", sweep, "split"])).expect({}).lines.filter((line) => line.startsWith("== ")).length,
    2,
  );
  (await project.run(["log", sweep, "splt"])).expect({ code: 1, err: ["did you mean 'split'?"] });
  const before = (await ran(project)).length;
  (await project.run(["rerun", `${sweep}:4`])).expect({ out: [/Pipeline: 2 step\(s\) to run\n/, "--angle 137.0"] });
  equal((await ran(project)).length - before, 2);
  (await project.run(["rerun", `${sweep}:9`, "--dry-run"])).expect({ code: 1, err: ["has no point '9'"] });
  (await project.run(["grid.yml", "--sweep", "dpeth=1..3"])).expect({
    code: 2,
    err: ["Option --sweep: no step uses '$dpeth'", "did you mean 'depth'?"],
    not: ["grid.yml:"],
  });
});

eachProject("two sweeps in one folder leave each other alone, two of one file do not", {
  ...FILES,
  "tune.yml": YAML,
}, async (given) => {
  const project = await made(given);
  await project.write({ "held/2": "" });
  const both = Promise.all([project.run(["pipeline.yml"]), project.run(["tune.yml"])]);
  await begun(project, 4);
  await project.remove("held");
  for (const outcome of await both) outcome.expect({});
  deepEqual(project.list("output/sweeps"), ["lr=1", "lr=2", "lr=3", "lr=4", "tune"]);
  await project.write({ "held/1": "" });
  const output = project.run(["pipeline.yml", "--force"]);
  await begun(project, 9);
  equal((await project.run(["pipeline.yml"])).code, 3);
  await project.remove("held");
  (await output).expect({});
});
