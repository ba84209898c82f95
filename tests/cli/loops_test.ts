import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachProject, type FileSet } from "../support/cli.ts";

const FILES: FileSet = {
  "in/b.txt": "b\n",
  "in/a.txt": "a\n",
  "in/B.txt": "B\n",
  "in/c.csv": "c\n",
  "in/.hidden": "h\n",
  "in/sub/d.txt": "d\n",
};

const loop = (more: string, step = "") => `
data: {in: in, out: made/here}
pipeline:
  - name: each
    task: tasks/mix.py
    loop: {over: $in, into: $out${more}}
    inputs: {x: $loop_item}
    outputs: {--out: $loop_output}
    args: {--name: $loop_item${step}}
`;

const ITEMS: readonly (readonly [filter: string, items: readonly string[]])[] = [
  ["", ["B.txt", "a.txt", "b.txt", "c.csv"]],
  [", filter: '*.txt'", ["B.txt", "a.txt", "b.txt"]],
  [", filter: '*'", ["B.txt", "a.txt", "b.txt", "c.csv", "sub"]],
  [", filter: '.*'", [".hidden"]],
  [", filter: '**/*.txt'", ["B.txt", "a.txt", "b.txt", "sub/d.txt"]],
  [", filter: 'sub/*'", ["sub/d.txt"]],
  [", filter: '?.csv'", ["c.csv"]],
  [", filter: '[ab].txt'", ["a.txt", "b.txt"]],
];
for (const [filter, items] of ITEMS) {
  eachProject(
    `a loop${filter} takes ${items.join(" ")}`,
    { ...FILES, "pipeline.yml": loop(filter) },
    async (project) => {
      (await project.run(["pipeline.yml"])).expect({
        out: [`[RUNNING] each (loop: ${items.length} items)`, `  [1/${items.length}] `, "[SUCCESS] each"],
      });
      const base = (path: string) => path.slice(path.lastIndexOf("/") + 1);
      deepEqual(
        await project.received(),
        items.map((item) => [
          project.path(`in/${item}`),
          "--out",
          project.path(`made/here/${base(item)}`),
          "--name",
          project.path(`in/${item}`),
        ]),
      );
      deepEqual(project.list("made/here"), items.map(base).sort());
    },
  );
}

eachProject("a loop without items is a success that makes nothing", {
  "in/": "",
  "pipeline.yml": loop(""),
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["[RUNNING] each (loop: 0 items)", "[SUCCESS] each"] });
  deepEqual(await project.has("made"), false);
});

eachProject(
  "a loop over a folder that is missing fails with its path",
  { "pipeline.yml": loop("") },
  async (project) => {
    (await project.run(["pipeline.yml"])).expect({ code: 1, out: ["[FAILED] each", project.path("in")] });
  },
);

eachProject("two items of one base name fail before anything runs", {
  "in/x/same.txt": "1",
  "in/y/same.txt": "2",
  "pipeline.yml": loop(", filter: '**/*.txt'"),
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ code: 1, out: ["[FAILED] each", "x/same.txt", "y/same.txt"] });
  deepEqual(await project.received(), []);
});

const PICKY: FileSet = {
  "in/1.txt": "",
  "in/2.txt": "",
  "in/3.txt": "",
  "picky.py": `import os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "tasks"))
print("saw", os.path.basename(sys.argv[1]))
sys.exit(9 if "2" in os.path.basename(sys.argv[1]) else 0)
`,
  "pipeline.yml": `
data: {in: in, out: made}
pipeline:
  - {name: each, task: picky.py, loop: {over: $in, into: $out}, inputs: {x: $loop_item}}
  - {name: after, task: tasks/record.py, inputs: {x: $out}}
`,
};

eachProject("a loop stops at the first item that fails; in parallel all are tried", PICKY, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    code: 1,
    out: ["saw 1.txt", "saw 2.txt", "[FAILED] each", "2.txt", "[SKIPPED] after"],
    not: ["saw 3.txt"],
  });
  (await project.run(["pipeline.yml", "--parallel"])).expect({ code: 1, out: ["(loop: 3 items, parallel)"] })
    .expect({ code: 1, out: ["[each/1.txt] saw 1.txt"] }).expect({ code: 1, out: ["[each/3.txt] saw 3.txt"] });
});

