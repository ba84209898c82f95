import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachProject, realPython } from "../support/cli.ts";

eachProject("a command is inputs, outputs, args and extra words, in the order of the file", {
  "pipeline.yml": `
data: {clips: media/clips.csv, out: build/report.json, log: /var/log/x.log}
parameters: {rate: 2.0, quiet: yes, tag: on-call}
pipeline:
  - name: report
    task: tasks/record.py
    inputs: {table: $clips, second: plain.csv}
    outputs: {--to: $out, --also: build/two.json}
    args: {--rate: $rate, --quiet: $quiet, --draft: false, --tag: $tag, --src: $clips, plain: 1, --log: $log, --e: ""}
`,
}, async (project) => {
  const at = (name: string) => project.path(name);
  (await project.run(["pipeline.yml", "--step", "report", "--extra", "x --y 'a b'"])).expect({});
  deepEqual(await project.received(), [[
    ...[at("media/clips.csv"), at("plain.csv")],
    ...["--to", at("build/report.json"), "--also", at("build/two.json")],
    ...["--rate", "2.0", "--quiet", "--tag", "on-call", "--src", at("media/clips.csv")],
    ...["plain", "1", "--log", "/var/log/x.log", "--e", ""],
    ...["x", "--y", "a b"],
  ]]);
});

eachProject("a reference is a text that starts with a dollar, and the whole of it", {
  "pipeline.yml": `
data: {d: d.txt, both: from-data.txt}
parameters: {p: 7, both: from-parameters, n: 100}
pipeline:
  - name: a
    task: tasks/record.py
    inputs: {a: $d, b: $both, c: $n, d: a$p, e: 12, f: sub/../x.txt}
    args: {--a: a$p, --b: $both, --c: $p, --d: "cost: $5"}
`,
}, async (project) => {
  const at = (name: string) => project.path(name);
  (await project.run(["pipeline.yml"])).expect({});
  const inputs = [at("d.txt"), at("from-data.txt"), at("100"), at("a$p"), at("12"), `${project.folder}/sub/../x.txt`];
  deepEqual(await project.received(), [
    [...inputs, "--a", "a$p", "--b", at("from-data.txt"), "--c", "7", "--d", "cost: $5"],
  ]);
});

eachProject("a dollar in the path of an entry, or in a parameter's value, is no reference", {
  "pipeline.yml": `
data: {d: $p/x.csv, e: $p, f: real.txt}
parameters: {p: 3, q: $f, r: $nothing}
pipeline: [{name: a, task: tasks/record.py, inputs: {x: $d, y: $e}, args: {--q: $q, --r: $r}}]
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ not: ["warning"] });
  deepEqual(await project.received(), [[project.path("$p/x.csv"), project.path("$p"), "--q", "$f", "--r", "$nothing"]]);
});

eachProject("a {name} in a path is passed on as it is and means every file that matches", {
  "in/1.txt": "",
  "frames.py": `import sys
for i in "12":
    open(sys.argv[3].replace("{id}", i), "w").close()
`,
  "pipeline.yml": `
data: {all: "in/{n}.txt", frames: "out/f_{id}.png"}
pipeline:
  - {name: a, task: frames.py, inputs: {x: $all}, outputs: {--o: $frames}}
  - {name: b, task: tasks/record.py, inputs: {x: $frames}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ not: ["warning"] });
  deepEqual(await project.received(), [[project.path("out/f_{id}.png")]]);
  (await project.run(["pipeline.yml", "--cached"])).expect({ out: ["[FRESH] a"] });
  await project.write({ "in/2.txt": "new" });
  (await project.run(["pipeline.yml", "--cached"])).expect({ out: ["[SUCCESS] a"] });
  await project.write({ "out/mine.txt": "" });
  (await project.run(["pipeline.yml", "--clean", "--permanent", "--yes"])).expect({ out: ["Permanently deleted: 2 "] });
  deepEqual([project.list("out"), project.list("in")], [["mine.txt"], ["1.txt", "2.txt"]]);
});

