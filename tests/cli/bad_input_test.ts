import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";
import type { Expected } from "../support/outcome.ts";
import { marked } from "../support/pipelines.ts";

/** Something wrong in a file, and what is said of it. */
interface Bad {
  readonly name: string;
  /** With a `»` before what is wrong. */
  readonly yaml: string;
  readonly err: readonly Expected[];
  readonly args?: readonly string[];
}

const GOOD = "{name: good, task: tasks/record.py, args: {--name: good}}";

const ERRORS: readonly Bad[] = [
  { name: "invalid YAML", yaml: "pipeline:\n  - {name: a\n", err: [/^error: pipeline.yml:\d+:\d+: /] },
  { name: "a tab for indentation", yaml: "pipeline:\n»\t- a\n", err: [/^error: /] },
  { name: "several documents", yaml: "a: 1\n»---\nb: 2\n", err: [/^error: /] },
  { name: "a list at top level", yaml: "»- 1\n", err: [/^error: .*map/] },
  { name: "a text at top level", yaml: "»just words\n", err: [/^error: .*map/] },
  { name: "a pipeline that is no list", yaml: "pipeline: »{a: 1}\n", err: [/^error: .*list/] },
  { name: "data that is no map", yaml: "data: »[1]\n", err: [/^error: .*map/] },
  { name: "parameters that are no map", yaml: "parameters: »3\n", err: [/^error: .*map/] },
  {
    name: "a step that is no map",
    yaml: `pipeline:\n  - ${GOOD}\n  - »just words\n`,
    err: [/^error: .*step 2.*map/i],
  },
  {
    name: "a step without a name",
    yaml: `pipeline:\n  - ${GOOD}\n  - »{task: tasks/record.py}\n`,
    err: [/^error: .*step 2.*name is missing/i],
  },
  {
    name: "a step without a task",
    yaml: "pipeline:\n  - »{name: a}\n",
    err: [/^error: .*task.*missing/],
  },
  {
    name: "two steps of one name",
    yaml: `pipeline:\n  - ${GOOD}\n  - name: »good\n    task: x.py\n`,
    err: [/^error: .*'good'/],
  },
  {
    name: "a name of two lines",
    yaml: 'pipeline:\n  - {name: »"a\\nb", task: x.py}\n',
    err: [/^error: .*Step 'a\\nb': .*"a\\nb" holds a control character; write it in one line/],
  },
  {
    name: "a group without steps",
    yaml: "pipeline:\n  - »group: g\n",
    err: [/^error: .*'g'.*; .*steps/],
  },
  {
    name: "a group in a group",
    yaml: `pipeline:\n  - {group: g, steps: [{group: h, steps: [${GOOD}]}]}\n`,
    err: [/^error: pipeline.yml:2:\d+: .*group/i],
  },
  {
    name: "an unknown reference",
    yaml: "data: {table: t.csv}\npipeline:\n  - {name: a, task: tasks/record.py, inputs: {x: »$tabel}}\n",
    err: [/^error: .*'\$tabel'.*; did you mean '\$table'\?/],
  },
  {
    name: "a reference with a tail",
    yaml: "data: {d: d}\npipeline:\n  - {name: a, task: tasks/record.py, inputs: {x: »$d/y}}\n",
    err: [/^error: .*'\$d\/y'/],
  },
  {
    name: "an unknown reference in an output",
    yaml: "pipeline:\n  - {name: a, task: tasks/record.py, outputs: {--o: »$no}}\n",
    err: [/^error: .*'\$no'/],
  },
  {
    name: "an unknown reference in an arg",
    yaml: "pipeline:\n  - {name: a, task: tasks/record.py, args: {--o: »$no}}\n",
    err: [/^error: .*'\$no'/],
  },
  {
    name: "a loop without over",
    yaml: "pipeline:\n  - {name: a, task: x.py, loop: {into: o}}\n",
    err: [/^error: pipeline.yml:2:\d+: .*over/],
  },
  {
    name: "a loop without into",
    yaml: "pipeline:\n  - {name: a, task: x.py, loop: {over: o}}\n",
    err: [/^error: pipeline.yml:2:\d+: .*into/],
  },
  {
    name: "$loop_item outside a loop",
    yaml: "pipeline:\n  - {name: a, task: tasks/record.py, inputs: {x: »$loop_item}}\n",
    err: [/^error: .*loop/],
  },
  {
    name: "a list as an input",
    yaml: "pipeline:\n  - {name: a, task: tasks/record.py, inputs: {x: »[1, 2]}}\n",
    err: [/^error: .*list/],
  },
  {
    name: "a map as an output",
    yaml: "pipeline:\n  - {name: a, task: tasks/record.py, outputs: {--o: »{a: 1}}}\n",
    err: [/^error: .*map/],
  },
  {
    name: "max_workers below zero",
    yaml: `execution: {max_workers: »-1}\npipeline: [${GOOD}]\n`,
    err: [/^error: .*max_workers.*-1/],
  },
  {
    name: "max_workers in words",
    yaml: `execution: {max_workers: »many}\npipeline: [${GOOD}]\n`,
    err: [/^error: .*max_workers.*many/],
  },
  {
    name: "an empty path used as an input",
    yaml: `data: {d: »""}\npipeline:\n  - {name: a, task: tasks/record.py, inputs: {x: $d}}\n`,
    err: [/^error: .*'d'/],
  },
  {
    name: "an empty path used as an output",
    yaml: `data:\n  d: {type: csv}\npipeline:\n  - {name: a, task: tasks/record.py, outputs: {--o: $d}}\n`,
    err: [/^error: pipeline.yml:2:\d+: .*'d'/],
  },
  {
    name: "an output that is a URL",
    yaml: "data: {u: 'https://example.org/x'}\npipeline:\n  - {name: a, task: tasks/record.py, outputs: {--o: »$u}}\n",
    err: [/^error: .*https:\/\/example.org\/x/],
  },
  {
    name: "an unknown kind",
    yaml: "pipeline:\n  - {name: a, kind: »loop, task: x.py}\n",
    err: [/^error: .*'loop'/],
  },
  {
    name: "an anchor that holds itself",
    yaml: "parameters: {a: &x [*x]}\npipeline: []\n",
    err: [/^error: pipeline.yml:1:\d+: /],
  },
  {
    name: "a hundred thousand brackets",
    yaml: `parameters: {a: ${"[".repeat(100_000)}`,
    err: [/^error: pipeline.yml:1:\d+: /],
  },
];
for (const { name, yaml, err, args = [] } of ERRORS) {
  const { text, place } = marked(yaml);
  eachProject(`${name} is an error with its place, and nothing runs`, { "pipeline.yml": text }, async (project) => {
    (await project.run(["pipeline.yml", ...args]))
      .expect({ code: 1, err, not: ["[RUNNING]", "internal", "    at "] })
      .expect({ code: 1, err: [`error: pipeline.yml:${place}`] });
    deepEqual(await project.has(".loom"), false);
    await project.ran([]);
  });
}

