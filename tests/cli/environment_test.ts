import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";

eachProject("${NAME} is the variable's value wherever a text stands, several in one too", {
  "pipeline.yml": `
data: {d: "\${ROOT_DIR}/x-\${_N1}.csv", plain: other.csv}
parameters: {p: "\${MODE}-\${MODE}", path: "\${ROOT_DIR}"}
pipeline:
  - name: a
    task: \${TASKS}/record.py
    inputs: {d: $d, literal: "\${ROOT_DIR}/y.csv"}
    outputs: {--o: "\${ROOT_DIR}/made.txt"}
    args: {--p: $p, --q: "a \${MODE} b", --empty: "\${EMPTY}", --dollar: "\${", --other: "x$$ \${not-a-name}"}
`,
}, async (project) => {
  const env = { ROOT_DIR: "data", _N1: "7", MODE: "fast", TASKS: "tasks", EMPTY: "" };
  const outcome = await project.run(["pipeline.yml"], { env });
  if (outcome.code !== 0) outcome.expect({ err: [] });
  deepEqual(await project.received(), [[
    ...[project.path("data/x-7.csv"), project.path("data/y.csv"), "--o", project.path("data/made.txt")],
    ...["--p", "fast-fast", "--q", "a fast b", "--empty", "", "--dollar", "${", "--other", "x$$ ${not-a-name}"],
  ]]);
});

eachProject("variables in values of --set and --var are put in as in the file", {
  "pipeline.yml": `
data: {d: d.txt}
parameters: {p: 1}
pipeline: [{name: a, task: tasks/record.py, inputs: {x: $d}, args: {--p: $p}}]
`,
}, async (project) => {
  const args = ["pipeline.yml", "--var", "d=${WHERE}/x", "--set", "p=a${WHERE}"];
  (await project.run(args, { env: { WHERE: "in" } })).expect({});
  deepEqual(await project.received(), [[project.path("in/x"), "--p", "ain"]]);
  (await project.run(args)).expect({ code: 1, err: ["WHERE"] });
});

eachProject("an unset variable stops everything, with its name and place", {
  "pipeline.yml": `data:
  d: "\${NOT_SET}/x.csv"
pipeline:
  - {name: first, task: tasks/record.py, args: {--name: first}}
  - {name: a, task: tasks/record.py, inputs: {x: $d}, args: {--y: "\${NOR_THIS}"}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    code: 1,
    err: [/^error: pipeline.yml:2:6: .*NOT_SET/, /error: pipeline.yml:5:67: .*NOR_THIS/],
  });
  await project.ran([]);
  (await project.run(["pipeline.yml", "--step", "first"])).expect({ err: ["warning", "NOT_SET"] });
  await project.ran(["first"]);
});

eachProject("values of variables that look like secrets are masked in what is printed and kept", {
  "tell.py": `import os, sys
print("word", sys.argv[2], "variable", os.environ["API_TOKEN"])
open(sys.argv[4], "w").write(sys.argv[2])
`,
  "pipeline.yml": `
data: {o: o.txt}
pipeline:
  - {name: a, task: tell.py, args: {--token: "\${API_TOKEN}", --to: $o}}
  - {name: b, task: tell.py, env: {OWN: hunter2hunter2}, secrets: [OWN], args: {--x: "hunter2hunter2", --to: $o}}
`,
}, async (project) => {
  const secret = "s3cr3t-Value-4711";
  const env = { API_TOKEN: secret };
  (await project.run(["pipeline.yml"], { env })).expect({ out: ["2/2", /$/], not: [secret, "hunter2hunter2"] });
  // The script itself gets the real one.
  deepEqual(await project.read("o.txt"), "hunter2hunter2");
  (await project.run(["pipeline.yml", "--json", "--dry-run"], { env })).expect({ not: [secret, "hunter2hunter2"] });
  (await project.run(["explain", "pipeline.yml", "a"], { env })).expect({ not: [secret] });
  const kept = await new Deno.Command("grep", {
    args: ["-rlaF", "-e", secret, "-e", "hunter2hunter2", project.path(".loom"), project.path("../.loom")],
    stderr: "null",
  }).output();
  // The text of the pipeline itself is kept, and there the second one is written in plain sight.
  const files = new TextDecoder().decode(kept.stdout).trim().split("\n").filter((file) => !file.includes("/objects/"));
  deepEqual(files.filter((file) => file !== ""), []);
});
