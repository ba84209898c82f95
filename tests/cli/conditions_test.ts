import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";

const FILES = {
  "full/a.png": "x",
  "full/b.png": "x",
  "full/c.txt": "x",
  "full/.hidden.png": "x",
  "empty/": "",
  "file.txt": "text",
  "empty.txt": "",
};

/** Predicates and what they answer. */
const ANSWERS: readonly (readonly [condition: string, answer: boolean])[] = [
  ["predicate: exists, inputs: {data: $file}", true],
  ["predicate: exists, inputs: {data: $absent}", false],
  ["predicate: exists, negate: true, inputs: {data: $absent}", true],
  ["predicate: is_file, inputs: {data: $file}", true],
  ["predicate: is_file, inputs: {data: $full}", false],
  ["predicate: is_dir, inputs: {data: $full}", true],
  ["predicate: is_dir, inputs: {data: $file}", false],
  ["predicate: non_empty, inputs: {data: $file}", true],
  ["predicate: non_empty, inputs: {data: $emptyfile}", false],
  ["predicate: non_empty, inputs: {data: $full}", true],
  ["predicate: non_empty, inputs: {data: $empty}", false],
  ["predicate: non_empty, inputs: {data: $absent}", false],
  ["predicate: count, inputs: {data: $full}, args: {n: 3}", true],
  ["predicate: count, inputs: {data: $full}, args: {n: 4}", false],
  ["predicate: count, inputs: {data: $full}, args: {pattern: '*.png', op: '==', n: 2}", true],
  ["predicate: count, inputs: {data: $full}, args: {pattern: '*.png', op: '=', n: 2}", true],
  ["predicate: count, inputs: {data: $full}, args: {pattern: '*.png', op: '!=', n: 2}", false],
  ["predicate: count, inputs: {data: $full}, args: {pattern: '*.png', op: '>', n: 2}", false],
  ["predicate: count, inputs: {data: $full}, args: {pattern: '*.png', op: '<', n: 3}", true],
  ["predicate: count, inputs: {data: $full}, args: {pattern: '*.png', op: '<=', n: 1}", false],
  ["predicate: count, inputs: {data: $full}, args: {n: $three}", true],
  ["predicate: count, inputs: {data: $file}", true],
  ["predicate: count, inputs: {data: $file}, args: {n: 2}", false],
  ["predicate: count, inputs: {data: $absent}, args: {op: '==', n: 0}", false],
  ["predicate: count, inputs: {data: $empty}", false],
  ["predicate: exists, inputs: {data: file.txt}", true],
  ["predicate: exists, inputs: {data: '${PLACE}.txt'}", true],
  ...["true", "1", "'yes'", "2.5", "'anything'"].map((value) => [`PARAM ${value}`, true] as const),
  ...["false", "0", "''", "'0'", "'False'", "'No'", "'OFF'", "'none'", "'Null'"].map((value) =>
    [`PARAM ${value}`, false] as const
  ),
  ["script: ask.py, inputs: {data: $file, p: $three}, args: {k: 2}", true],
  ["script: ask.py, inputs: {data: $file, p: $three}, args: {k: 3}", false],
  ["script: ask.py, negate: true, inputs: {data: $file, p: $three}, args: {k: 3}", true],
];

eachProject("conditions answer from files, parameters and scripts", {
  ...FILES,
  "ask.py": `"""Asks.
---
kind: condition
---
"""
import os
def evaluate(data, p, k):
    assert os.path.isabs(data) and type(p) is int, (data, p)
    return p > k
`,
  "pipeline.yml": `
data: {full: full, empty: empty, file: file.txt, emptyfile: empty.txt, absent: absent}
parameters: {three: 3${
    ANSWERS.map(([what], i) => what.startsWith("PARAM ") ? `, p${i}: ${what.slice(6)}` : "").join("")
  }}
pipeline:
${
    ANSWERS.map(([what], i) =>
      `  - {name: c${i}, kind: condition, ${
        what.startsWith("PARAM ") ? `predicate: param, inputs: {data: $p${i}}` : what
      }}`
    ).join("\n")
  }
`,
}, async (project) => {
  const outcome = await project.run(["pipeline.yml"], { env: { PLACE: "file" } });
  const answers = outcome.markers.filter((line) => line.startsWith("[SUCCESS]"));
  deepEqual(answers, ANSWERS.map(([, answer], i) => `[SUCCESS] c${i} -> ${answer}`), outcome.report());
  outcome.expect({ out: ["[RUNNING] c0 (condition: exists)\n[SUCCESS] c0 -> true"] });
});

