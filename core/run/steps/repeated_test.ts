import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { endings, fakeProject, type FakeProjectOptions, ofType } from "../../../tests/support/fake_project.ts";
import type { SubprocessSpec } from "../../ports/subprocess.ts";
import type { RunEvent } from "../../ports/events.ts";

const group = (settings: string, { train = "", show = "" } = {}) => `
data: {model: out/model.txt, log: out/log.txt}
parameters: {lr: 9}
pipeline:
  - group: g
    multi_pass: ${settings}
    steps:
      - {name: train, task: train.py, outputs: {--out: $model}, args: {--lr: $lr}${train}}
      - {name: show, task: show.py, inputs: {m: $model}, outputs: {--out: $log}${show}}
`;
const SCHEDULE = "{schedule: [{lr: 1}, {lr: 2}]}";

function names(started: readonly (readonly string[])[]): string {
  return started.map(([script]) => script.split("/").at(-1)!.replace(".py", "")).join(" ");
}

function parts(events: readonly RunEvent[]): string {
  return events.flatMap((event) => {
    if (event.type === "part_finished") return [`${event.iteration}/${event.inner} ${event.status}`];
    return event.type === "part_skipped" ? [`${event.iteration}/${event.inner} ${event.reason.cause}`] : [];
  }).join(", ");
}

Deno.test("runRepeated() gives each iteration its values and paths, and copies the last to the plain ones", async () => {
  const it = fakeProject(group(SCHEDULE));
  const { events } = await it.run();
  equal(endings(events).g, "done");
  equal(ofType(events, "step_finished")[0].result, "2");
  deepEqual(it.started()[2], ["/w/train.py", "--out", "/w/out/model_iter1.txt", "--lr", "2"]);
  equal(it.read("out/model.txt"), it.read("out/model_iter1.txt"));
  equal(it.read("out/log.txt"), it.read("out/log_iter1.txt"));
});

Deno.test("runRepeated() feeds back what the iteration before made", async () => {
  const it = fakeProject(group('{count: 2, feedback: {"train.--out": "train.--resume"}}'));
  await it.run();
  deepEqual(it.started()[2], [
    "/w/train.py",
    "--out",
    "/w/out/model_iter1.txt",
    "--lr",
    "9",
    "--resume",
    "/w/out/model_iter0.txt",
  ]);
});

Deno.test("runRepeated() leaves the plain outputs alone when an iteration fails, and names it", async () => {
  const it = fakeProject(group(SCHEDULE), {
    files: { "out/model.txt": "from before" },
    script: ({ argv }) => ({ exitCode: argv[1].endsWith("show.py") && argv[2].includes("iter1") ? 3 : 0 }),
  });
  match(endings((await it.run()).events).g, /^failed: iteration 1, step show: exit code 3$/);
  equal(it.read("out/model.txt"), "from before");
});

Deno.test("runRepeated() fails at the iteration whose values cannot be computed", async () => {
  const it = fakeProject(group("{count: 3, expressions: {lr: '1 / (1 - iter)'}}"));
  match(endings((await it.run()).events).g, /^failed: iteration 1: .*division by zero/i);
  equal(names(it.started()), "train show");
});

Deno.test("iterations are fresh one by one, and the group when all are", async () => {
  const it = fakeProject(group(SCHEDULE));
  await it.run();
  deepEqual(endings((await it.run({ cached: true })).events), { g: "skipped: fresh" });
  it.write("pipeline.yml", group("{schedule: [{lr: 1}, {lr: 2}, {lr: 3}]}"));
  deepEqual((await it.status())[0].reasons, ["iterations 2 → 3"]);
  const { events } = await it.run({ cached: true });
  equal(parts(events), "0/train fresh, 0/show fresh, 1/train fresh, 1/show fresh, 2/train done, 2/show done");
  it.write("out/model.txt", "by hand");
  deepEqual((await it.status())[0].reasons, ["output out/model.txt is missing or was changed by hand"]);
});

Deno.test("a path that all iterations share does not make the group stale", async () => {
  const it = fakeProject(group(SCHEDULE).replace("--out: $log", "--out: shared.txt"));
  await it.run();
  equal((await it.status())[0].state, "fresh");
  it.write("shared.txt", "by hand");
  equal((await it.status())[0].state, "stale");
});

const UNTIL = "{count: 4, condition: {script: stop.py, inputs: {log: $log}, args: {tol: 0.5}}}";

