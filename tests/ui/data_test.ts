import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { inServed } from "../support/served.ts";

const PIPELINE = `data:
  raw: {path: in/raw.csv, type: csv}
  out: {path: out/data.json, type: json}
  shots: {path: shots, type: image_directory}
  first: {path: 0.png, type: image, nested_in: $shots}
  lost: {path: "\${NOT_SET_HERE}/x.txt"}
  away: {path: "http://127.0.0.1:1/x.csv"}
pipeline:
  - name: make
    task: tasks/make.py
    inputs: {table: $raw}
    outputs: {--out: $out}
  - {name: draw, task: draw.R, inputs: {away: $away}, outputs: {--dir: $shots}}
  - {name: look, task: look.py, inputs: {json: $out, image: $first}}
`;

const FILES = {
  "p.yml": PIPELINE,
  "in/raw.csv": "a,b\n1,2\n",
  "tasks/make.py": `"""Makes it.

---
inputs:
  table: {type: csv, description: The table}
outputs:
  --out: json
args:
  --rate: {type: float, default: 50.0, choices: [50.0, 0.00001]}
  --word: {type: str, default: "yes", required: true}
---
"""
`,
  "tasks/_private.py": "",
  "draw.R": "# ---\n# outputs: {--dir: {type: image_directory}}\n# ---\n",
  "look.py": 'import argparse\np = argparse.ArgumentParser()\np.add_argument("json")\np.add_argument("--out-file")\n' +
    'p.add_argument("--n", type=int, default=3, choices=[3, 4], help="How many")\np.parse_args()\n',
};

Deno.test("data entries say where they are, whether they are there, and who makes and reads them", () =>
  inServed(FILES, async (served) => {
    const { data } = await served.get("/api/data", { path: "p.yml" });
    const short = data.map((entry: Record<string, unknown>) => [
      entry.key,
      entry.resolved,
      entry.exists,
      entry.produced_by,
      entry.read_by,
      entry.source,
    ]);
    deepEqual(short.slice(0, 4), [
      ["raw", "in/raw.csv", "exists", [], ["make"], true],
      ["out", "out/data.json", "missing", ["make"], ["look"], false],
      ["shots", "shots", "missing", ["draw"], [], false],
      ["first", "shots/0.png", "missing", ["draw"], ["look"], false],
    ]);
    deepEqual([data[0].kind, data[0].size], ["file", 8]);
    equal(data[4].exists, "unknown");
    match(data[4].problem, /NOT_SET_HERE/);
    deepEqual(short[5], ["away", "http://127.0.0.1:1/x.csv", "checking", [], ["draw"], true]);
    while ((await served.get("/api/data", { path: "p.yml" })).data[5].exists === "checking");
    equal((await served.get("/api/data", { path: "p.yml" })).data[5].exists, "missing");
    const typed = await served.post("/api/data", { path: "p.yml", text: "data: {x: in}\nnonsense: [" });
    equal(typed.error.code, "pipeline-invalid");
    const broken = await served.post("/api/data", { path: "p.yml", text: "data: {x: in}\npipeline: 3\n" });
    deepEqual([broken.data[0].exists, broken.data[0].kind], ["exists", "folder"]);
  }));

Deno.test("paths are checked as they are typed, with references, variables and containers put in", () =>
  inServed(FILES, async (served) => {
    const check = (text: string, more = {}) => served.get("/api/check-path", { path: "p.yml", text, ...more });
    deepEqual((await check("$raw")).key, "raw");
    deepEqual((await check("./in/../in/raw.csv")).exists, "exists");
    deepEqual((await check("${HOME}/none")).resolved, `${served.folder}/none`);
    deepEqual((await check("${HOME}/none")).inside, false);
    match((await check("$nobody")).problem, /nobody/);
    deepEqual((await check("1.png", { nested_in: "shots" })).resolved, "shots/1.png");
    match((await check("${NOT_SET_HERE}")).problem, /NOT_SET_HERE/);
  }));

Deno.test("scripts say what they take, in any language, by front matter or argparse", () =>
  inServed(FILES, async (served) => {
    const { tasks } = await served.get("/api/tasks", { path: "p.yml" });
    deepEqual(tasks.map(({ name, script, told, used_by }: Record<string, unknown>) => [name, script, told, used_by]), [
      ["make", "tasks/make.py", "front-matter", ["make"]],
      ["draw", "draw.R", "front-matter", ["draw"]],
      ["look", "look.py", "argparse", ["look"]],
    ]);
    const [make, draw, look] = tasks;
    equal(make.description, "Makes it.");
    deepEqual(make.inputs, [{ name: "table", type: "csv", description: "The table" }]);
    deepEqual(
      make.args.map((arg: { default: string; required: boolean }) => [arg.default, arg.required]),
      [
        ["50.0", false],
        ['"yes"', true],
      ].map(([text, required]) => [text, required]),
    );
    deepEqual(draw.outputs, [{ name: "--dir", type: "image_directory", description: "" }]);
    deepEqual(look.outputs.map(({ name }: { name: string }) => name), ["--out-file"]);
    deepEqual(look.args, [
      { flag: "--n", type: "int", default: "3", required: false, choices: [3, 4], description: "How many" },
    ]);
    served.write("look.py", "");
    equal((await served.get("/api/tasks", { path: "p.yml" })).tasks[2].told, "nothing");
  }));

Deno.test("a text that is not saved is checked, with lines", () =>
  inServed(FILES, async (served) => {
    const text = PIPELINE.replace("$raw}", "$rew}");
    const { problems, steps } = await served.post("/api/check", { path: "p.yml", text });
    equal(steps, 3);
    const [problem] = problems.filter(({ code }: { code: string }) => code === "unknown-reference");
    deepEqual([problem.level, problem.line], ["error", 11]);
    const broken = await served.post("/api/check", { path: "p.yml", text: "a: [" });
    equal(broken.problems[0].level, "error");
  }));

Deno.test("a file that is absent or no YAML has no steps and no scripts, and says why", () =>
  inServed({ "broken.yml": "a: [" }, async (served) => {
    for (const [path, code] of [["broken.yml", /invalid|yaml|syntax/i], ["none.yml", /^config-not-found$/]] as const) {
      const { steps, problems } = await served.get("/api/status", { path });
      deepEqual(steps, []);
      match(problems[0].code, code);
      const { tasks, problems: same } = await served.get("/api/tasks", { path });
      deepEqual([tasks, same.length > 0], [[], true]);
    }
  }));