const ROUTE = (condition: string, more = "") => `
data: {full: full, d: file.txt, t: then.txt, e: else.txt}
parameters: {p: "false"}
pipeline:
  - {name: enough, kind: condition, predicate: count, inputs: {data: $full}, args: {n: ${condition}}}
  - {name: route, kind: switch, condition: $enough, data: $d}
  - {name: left, task: tasks/record.py, inputs: {x: $route.then}, outputs: {--o: $t}, args: {--name: left}}
  - {name: after-left, task: tasks/record.py, inputs: {x: $t}, args: {--name: after-left}}
  - {name: right, task: tasks/record.py, args: {--x: $route.else, --name: right}}
${more}`;

eachProject("a switch sends its data one way and skips the other, which is no failure", {
  ...FILES,
  "pipeline.yml": ROUTE("1"),
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    out: [
      ...["[RUNNING] enough (condition: count)\n[SUCCESS] enough -> true", "[RUNNING] route (switch)"],
      ...["[SUCCESS] route -> then", "[SUCCESS] left", "[SUCCESS] after-left", "[SKIPPED] right (condition not met)"],
      "Completed: 4/5 steps succeeded (1 skipped)",
    ],
  });
  deepEqual((await project.received())[0][0], project.path("file.txt"));
});

eachProject("what depends on a skipped step says so", { ...FILES, "pipeline.yml": ROUTE("99") }, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    out: [
      ...["[SUCCESS] enough -> false", "[SUCCESS] route -> else", "[SKIPPED] left (condition not met)"],
      ...["[SKIPPED] after-left (skipped: left)", "[SUCCESS] right", "Completed: 3/5 steps succeeded (2 skipped)"],
    ],
  });
  deepEqual(await project.received(), [["--x", project.path("file.txt"), "--name", "right"]]);
  (await project.run(["pipeline.yml", "--parallel"])).expect({ out: ["(2 skipped)"] });
});

eachProject(
  "a dry run evaluates conditions and switches",
  { ...FILES, "pipeline.yml": ROUTE("1") },
  async (project) => {
    (await project.run(["pipeline.yml", "--dry-run"])).expect({
      out: [
        "[DRY RUN] enough (condition: count)",
        "enough -> true",
        "[DRY RUN] route (switch)",
        "route -> then",
        "[DRY RUN] left:",
      ],
    });
    await project.ran([]);
  },
);

eachProject("a condition's script gets files as absolute paths and all else as what it is", {
  ...FILES,
  "ask.py": "import sys\ndef evaluate(**values):\n    print('GOT', values, file=sys.stderr)\n    return []\n",
  "pipeline.yml": `
data: {d: file.txt}
parameters: {n: 2, list: [1, a], nothing: null, half: 0.50}
pipeline:
  - name: ask
    kind: condition
    script: ask.py
    inputs: {d: $d, literal: sub/x.txt, n: $n, list: $list, nothing: $nothing}
    args: {half: $half, flag: true, map: {k: 1.0}, text: "2"}
`,
}, async (project) => {
  const [d, literal] = [project.path("file.txt"), project.path("sub/x.txt")];
  const values = `'n': 2, 'list': [1, 'a'], 'nothing': None, 'half': 0.5, 'flag': True, 'map': {'k': 1.0}, 'text': '2'`;
  (await project.run(["pipeline.yml"])).expect({
    out: ["[RUNNING] ask (condition: ask.py)\n", "[SUCCESS] ask -> false"],
    err: [`GOT {'d': '${d}', 'literal': '${literal}', ${values}}`],
  });
});

eachProject("hidden names make a folder non-empty, but * does not count them", {
  "pipeline.yml": `
pipeline:
  - {name: any, kind: condition, predicate: non_empty, inputs: {data: hidden}}
  - {name: plain, kind: condition, predicate: count, inputs: {data: hidden}}
  - {name: dots, kind: condition, predicate: count, inputs: {data: hidden}, args: {pattern: ".*"}}
`,
  "hidden/.x": "",
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["any -> true", "plain -> false", "dots -> true"] });
});

eachProject("a loop over the branch that was not taken is skipped, and conditions and switches after it", {
  ...FILES,
  "pipeline.yml": `
data: {full: full, d: file.txt, made: made, gone: gone}
pipeline:
  - {name: found, kind: condition, predicate: exists, inputs: {data: $gone}}
  - {name: route, kind: switch, condition: found, data: $full}
  - {name: each, task: tasks/record.py, loop: {over: $route.then, into: $made}}
  - {name: asked, kind: condition, predicate: exists, inputs: {data: $made}}
  - {name: second, kind: switch, condition: $asked, data: $d}
  - {name: end, task: tasks/record.py, inputs: {x: $second.else}}
`,
}, async (project) => {
  for (const mode of ["--sequential", "--parallel", "--dry-run"]) {
    (await project.run(["pipeline.yml", mode])).expect({
      out: [
        ...["found -> false", "route -> else", "[SKIPPED] each (condition not met)", "[SKIPPED] asked (skipped: each)"],
        ...["[SKIPPED] second (skipped: asked)", "[SKIPPED] end (skipped: second)", "2/6 steps succeeded (4 skipped)"],
      ],
    });
  }
  await project.ran([]);
});