const WARNINGS: readonly Bad[] = [
  {
    name: "duplicate keys",
    yaml: `parameters: {p: 1}\n»parameters: {q: 2}\npipeline: [${GOOD}]\n`,
    err: [/^warning: .*'parameters'/],
  },
  {
    name: "an unknown reference in a step that does not run",
    yaml: `pipeline:\n  - ${GOOD}\n  - {name: b, task: x.py, disabled: true, inputs: {x: »$no}}\n`,
    err: [/^warning: .*'\$no'/],
  },
  {
    name: "an unknown reference in a step that is not chosen",
    yaml: `pipeline:\n  - ${GOOD}\n  - {name: b, task: x.py, inputs: {x: »$no}}\n`,
    args: ["--step", "good"],
    err: [/^warning: .*'\$no'/],
  },
  { name: "an empty group", yaml: `pipeline:\n  - {group: g, steps: }\n  - ${GOOD}\n`, err: [] },
];
for (const { name, yaml, err, args = [] } of WARNINGS) {
  const { text, place } = marked(yaml);
  eachProject(`${name} does not stop a run`, { "pipeline.yml": text }, async (project) => {
    (await project.run(["pipeline.yml", ...args])).expect({ err, out: ["[SUCCESS] good", "1/1"] })
      .expect({ err: place === "" ? [] : [`warning: pipeline.yml:${place}`] });
    await project.ran(["good"]);
  });
}