eachProject("loop.parallel and execution.parallel decide apart, and extra words reach every item", {
  "in/1.txt": "",
  "in/2.txt": "",
  "alone.py": `import os, sys, time
lock = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lock")
os.mkdir(lock); time.sleep(0.03); os.rmdir(lock); print("words", sys.argv[1:])
`,
  "pipeline.yml": `
execution: {parallel: true, max_workers: 4}
data: {in: in, out: made}
pipeline: [{name: each, task: alone.py, loop: {over: $in, into: $out, parallel: false}}]
`,
}, async (project) => {
  (await project.run(["pipeline.yml", "--step", "each", "--extra=--more 1"])).expect({
    out: ["[RUNNING] each (loop: 2 items)", "words ['--more', '1']", "words ['--more', '1']"],
  });
});

eachProject("items of loops and steps share one limit of workers", {
  "in/1.txt": "",
  "in/2.txt": "",
  "in/3.txt": "",
  "alone.py": `import os, time
lock = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lock")
os.mkdir(lock); time.sleep(0.03); os.rmdir(lock)
`,
  "pipeline.yml": `
execution: {parallel: true, max_workers: 1}
data: {in: in, out: made, two: two}
pipeline:
  - {name: each, task: alone.py, loop: {over: $in, into: $out}}
  - {name: again, task: alone.py, loop: {over: $in, into: $two}}
  - {name: other, task: alone.py}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["3/3"] });
});

eachProject("a dry run prints a command for each item, and none for a folder that is not there yet", {
  ...FILES,
  "pipeline.yml": loop(", filter: '*.txt'") + `
  - {name: later, task: tasks/record.py, loop: {over: $out, into: other}, inputs: {x: $loop_item}}
`,
}, async (project) => {
  const outcome = (await project.run(["pipeline.yml", "--dry-run"])).expect({
    out: ["[DRY RUN] each (loop: 3 items)", "B.txt", "a.txt", "b.txt", "[DRY RUN] later (loop: 0 items)"],
  });
  deepEqual(outcome.stdout.match(/mix\.py/g)?.length, 3);
  deepEqual(await project.has("made"), false);
});

/** Ends well only when as many as it was told are there at the same time. */
const MEET = `import os, sys, time
here = os.path.dirname(os.path.abspath(__file__))
name, count = sys.argv[1].split("/")[-1], int(sys.argv[2].split("/")[-1])
open(os.path.join(here, name + ".here"), "w").close()
end = time.time() + 20
while sum(name.endswith(".here") for name in os.listdir(here)) < count:
    if time.time() > end:
        sys.exit("nobody came")
    time.sleep(0.005)
`;

eachProject("loop.parallel runs items together where steps run one by one", {
  "in/1.txt": "",
  "in/2.txt": "",
  "meet.py": MEET,
  "pipeline.yml": `
execution: {max_workers: 2}
pipeline:
  - {name: each, task: meet.py, loop: {over: in, into: made/here, parallel: true}, inputs: {x: $loop_item, n: 2}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["1 step(s) to run\n", "(loop: 2 items, parallel)", "1/1"] });
  deepEqual(project.list("made"), ["here"]);
});

eachProject("items run together with each other and with steps in a parallel pipeline", {
  "in/1.txt": "",
  "in/2.txt": "",
  "meet.py": MEET,
  "pipeline.yml": `
execution: {parallel: true, max_workers: 3}
pipeline:
  - {name: each, task: meet.py, loop: {over: in, into: made}, inputs: {x: $loop_item, n: 3}}
  - {name: other, task: meet.py, inputs: {x: other, n: 3}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["2/2"] });
});

eachProject("variables are put into the folders of a loop", {
  "in/1.txt": "",
  "pipeline.yml": `
pipeline:
  - {name: each, task: tasks/record.py, loop: {over: "\${FROM}", into: "\${FROM}_made"}, args: {--to: $loop_output}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"], { env: { FROM: "in" } })).expect({ out: ["(loop: 1 items)"] });
  deepEqual(await project.received(), [["--to", project.path("in_made/1.txt")]]);
  (await project.run(["pipeline.yml"])).expect({ code: 1, err: [/^error: pipeline.yml:3:\d+: .*FROM/] });
});