const SWITCHES: readonly (readonly [value: string, branch: string])[] = [
  ["true", "then"],
  ["'false'", "else"],
  ["0", "else"],
  ["''", "else"],
  ["'x'", "then"],
];
eachProject("a switch on a parameter follows the rule of param", {
  "pipeline.yml": `
data: {d: d.txt}
parameters: {${SWITCHES.map(([value], i) => `p${i}: ${value}`).join(", ")}}
pipeline:
${SWITCHES.map((_, i) => `  - {name: s${i}, kind: switch, condition: $p${i}, data: $d}`).join("\n")}
`,
}, async (project) => {
  const outcome = (await project.run(["pipeline.yml"])).expect({});
  deepEqual(
    outcome.markers.filter((line) => line.startsWith("[SUCCESS]")),
    SWITCHES.map(([, branch], i) => `[SUCCESS] s${i} -> ${branch}`),
  );
});

eachProject("a switch whose data is an untaken branch is skipped, with all on either side of it", {
  ...FILES,
  "pipeline.yml": ROUTE(
    "1",
    `  - {name: second, kind: switch, condition: $p, data: $route.else}
  - {name: far-left, task: tasks/record.py, inputs: {x: $second.then}}
  - {name: far-right, task: tasks/record.py, inputs: {x: $second.else}}
`,
  ),
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    out: [
      "[SKIPPED] second",
      "[SKIPPED] far-left",
      "[SKIPPED] far-right",
      "Completed: 4/8 steps succeeded (4 skipped)",
    ],
  });
});

eachProject("a URL that goes through a switch stays the URL in args", {
  "pipeline.yml": `
data: {u: "http://127.0.0.1:9/x.csv"}
parameters: {p: true}
pipeline:
  - {name: route, kind: switch, condition: $p, data: $u}
  - {name: a, task: tasks/record.py, args: {--u: $route.then}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  deepEqual(await project.received(), [["--u", "http://127.0.0.1:9/x.csv"]]);
});

const WRONG: readonly (readonly [name: string, step: string, message: RegExp])[] = [
  ["predicate and script", "kind: condition, predicate: exists, script: a.py, inputs: {data: $d}", /predicate/],
  ["neither predicate nor script", "kind: condition, inputs: {data: $d}", /predicate or a script/],
  ["an unknown predicate", "kind: condition, predicate: exits, inputs: {data: $d}", /'exits'.*did you mean 'exists'/],
  ["an unconnected input", "kind: condition, predicate: exists", /data/],
  ["an empty input", "kind: condition, predicate: exists, inputs: {data: ''}", /data/],
  ["an unknown operator", "kind: condition, predicate: count, inputs: {data: $d}, args: {op: '~'}", /~/],
  ["an unknown condition", "kind: switch, condition: $nope, data: $d", /\$nope/],
  ["a third branch", "task: tasks/record.py, inputs: {x: $route.other}", /\$route\.other/],
];
for (const [name, step, message] of WRONG) {
  eachProject(`${name} is refused before anything runs`, {
    "pipeline.yml": `
data: {d: d.txt}
parameters: {p: 1}
pipeline:
  - {name: first, task: tasks/record.py, args: {--name: first}}
  - {name: route, kind: switch, condition: $p, data: $d}
  - {name: bad, ${step}}
`,
  }, async (project) => {
    (await project.run(["pipeline.yml"])).expect({ code: 1, err: [/error: pipeline.yml:7:\d+: /] })
      .expect({ code: 1, err: [message] });
    await project.ran([]);
  });
}

eachProject("a condition's script that fails is a failure with its words", {
  "ask.py": "def evaluate(**k):\n    print('noise')\n    raise ValueError('no idea')\n",
  "pipeline.yml": `
data: {d: d.txt}
pipeline:
  - {name: c, kind: condition, script: ask.py}
  - {name: route, kind: switch, condition: $c, data: $d}
  - {name: a, task: tasks/record.py, inputs: {x: $route.then}}
`,
}, async (project) => {
  const outcome = (await project.run(["pipeline.yml"])).expect({
    code: 1,
    out: ["[FAILED] c", "[SKIPPED] route", "[SKIPPED] a"],
  });
  deepEqual((outcome.stdout + outcome.stderr).includes("no idea"), true, outcome.report());
});
