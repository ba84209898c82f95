import { deepStrictEqual as deepEqual, match, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { endings, fakeProject, ofType } from "../../../tests/support/fake_project.ts";
import { parseSweepWords } from "../../sweep/mod.ts";

const YAML = `
data: {prep: output/prep.txt, model: output/m.txt, score: output/score.json}
matrix: {lr: [1, 2], seed: 1..2}
pipeline:
  - {name: prepare, task: p.py, outputs: {--o: $prep}}
  - {name: train, task: t.py, inputs: {i: $prep}, outputs: {--o: $model}, args: {--lr: $lr, --seed: $seed}}
  - {name: score, task: s.py, inputs: {i: $model}, outputs: {--out: $score}, metrics: [$score]}
`;

/** The project of a sweep whose scripts write what they are told; scores are made of the values. */
function project(yaml = YAML, fails: (words: readonly string[]) => boolean = () => false) {
  const it = fakeProject(yaml, {
    script: ({ argv }) => {
      const [, script, ...words] = argv;
      if (fails(words)) return { exitCode: 3 };
      words.forEach((word, at) => {
        if (words[at - 1] === "--out") it.files.write(word, JSON.stringify({ acc: at, from: script }));
        if (words[at - 1] === "--o") it.files.write(word, words.join("|"));
      });
    },
  });
  const points = (run: string) => it.store().journal.points(run);
  const steps = () => it.started().map(([script]) => script.replace("/w/", "")).join(" ");
  return { ...it, points, steps };
}

const sweep = (...words: string[]) => ({ matrix: parseSweepWords({ sweep: words, zip: false }) });

Deno.test("a sweep runs what is shared once and the rest once for each point, point after point", async () => {
  const it = project();
  const { run, status, events } = await it.run();
  equal(status, "done");
  equal(it.steps(), "p.py t.py s.py t.py s.py t.py s.py t.py s.py");
  deepEqual(
    it.points(run).map(({ point, number, status, values, metrics }) => ({ point, number, status, values, metrics })),
    [
      ...[[1, 1], [1, 2], [2, 1], [2, 2]].map(([lr, seed], at) => ({
        ...{ point: `lr=${lr},seed=${seed}`, number: at + 1, status: "done", values: { lr, seed } },
        metrics: { acc: 2, from: "/w/s.py" },
      })),
    ],
  );
  deepEqual(ofType(events, "point_finished").map(({ number, total }) => `${number}/${total}`), [
    "1/4",
    "2/4",
    "3/4",
    "4/4",
  ]);
  equal(ofType(events, "run_started")[0].points, 4);
  const record = it.store().journal.getRun(run);
  deepEqual([record?.details?.points, record?.details?.parameters], [4, { lr: 1, seed: 1 }]);
});

Deno.test("a sweep writes all of its points down before anything starts", async () => {
  const seen: string[] = [];
  const it = project(YAML, () => {
    const [run] = it.store().journal.listRuns({});
    if (seen.length === 0) seen.push(...it.points(run.id).map((point) => point.status));
    return false;
  });
  await it.run();
  deepEqual(seen, ["pending", "pending", "pending", "pending"]);
});

Deno.test("a sweep does not repeat what is finished, and does what is new", async () => {
  const it = project();
  await it.run();
  const before = it.started().length;
  const again = await it.run();
  equal(it.started().length, before);
  deepEqual(it.points(again.run).map(({ status, metrics, durationMs }) => [status, metrics.acc, durationMs]), [
    ...Array(4).fill(["done", 2, 0]),
  ]);
  // The third time a receipt tells, and tells the same.
  const third = await it.run();
  deepEqual(it.points(third.run), it.points(again.run).map((point) => ({ ...point, run: third.run })));
  deepEqual(ofType(third.events, "point_finished").length, 4);

  it.write("pipeline.yml", YAML.replace("1..2", "1..3"));
  await it.run();
  equal(it.started().length - before, 4);
  it.write("s.py", "# changed");
  await it.run();
  equal(it.started().length - before, 4 + 6);
  await it.run({ force: true });
  equal(it.started().length - before, 4 + 6 + 13);
});

Deno.test("a point that fails does not stop the others, unless that is asked for", async () => {
  const it = project(YAML, (words) => words.includes("--lr") && words.at(-1) === "2" && words.includes("1"));
  const { run, status } = await it.run();
  equal(status, "failed");
  deepEqual(it.points(run).map(({ status, reason, metrics }) => [status, reason, Object.keys(metrics).length]), [
    ["done", undefined, 2],
    ["failed", "train: exit code 3", 0],
    ["done", undefined, 2],
    ["done", undefined, 2],
  ]);
  const fast = await it.run({ failFast: true, force: true });
  deepEqual(it.points(fast.run).map((point) => point.status), ["done", "failed", "cancelled", "cancelled"]);
});

Deno.test("a failure of what all points share fails them all", async () => {
  const it = project(YAML, (words) => words.length === 2);
  const { run } = await it.run();
  deepEqual(it.points(run).map(({ status, reason }) => `${status}: ${reason}`), [
    ...Array(4).fill("failed: train: dependencies failed: prepare"),
  ]);
});

Deno.test("--step, --from and a typed sweep choose among the steps of points", async () => {
  const it = project();
  deepEqual(Object.keys(endings((await it.run({ selection: { mode: "steps", names: ["train"] } })).events)).length, 4);
  const one = await it.run({ selection: { mode: "steps", names: ["train@lr=1,seed=2"] } });
  deepEqual(it.points(one.run).map(({ point, number }) => [point, number]), [["lr=1,seed=2", 2]]);
  equal(Object.keys(endings((await it.run({ selection: { mode: "from", name: "score" } })).events)).length, 4);
  deepEqual(Object.keys(endings((await it.run(sweep("lr=7"))).events)), ["prepare", "train@lr=7", "score@lr=7"]);
  const shared = await it.run({ selection: { mode: "steps", names: ["prepare"] } });
  deepEqual(it.points(shared.run), []);
  await rejects(it.run({ selection: { mode: "steps", names: ["trian"] } }), { hint: "did you mean 'train'?" });
});

Deno.test("a file without metrics gets a warning once, and its cells stay empty", async () => {
  const it = project(YAML.replace("metrics: [$score]", "metrics: [none.json]"));
  const { events, run } = await it.run();
  deepEqual(it.points(run).map(({ metrics }) => metrics), [{}, {}, {}, {}]);
  const notices = ofType(events, "notice").filter(({ code }) => code === "metrics-missing");
  deepEqual(notices.map(({ message }) => message), [
    'Step "score" has metrics in none.json, which is not there',
    'Step "score" could not be read for its metrics at 3 more point(s): none.json',
  ]);
});

Deno.test("a run that is no sweep keeps its metrics too, also when it is passed over", async () => {
  const it = project(
    YAML.replace(/matrix: .*/, "parameters: {lr: 1, seed: 1}\nmetrics: [$score, other.json]"),
    () => false,
  );
  it.write("other.json", '{"acc": 7, "f1": 1}');
  const first = await it.run();
  const metrics = { acc: 2, from: "/w/s.py", "other.acc": 7, f1: 1 };
  deepEqual(it.store().journal.getRun(first.run)?.metrics, metrics);
  for (let i = 0; i < 3; i++) {
    const { run } = await it.run({ cached: true });
    deepEqual(it.store().journal.getRun(run)?.metrics, metrics);
  }
  equal(it.steps(), "p.py t.py s.py");
});

const STOPPING = `
data: {log: out/log.csv, end: out/end.txt}
matrix:
  lr: 1..4
  stop: {metric: acc, mode: max, rule: worse_than, threshold: 2.5}
pipeline:
  - {name: train, task: t.py, outputs: {--log: $log}, args: {--lr: $lr}, metrics: [$log]}
  - {name: test, task: e.py, inputs: {i: $log}, outputs: {--o: $end}}
`;

Deno.test("a point that is worse is ended while it runs, and what would come after it is left out", async () => {
  const it = fakeProject(STOPPING, {
    script: ({ argv }) => {
      const [log, lr] = [argv[argv.indexOf("--log") + 1], Number(argv.at(-1))];
      if (!argv.includes("--log")) return void it.files.write(argv.at(-1)!, "end");
      it.files.write(log, `epoch,acc\n1,${lr}\n`);
      if (lr < 2.5) return new Promise(() => {});
    },
  });
  const done = it.run();
  let over = false;
  done.then(() => over = true);
  while (!over) {
    await new Promise((resolve) => setTimeout(resolve));
    await it.clock.advance(250);
  }
  const { events, status, run } = await done;
  equal(status, "done");
  deepEqual(endings(events), {
    "train@lr=1": "cancelled",
    "test@lr=1": "skipped: stopped",
    "train@lr=2": "cancelled",
    "test@lr=2": "skipped: stopped",
    "train@lr=3": "done",
    "test@lr=3": "done",
    "train@lr=4": "done",
    "test@lr=4": "done",
  });
  const points = it.store().journal.points(run);
  deepEqual(points.map(({ status, metrics }) => [status, metrics.acc]), [["stopped", 1], ["stopped", 2], ["done", 3], [
    "done",
    4,
  ]]);
  match(points[0].reason ?? "", /acc 1 is worse than 2.5/);
  equal(ofType(events, "step_finished")[0].signal, "SIGTERM");
});

Deno.test("a sweep that is called off leaves its points as cancelled, and goes on where it was", async () => {
  const stop = new AbortController();
  let count = 0;
  const it = project(YAML, () => (++count === 4 && stop.abort(), false));
  const first = await it.run({}, { signal: stop.signal });
  equal(first.status, "cancelled");
  equal(it.points(first.run)[0].status, "done");
  ok(it.points(first.run).slice(2).every(({ status }) => status === "cancelled"));
  const before = it.started().length;
  const resumed = await it.run({ resume: true });
  deepEqual(it.points(resumed.run).map(({ status }) => status), ["done", "done", "done", "done"]);
  ok(!it.started().slice(before).some((words) => words.includes("/w/output/sweeps/lr=1,seed=1/m.txt")));
});

Deno.test("pipelineStatus() has a row for each step of the file, with the count of its points", async () => {
  const it = project();
  await it.run();
  it.write("pipeline.yml", YAML.replace("1..2", "1..3"));
  deepEqual((await it.status()).map(({ name, state, reasons, points }) => [name, state, reasons, points]), [
    ["prepare", "fresh", [], undefined],
    ["train", "stale", ["never run (2 points)"], { fresh: 4, total: 6 }],
    ["score", "stale", ["never run (2 points)"], { fresh: 4, total: 6 }],
  ]);
});

const SHARING = `
data: {parts: output/parts.txt, model: output/m.txt, score: output/score.json}
matrix: {seed: 1..2, lr: [1.0, 2.0]}
pipeline:
  - {name: split, task: p.py, outputs: {--o: $parts}, args: {--seed: $seed}}
  - {name: train, task: t.py, inputs: {i: $parts}, outputs: {--o: $model}, args: {--lr: $lr}}
  - {name: score, task: s.py, inputs: {i: $model}, outputs: {--out: $score}, metrics: [$score]}
`;

Deno.test("a step that only some of the values reach is run once for all points that have these", async () => {
  const it = project(SHARING);
  const { run, events } = await it.run();
  equal(it.steps(), "p.py t.py s.py t.py s.py p.py t.py s.py t.py s.py");
  deepEqual(
    it.points(run).map(({ point, status, shared, exact, metrics }) => [point, status, shared, exact, metrics.acc]),
    [
      ["lr=1.0,seed=1", "done", ["split@seed=1"], { lr: "1.0" }, 2],
      ["lr=2.0,seed=1", "done", ["split@seed=1"], { lr: "2.0" }, 2],
      ["lr=1.0,seed=2", "done", ["split@seed=2"], { lr: "1.0" }, 2],
      ["lr=2.0,seed=2", "done", ["split@seed=2"], { lr: "2.0" }, 2],
    ],
  );
  deepEqual(ofType(events, "point_started").map(({ number }) => number), [1, 2, 3, 4]);
  equal(endings(events)["split@seed=2"], "done");
  // More of the one value leaves alone what hangs on the other.
  const before = it.started().length;
  it.write("pipeline.yml", SHARING.replace("2.0]", "2.0, 3.0]"));
  const more = await it.run();
  equal(it.started().length - before, 4);
  deepEqual(ofType(more.events, "point_finished").map(({ number, fresh }) => [number, fresh]), [
    ...[[1, true], [2, true], [3, undefined], [4, true], [5, true], [6, undefined]],
  ]);
  deepEqual((await it.status()).map(({ name, points }) => [name, points]), [
    ["split", { fresh: 6, total: 6 }],
    ["train", { fresh: 6, total: 6 }],
    ["score", { fresh: 6, total: 6 }],
  ]);
  // By the name of a point, although its other value does not reach the step.
  const one = await it.run({ selection: { mode: "steps", names: ["split@lr=1.0,seed=2"] }, force: true });
  deepEqual(endings(one.events), { "split@seed=2": "done" });
  equal(it.points(one.run).length, 3);
});

Deno.test("a step that several points have fails all of these, and no other", async () => {
  const it = project(SHARING, (words) => words.includes("--seed") && words.at(-1) === "1");
  const { run } = await it.run();
  deepEqual(it.points(run).map(({ status, reason }) => `${status} ${reason ?? ""}`), [
    "failed split: exit code 3",
    "failed split: exit code 3",
    "done ",
    "done ",
  ]);
  const states = await it.status();
  deepEqual(states[0].reasons, ["the last attempt did not finish (seed=1)"]);
  deepEqual(states[1].reasons, ["never run (2 points)"]);
});

Deno.test("a step that several points have goes on until all of these are ended early", async () => {
  const it = fakeProject(
    `
data: {log: out/log.csv, one: out/one.csv, end: out/end.txt}
matrix:
  lr: 1..2
  k: 1..2
  stop: {metric: acc, mode: max, rule: worse_than, threshold: 5}
execution: {parallel: true, max_workers: 4}
pipeline:
  - {name: long, task: l.py, outputs: {--log: $one}, args: {--lr: $lr}}
  - {name: judged, task: j.py, outputs: {--log: $log}, args: {--lr: $lr, --k: $k}, metrics: [$log]}
  - {name: end, task: e.py, inputs: {i: $log, j: $one}, outputs: {--o: $end}}
`,
    {
      script: ({ argv }) => {
        const valueOf = (flag: string) => argv[argv.indexOf(flag) + 1];
        const [lr, k] = [Number(valueOf("--lr")), Number(valueOf("--k"))];
        if (argv[1].endsWith("e.py")) return void it.files.write(valueOf("--o"), "end");
        if (argv[1].endsWith("l.py")) return new Promise(() => {});
        it.files.write(valueOf("--log"), `acc\n${lr === 1 && k === 2 ? 9 : 1}\n`);
      },
    },
  );
  const stop = new AbortController();
  const done = it.run({}, { signal: stop.signal });
  let over = false;
  done.then(() => over = true);
  for (let turn = 0; turn < 40; turn++) {
    await new Promise((resolve) => setTimeout(resolve));
    await it.clock.advance(250);
  }
  // That of lr=1 is wanted by the point that is good enough.
  equal(over, false);
  stop.abort();
  const { events, run } = await done;
  const { "long@lr=1": first, "long@lr=2": second, ...others } = endings(events);
  deepEqual([first, second], ["cancelled", "cancelled"]);
  deepEqual([others["end@k=1,lr=1"], others["end@k=2,lr=1"]], ["skipped: stopped", "skipped: cancelled"]);
  const ended = ofType(events, "step_finished").filter(({ step }) => step.startsWith("long"));
  deepEqual(ended.map(({ step, error }) => [step, error?.startsWith("acc 1 is worse than 5")]), [
    ["long@lr=2", true],
    ["long@lr=1", undefined],
  ]);
  deepEqual(it.store().journal.points(run).map(({ status }) => status), ["stopped", "cancelled", "stopped", "stopped"]);
});

Deno.test("points of a run that was cut off are told from those that were done", async () => {
  const it = project();
  const { journal } = it.store();
  const run = {
    id: "lost",
    kind: "pipeline",
    name: "pipeline.yml",
    status: "running",
    createdAt: 5,
    request: {},
  } as const;
  journal.createRun(run);
  const point = { run: "lost", values: {}, metrics: {} };
  journal.putPoint({ ...point, point: "lr=1", number: 1, status: "done" });
  journal.putPoint({ ...point, point: "lr=2", number: 2, status: "running" });
  journal.putPoint({ ...point, point: "lr=3", number: 3, status: "pending" });
  await it.run();
  deepEqual(it.points("lost").map(({ status, reason }) => `${status} ${reason ?? ""}`), [
    "done ",
    "cancelled the run was cut off",
    "cancelled the run was cut off",
  ]);
  equal(journal.getRun("lost")?.status, "interrupted");
});