eachProject("an output outside the pipeline's folder is a warning, unless its entry allows it", {
  "pipeline.yml": `
data: {o: ../far.txt, p: {path: ../allowed.txt, allow_outside_pipeline: true}, q: anywhere/x.txt}
output_dir: results
pipeline: [{name: a, task: tasks/mix.py, outputs: {--out1: $o, --out2: $p, --out3: $q}}]
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    out: ["1/1"],
    err: [/^warning: pipeline.yml:4:\d+: .*far.txt.*allow_outside_pipeline/],
    not: ["allowed.txt' lies", "x.txt' lies"],
  });
});

eachProject("paths keep their dots and lose what means nothing", {
  "pipeline.yml": `
data: {a: ./x//y/./z/, b: ../up.txt, c: /abs//olute/}
pipeline:
  - {name: a, task: ./tasks//record.py, inputs: {a: $a, b: $b, c: $c}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  deepEqual(await project.received(), [[project.path("x/y/z"), `${project.folder}/../up.txt`, "/abs/olute"]]);
});

eachProject("paths are relative to the pipeline's folder, scripts run in the caller's", {
  "sub/pipeline.yml": `
data: {d: d.txt}
pipeline: [{name: a, task: where.py, inputs: {x: $d}, args: {--literal: some/file}}]
`,
  "sub/where.py": "import os, sys; print('CWD', os.getcwd(), *sys.argv[1:])\n",
}, async (project) => {
  const words = `${project.path("sub/d.txt")} --literal some/file`;
  (await project.run(["sub/pipeline.yml"])).expect({ out: [`CWD ${project.folder} ${words}`] });
  (await project.run(["pipeline.yml"], { cwd: "sub" })).expect({ out: [`CWD ${project.path("sub")} ${words}`] });
});

eachProject("the environment is inherited and Python writes at once", {
  "tasks/env.py": `import os; print(os.environ.get("MINE"), os.environ.get("PYTHONUNBUFFERED"))\n`,
  "pipeline.yml": "pipeline: [{name: a, task: tasks/env.py}]\n",
}, async (project) => {
  (await project.run(["pipeline.yml"], { env: { MINE: "yours" } })).expect({ out: ["yours 1"] });
  (await project.run(["pipeline.yml"], { env: { PYTHONUNBUFFERED: "0" } })).expect({ out: ["None 0"] });
});

eachProject("printed commands can be pasted into a shell, while the exact words are run", {
  "pipeline.yml": `
data: {d: "it's a file.txt"}
pipeline:
  - {name: a, task: tasks/record.py, inputs: {x: $d}, args: {--a: "two words", --b: "x $(id) \`id\` \\"q\\"", --c: "*"}}
`,
}, async (project) => {
  const dry = (await project.run(["pipeline.yml", "--dry-run"])).expect({ out: ["[DRY RUN] a:\n  "] });
  const command = dry.lines.find((line) => line.includes("record.py"))!.trim();
  const shell = new Deno.Command("sh", { args: ["-c", command], cwd: project.folder, clearEnv: true });
  deepEqual((await shell.output()).success, true);
  const [pasted] = await project.received();
  (await project.run(["pipeline.yml"])).expect({});
  deepEqual(await project.received(), [pasted]);
  deepEqual(pasted, [project.path("it's a file.txt"), "--a", "two words", "--b", 'x $(id) `id` "q"', "--c", "*"]);
});

const EXTRAS: readonly (readonly [given: readonly string[], received: readonly string[]])[] = [
  [["--extra", "--verbose"], ["--verbose"]],
  [["--extra=--x"], ["--x"]],
  [["--extra=--x=1 -y"], ["--x=1", "-y"]],
  [["--extra", ""], []],
  [["--extra", `'a b' "c d" e\\ f ''`], ["a b", "c d", "e f", ""]],
];
for (const [given, words] of EXTRAS) {
  eachProject(`--extra as ${JSON.stringify(given)} appends ${JSON.stringify(words)}`, {
    "pipeline.yml": "pipeline: [{name: a, task: tasks/record.py}]\n",
  }, async (project) => {
    (await project.run(["pipeline.yml", "--step", "a", ...given])).expect({});
    deepEqual(await project.received(), [words]);
  });
}

eachProject("--extra with several steps, or none chosen, is a warning and has no effect", {
  "pipeline.yml": `
pipeline:
  - {name: a, task: tasks/record.py}
  - {group: g, steps: [{name: b, task: tasks/record.py}]}
`,
}, async (project) => {
  (await project.run(["pipeline.yml", "--extra", "x"])).expect({ err: ["warning", "--extra"] });
  (await project.run(["pipeline.yml", "--step", "a", "b", "--extra", "x"])).expect({ err: ["warning", "--extra"] });
  deepEqual(await project.received(), [[], [], [], []]);
  (await project.run(["pipeline.yml", "--group", "g", "--extra", "x"])).expect({ not: ["warning"] });
  deepEqual(await project.received(), [["x"]]);
});

const PROGRAM = `#!/bin/sh\nprintf '%s\\n' "program $0 $*"\n`;

eachProject("a task that is a program is run itself, without Python before it", {
  "bin/tool": PROGRAM,
  "bin/plain": "print('as python')\n",
  "bin/named.py": "import sys; print('python', sys.argv[1:])\n",
  "pipeline.yml": `
pipeline:
  - {name: program, task: bin/tool, args: {--x: 1}}
  - {name: absolute, task: /bin/echo, args: {said: so}}
  - {name: plain, task: bin/plain}
  - {name: named, task: bin/named.py, args: {--y: 2}}
`,
}, async (project) => {
  await Deno.chmod(project.path("bin/tool"), 0o755);
  await Deno.chmod(project.path("bin/named.py"), 0o755);
  (await project.run(["pipeline.yml"])).expect({
    out: [`program ${project.path("bin/tool")} --x 1`, "said so", "as python", "python ['--y', '2']"],
  });
});

/** A Python that says who it is and then is the real one. */
const NAMED_PYTHON = (name: string) => `#!/bin/sh\necho "${name}" >&2\nexec ${realPython} "$@"\n`;

eachProject("the first Python of flag, LOOM_PYTHON, file, VIRTUAL_ENV, .venv and PATH is taken", {
  ...Object.fromEntries(
    ["flag", "variable", "file", "active/bin/python", ".venv/bin/python", "path/python3"].map((name) => [
      name.includes("/") ? name : `py/${name}`,
      NAMED_PYTHON(`I am ${name}`),
    ]),
  ),
  "plain.yml": "pipeline: [{name: a, task: tasks/record.py}]\n",
  "configured.yml": "execution: {python: py/file}\npipeline: [{name: a, task: tasks/record.py}]\n",
}, async (project) => {
  for (const name of ["py/flag", "py/variable", "py/file", "active/bin/python", ".venv/bin/python", "path/python3"]) {
    await Deno.chmod(project.path(name), 0o755);
  }
  const variable = { LOOM_PYTHON: project.path("py/variable") };
  const active = { VIRTUAL_ENV: project.path("active") };
  const onPath = { PATH: `${project.path("path")}:${Deno.env.get("PATH")}` };
  const all = { ...variable, ...active, ...onPath };
  const flag = ["--python", project.path("py/flag")];
  (await project.run(["configured.yml", ...flag], { env: all })).expect({ err: ["I am flag"] });
  (await project.run(["configured.yml"], { env: all })).expect({ err: ["I am variable"] });
  (await project.run(["configured.yml"], { env: { ...active, ...onPath } })).expect({ err: ["I am file"] });
  (await project.run(["plain.yml"], { env: { ...active, ...onPath } })).expect({ err: ["I am active/bin/python"] });
  (await project.run(["plain.yml"], { env: onPath })).expect({ err: ["I am .venv/bin/python"] });
  await project.remove(".venv");
  (await project.run(["plain.yml"], { env: onPath })).expect({ err: ["I am path/python3"] });
});

eachProject("without any Python a run is refused before it starts, naming what was looked for", {
  "pipeline.yml": "pipeline: [{name: a, task: tasks/record.py}]\n",
  "program.yml": "pipeline: [{name: a, task: /bin/echo, args: {still: works}}]\n",
  "empty/": "",
}, async (project) => {
  const env = { PATH: project.path("empty") };
  (await project.run(["pipeline.yml"], { env })).expect({ code: 2, err: ["error:", "python3"], not: ["[RUNNING]"] });
  (await project.run(["program.yml"], { env })).expect({ out: ["still works"] });
});

eachProject("--python that is not there is refused", {
  "pipeline.yml": "pipeline: [{name: a, task: tasks/record.py}]\n",
}, async (project) => {
  (await project.run(["pipeline.yml", "--python", "nowhere/python"]))
    .expect({ code: 2, err: ["error:", "nowhere/python"], not: ["[RUNNING]"] });
});

eachProject("folders of outputs are made, not the output itself", {
  "look.py": `import os, sys
for path in sys.argv[2::2]:
    print(os.path.isdir(os.path.dirname(path)), os.path.exists(path))
    os.makedirs(path)
`,
  "pipeline.yml": `
data: {o: deep/er/folder}
pipeline: [{name: a, task: look.py, outputs: {--o: $o, --p: other/deep/one}}]
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["True False\nTrue False"] });
});

eachProject("a declared output that is missing afterwards is a warning, and a failure with --strict", {
  "pipeline.yml": `
data: {o: never.txt}
pipeline:
  - {name: a, task: tasks/record.py, outputs: {--to: $o}}
  - {name: b, task: tasks/record.py, inputs: {x: $o}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["[SUCCESS] a", "2/2"], err: ["warning", "never.txt"] });
  (await project.run(["pipeline.yml", "--strict"])).expect({
    code: 1,
    out: ["[FAILED] a", "never.txt", "[SKIPPED] b"],
  });
});
