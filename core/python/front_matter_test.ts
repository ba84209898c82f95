import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { memoryFiles } from "../../tests/support/memory_files.ts";
import { Float } from "../yaml/value.ts";
import { discoverTasks, readTaskSchema } from "./front_matter.ts";

const BLOCK = `Detect fixations.

    More text.
    ---
    inputs:
      video: Path to the video
      gaze: {type: csv, description: Positions}
    outputs:
      -o: {type: csv}
    args:
      --threshold: {type: float, default: 50.0, description: Limit, required: true}
      --mode: {choices: [a, b]}
      --plain: Just words
      --bare:
    ---
`;

Deno.test("readTaskSchema() reads ports and args in file order", () => {
  const schema = readTaskSchema(`"""${BLOCK}"""\nimport os\n`, "/w/tasks/fix.py");
  deepEqual([schema.name, schema.path, schema.description], ["fix", "tasks/fix.py", "Detect fixations."]);
  deepEqual([...schema.inputs], [
    ["video", { description: "Path to the video" }],
    ["gaze", { type: "csv", description: "Positions" }],
  ]);
  deepEqual([...schema.outputs], [["-o", { type: "csv", description: "" }]]);
  deepEqual([...schema.args], [
    ["--threshold", { type: "float", default: new Float(50), description: "Limit", required: true }],
    ["--mode", { type: "str", description: "", required: false, choices: ["a", "b"] }],
    ["--plain", { type: "str", description: "Just words", required: false }],
    ["--bare", { type: "str", description: "", required: false }],
  ]);
  equal(schema.problem, undefined);
});

Deno.test("readTaskSchema() knows scripts that answer a question", () => {
  equal(readTaskSchema('"""Q.\n---\nkind: condition\n---\n"""', "/w/tasks/q.py").kind, "condition");
});

const EMPTY: Readonly<Record<string, string>> = {
  "a block that is no YAML": '"""D.\n---\ninputs: [\n---\n"""',
  "a block that is a list": '"""D.\n---\n- a\n---\n"""',
  "inputs that are a list": '"""D.\n---\ninputs: [a]\n---\n"""',
};

for (const [what, source] of Object.entries(EMPTY)) {
  Deno.test(`readTaskSchema() keeps the description and tells the problem of ${what}`, () => {
    const schema = readTaskSchema(source, "/w/tasks/t.py");
    deepEqual([schema.description, schema.inputs.size], ["D.", 0]);
    match(schema.problem ?? "", /'inputs'|front matter/);
  });
}

Deno.test("readTaskSchema() gives an empty schema for a source that is no Python", () => {
  for (const rest of ["def f(", "x = 'open", "  indented()", "if x:\npass", "this is all broken", "x = $y", "x ="]) {
    const schema = readTaskSchema(`"""D.\n---\ninputs: {a: b}\n---\n"""\n${rest}\n`, "/w/tasks/t.py");
    deepEqual([schema.description, schema.inputs.size], ["", 0], rest);
    match(schema.problem ?? "", /^line \d+: /);
  }
});

Deno.test("discoverTasks() takes Python files by name, without private, hidden and helper ones", () => {
  const files = memoryFiles({
    "/w/tasks/b.py": '"""B."""',
    "/w/tasks/a.py": "x = 1",
    "/w/tasks/Z.py": "",
    "/w/tasks/_p.py": "",
    "/w/tasks/.h.py": "",
    "/w/tasks/runner.py": "",
    "/w/tasks/notes.txt": "",
    "/w/tasks/sub/c.py": "",
    "/w/tasks/folder.py/x": "",
  });
  deepEqual(discoverTasks("/w/tasks", files).map((task) => [task.path, task.description]), [
    ["tasks/Z.py", ""],
    ["tasks/a.py", ""],
    ["tasks/b.py", "B."],
  ]);
  deepEqual(discoverTasks("/none", files), []);
});