eachProject("duplicate keys: the last one wins", {
  "pipeline.yml": "parameters: {p: 1, p: 2}\npipeline: [{name: a, task: tasks/record.py, args: {--p: $p}}]\n",
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ err: [/^warning: pipeline.yml:1:20: .*'p'/] });
  deepEqual(await project.received(), [["--p", "2"]]);
});

eachProject("everything that is wrong is told at once, in the order of the file", {
  "pipeline.yml": `data: {d: ""}
pipeline:
  - {name: a, task: tasks/record.py, inputs: {x: $d, y: $one}}
  - {name: b, task: tasks/record.py, args: {--z: $two}}
`,
}, async (project) => {
  const outcome = await project.run(["pipeline.yml"]);
  outcome.expect({ code: 1, err: [":1:11:", ":3:57:", ":4:50:"] });
  deepEqual(outcome.stderr.match(/^error: /gm)?.length, 3);
  deepEqual(outcome.stdout, "");
});

eachProject("several faults of form are told at once too", {
  "pipeline.yml": "pipeline:\n  - words\n  - {name: a}\n  - {task: x.py}\nexecution: {max_workers: -1}\n",
}, async (project) => {
  const outcome = (await project.run(["pipeline.yml"])).expect({ code: 1 });
  deepEqual(outcome.stderr.match(/^error: /gm)?.length, 4, outcome.report());
});

eachProject("places are those of the file from wherever loom is called", {
  "sub/p.yml": "pipeline: 3\n",
}, async (project) => {
  (await project.run(["sub/p.yml"])).expect({ code: 1, err: ["error: sub/p.yml:1:11: "] });
  (await project.run(["p.yml"], { cwd: "sub" })).expect({ code: 1, err: ["error: p.yml:1:11: "] });
});

for (const name of ["absent.yml", "absent.yaml", "deep/absent.yml"]) {
  eachProject(`${name} that is absent is not found`, {}, async (project) => {
    const outcome = await project.run([name]);
    outcome.expect({ code: 1, err: [/^error: Config file not found: .*absent/] });
  });
}

eachProject("a folder of a pipeline's name is an error of its own", { "p.yml/": "" }, async (project) => {
  (await project.run(["p.yml"])).expect({ code: 1, err: ["error:", "p.yml"], not: ["internal"] });
});

eachProject("bytes that are no text never crash", {
  "pipeline.yml": new Uint8Array([
    ...new TextEncoder().encode("# "),
    0xff,
    0xfe,
    0x0a,
    ...new TextEncoder().encode(`pipeline: [${GOOD}]\n`),
  ]),
}, async (project) => {
  const outcome = await project.run(["pipeline.yml"]);
  if (outcome.code === 0) outcome.expect({ out: ["1/1"] });
  else outcome.expect({ code: 1, err: [/^error: pipeline.yml:\d+:\d+: /], not: ["internal"] });
});

eachProject("a number as an input is its text", {
  "pipeline.yml": "pipeline: [{name: a, task: tasks/record.py, inputs: {x: 12.50, y: true}}]\n",
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  deepEqual(await project.received(), [[project.path("12.5"), project.path("True")]]);
});
