import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";

eachProject("under version 2 names stand inside texts, and version 1 keeps its meaning", {
  "two.yml": `
version: 2
parameters: {lr: 0.10, full: yes, tag: "run-\${lr}", same: "\${lr}", price: "5$$", home: "\${env:MINE}"}
data: {dir: "out/\${tag}", model: "\${dir}/m.bin", raw: "\${home}.csv"}
pipeline:
  - name: train
    task: tasks/\${kind}.py
    inputs: {raw: $raw, other: "\${dir}/in.txt"}
    outputs: {--o: $model}
    args: {--tag: "\${tag}/\${full}", --lr: "\${lr}", --s: $same, --p: "\${price} $$x $$$y", --g: "\${dir}/*", --l: ["\${lr}"]}
  - {name: after, task: tasks/record.py, inputs: {x: "\${model}"}}
`,
  "one.yml": `
parameters: {lr: 1}
pipeline: [{name: a, task: tasks/record.py, args: {--a: "\${MINE}", --b: "$$lr", --c: "x$lr", --d: "\${env:MINE}", --e: "\${lr"}}]
`,
}, async (project) => {
  const env = { MINE: "mine" };
  const at = (name: string) => project.path(name);
  const set = ["--set", "kind=record"];
  (await project.run(["two.yml", ...set], { env })).expect({ err: ["did not make: out/run-0.1/m.bin"] });
  deepEqual(await project.received(), [
    [
      ...[at("mine.csv"), at("out/run-0.1/in.txt"), "--o", at("out/run-0.1/m.bin"), "--tag", "run-0.1/True"],
      ...["--lr", "0.1", "--s", "0.1", "--p", "5$ $x $$y", "--g", at("out/run-0.1/*"), "--l", "[0.1]"],
    ],
    [at("out/run-0.1/m.bin")],
  ]);
  (await project.run(["two.yml", ...set, "lr=2", "--step", "after"], { env })).expect({});
  deepEqual(await project.received(), [[at("out/run-2/m.bin")]]);
  (await project.run(["one.yml", "--set", "lr=1"], { env: { MINE: "v" } })).expect({ code: 1, err: ["'$$lr'"] });
  await project.write({
    "one.yml":
      'pipeline: [{name: a, task: tasks/record.py, args: {--a: "${MINE}", --d: "${env:MINE}", --e: "${lr"}}]\n',
  });
  (await project.run(["one.yml"], { env: { MINE: "v" } })).expect({});
  deepEqual(await project.received(), [["--a", "v", "--d", "${env:MINE}", "--e", "${lr"]]);
});

eachProject("what cannot be put in is told with its place, before anything starts", {
  "wrong.yml": `version: 2
parameters: {a: "\${b}", b: "\${a}", c: "\${d"}
data: {e: "x\${f\${g}}"}
`,
  "unknown.yml": `version: 2
parameters: {rate: 1, t: "\${rte}"}
data: {h: "\${HOME}/x", gone: "\${env:GONE}"}
pipeline:
  - {name: a, task: tasks/record.py, inputs: {h: $h, g: $gone}, args: {--t: $t, --i: "\${loop_item}"}, env: {X: "\${nn}"}}
  - {name: b, task: tasks/record.py, disabled: true, args: {--u: "\${rtae}"}}
`,
}, async (project) => {
  (await project.run(["wrong.yml"])).expect({
    code: 1,
    err: [/wrong.yml:2:28: .*circle: a → b → a/, /wrong.yml:2:39: .*'\$\{d'.*no '}'/, /wrong.yml:3:11: .*braces/],
  });
  (await project.run(["unknown.yml"])).expect({
    code: 1,
    err: [
      /error: unknown.yml:2:26: Unknown reference '\$\{rte\}' \(in parameter 't'\).*did you mean '\$\{rate\}'/,
      /error: unknown.yml:3:11: Unknown reference '\$\{HOME\}'.*\$\{env:HOME\}/,
      /error: unknown.yml:3:30: Environment variable 'GONE' is not set/,
      /error: unknown.yml:5:86: '\$loop_item' is used outside a loop/,
      /error: unknown.yml:5:112: Unknown reference '\$\{nn\}'/,
      /warning: unknown.yml:6:66: .*'\$rtae'.*did you mean '\$rate'/,
    ],
    not: ["[RUNNING]"],
  });
});

eachProject("a parameter inside texts explains what is stale, and secrets are shown nowhere", {
  "pipeline.yml": `
version: 2
parameters: {lr: 0.1, n: 1, tag: "t\${lr}"}
data: {out: "out/\${tag}.txt"}
pipeline:
  - name: a
    task: tasks/mix.py
    outputs: {--out: $out}
    args: {--name: "run-\${tag}-\${n}"}
    env: {TOKEN_COPY: "\${env:MY_TOKEN}", MODE: "m\${n}"}
  - {name: b, task: tasks/show.py, args: {--key: "key=\${env:MY_TOKEN}"}, env: {MODE: "m\${n}"}, cwd: "tasks/\${n}"}
`,
  "tasks/1/": "",
  "tasks/show.py": "import os, sys; print(os.environ['MODE'], os.path.basename(os.getcwd()), sys.argv[1:])\n",
}, async (project) => {
  const env = { MY_TOKEN: "s3cret-value" };
  (await project.run(["pipeline.yml"], { env })).expect({
    out: ["--name run-t0.1-1", "key=***", "m1 1 ['--key'"],
    not: ["s3cret"],
  });
  (await project.run(["pipeline.yml", "--cached"], { env })).expect({ out: ["[FRESH] a"] });
  const reasons = async (...set: readonly string[]) =>
    (await project.run(["status", "pipeline.yml", "--set", ...set], { env })).expect({ not: ["s3cret"] }).lines[0];
  deepEqual((await reasons("lr=0.01")).replace(/ +/g, " "), "a stale parameter lr 0.1 → 0.01");
  deepEqual((await reasons("n=2", "lr=0.2")).replace(/ +/g, " "), "a stale parameter lr 0.1 → 0.2, parameter n 1 → 2");
  deepEqual((await project.run(["pipeline.yml", "--list", "--step", "a"], { env })).stdout.includes("s3cret"), false);
});