/** Scripts as usual; `stop.py` says yes in iteration `last`. */
function stoppingAt(last: number): FakeProjectOptions["script"] & ((spec: SubprocessSpec) => undefined) {
  return ({ argv, onOutput }) => {
    if (argv[1] !== "-c") return undefined;
    onOutput?.("stdout", `\n${argv[4]}${argv[5].includes(`iter${last}`)}\n`);
    return undefined;
  };
}

function stopping(last: number) {
  const answer = stoppingAt(last);
  const it = fakeProject(group(UNTIL), {
    script: (spec) => {
      answer(spec);
      const out = spec.argv[spec.argv.indexOf("--out") + 1];
      if (spec.argv.includes("--out")) it.files.write(out, `${spec.argv.join(" ")}`);
      return undefined;
    },
  });
  return it;
}

Deno.test("runRepeated() ends early when its condition says so", async () => {
  const it = stopping(1);
  const { events } = await it.run();
  deepEqual(ofType(events, "iterations_ended").map(({ iteration }) => iteration), [1]);
  deepEqual([endings(events).g, ofType(events, "step_finished")[0].result], ["done", "2"]);
  equal(it.read("out/model.txt"), it.read("out/model_iter1.txt"));
});

Deno.test("a group with a condition is fresh as a whole; its script is asked again when anything it sees has changed", async () => {
  const it = stopping(1);
  await it.run();
  const asked = () => it.started().filter(([word]) => word === "-c").length;
  equal(asked(), 2);
  deepEqual(endings((await it.run({ cached: true })).events), { g: "skipped: fresh" });
  equal(asked(), 2);
  it.write("stop.py", "# another");
  equal((await it.status())[0].reasons.join(), "condition");
  const { events } = await it.run({ cached: true });
  equal(parts(events), "0/train fresh, 0/show fresh, 1/train fresh, 1/show fresh");
  equal(asked(), 4);
  it.write("pipeline.yml", group(UNTIL.replace("0.5", "0.6")));
  equal((await it.status())[0].reasons.join(), "condition");
});

Deno.test("an inner step whose when does not hold is left out, with what depends on it", async () => {
  const it = fakeProject(group(SCHEDULE, { train: ", when: 'lr > 1'" }));
  const { events, status } = await it.run();
  equal(status, "done");
  equal(parts(events), "0/train when, 0/show skipped, 1/train done, 1/show done");
  equal((await it.status())[0].state, "fresh");
});

Deno.test("an inner step that may fail: what depends on it goes on only if the outputs are there", async () => {
  for (const makes of [true, false]) {
    const it = fakeProject(group("{count: 1}", { train: ", continue_on_error: true" }), {
      script: ({ argv }) => {
        if (makes || argv[1].endsWith("show.py")) it.files.write(argv[argv.indexOf("--out") + 1], "made");
        return { exitCode: argv[1].endsWith("train.py") ? 1 : 0 };
      },
    });
    const { events, status } = await it.run();
    equal(status, "done");
    equal(parts(events), `0/train failed, 0/show ${makes ? "done" : "skipped"}`);
    equal(ofType(events, "part_finished")[0].tolerated, true);
  }
});

Deno.test("an inner step is tried again, and draws on the counters of the pipeline", async () => {
  let left = 1;
  const yaml = `${
    group("{count: 1}", { train: ", retries: 1, resources: {gpu: 1}" })
  }execution: {resources: {gpu: 1}}\n`;
  const it = fakeProject(yaml, { script: () => ({ exitCode: left-- > 0 ? 1 : 0 }) });
  const { events } = await it.run();
  deepEqual(ofType(events, "step_retried").map(({ inner, iteration }) => [inner, iteration]), [["train", 0]]);
  equal(endings(events).g, "done");
});

Deno.test("groups that run together share the workers", async () => {
  const one = group("{count: 2}");
  const second = one.slice(one.indexOf("  - group")).replaceAll("train", "fit").replaceAll("show", "see")
    .replace("group: g", "group: h").replaceAll("$model", "m.txt").replaceAll("$log", "l.txt");
  const it = fakeProject(one + second, {});
  await it.run({ parallel: true, maxWorkers: 1 });
  equal(it.mostAtOnce(), 1);
});

Deno.test("a group without outputs always runs", async () => {
  const it = fakeProject("pipeline:\n  - group: g\n    multi_pass: {count: 1}\n    steps: [{name: a, task: a.py}]\n");
  await it.run({ cached: true });
  await it.run({ cached: true });
  equal(it.started().length, 2);
  equal((await it.status())[0].state, "no outputs");
});
