import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { isLoomError } from "../errors.ts";
import type { Value } from "../yaml/value.ts";
import { type Edit, editPipeline, parsePath, pathText, readValue } from "./mod.ts";

/** The text after an edit. */
async function after(text: string, ...edits: readonly Edit[]): Promise<string> {
  return (await editPipeline(text, edits)).text;
}

/** Code and hint of the error that an edit ends in. */
async function refusal(text: string, edit: Edit): Promise<readonly (string | undefined)[]> {
  try {
    await editPipeline(text, [edit]);
  } catch (error) {
    ok(isLoomError(error));
    return [error.code, error.message, error.hint];
  }
  return [];
}

/** Everything that names something, once each. */
const NAMED = `version: 2
data:
  raw: { path: raw.csv }
  part: {path: a.csv, nested_in: $raw}
  named: "x/\${raw}/\${lr}/$\${lr}"
variables:
  old: {path: old.csv, nested_in: raw}
parameters: {lr: 0.1, note: $raw}
matrix:
  lr: [1, 2]
  zip: {lr: [3]}
  include: [{lr: 4}]
metrics: [$raw, other.json]
pipeline:
  - name: ask
    kind: condition
    predicate: exists
    inputs: {data: $raw}
  - {name: way, kind: switch, condition: ask, data: $raw}
  - {name: dial, kind: switch, condition: lr, data: $raw}
  - name: each
    task: each.py
    loop: {over: $raw, into: $part}
    metrics: $raw
    when: lr < 1 and "lr" != 'lr'
    inputs: {a: $way.then, b: $raw, c: raw}
    args: {--lr: $lr, --text: say $lr, --list: [$lr]}
  - group: again
    multi_pass:
      schedule: [{lr: 1, from: $raw}]
      feedback: {"fit.v1.--out": fit.v1.--resume}
      condition: {script: stop.py, inputs: {x: $raw}, args: {y: $lr}}
    steps:
      - {name: fit.v1, task: fit.py, outputs: {--out: $part}, args: {--lr: $lr}}
editor:
  parameterRefs:
    param_lr_ref_1: {parameter: lr, edges: ["each:--lr", "fit.v1:--lr"]}
layout:
  data_raw: {x: 1, y: 1}
  param_lr: {x: 1, y: 1}
  param_lr_ref_1: {x: 1, y: 1}
  each: {x: 1, y: 1}
  fit.v1: {x: 1, y: 1}
`;

// The interpolation of version 2 is another module's; what is asked here is only which names follow.
const PLAIN = NAMED.replace("version: 2\n", "").replace(/ {2}named: .*\n/, "");

Deno.test("editPipeline() renames a data entry wherever it is named", async () => {
  const expected = PLAIN.replaceAll("$raw", "$src").replace("nested_in: raw", "nested_in: src").replace(
    "  raw:",
    "  src:",
  )
    .replace("data_raw", "data_src").replace("note: $src", "note: $raw");
  equal(await after(PLAIN, { kind: "rename", path: "data.raw", name: "src" }), expected);
});

Deno.test("editPipeline() renames a parameter wherever it is named, and not where a name means something else", async () => {
  const expected = PLAIN.replace("{lr: 0.1", "{rate: 0.1").replace("  lr: [1, 2]", "  rate: [1, 2]")
    .replace("{lr: [3]}", "{rate: [3]}").replace("[{lr: 4}]", "[{rate: 4}]").replace("condition: lr", "condition: rate")
    .replace("when: lr <", "when: rate <").replace("--lr: $lr, --text", "--lr: $rate, --text")
    .replaceAll("param_lr", "param_rate").replace("parameter: lr", "parameter: rate");
  equal(await after(PLAIN, { kind: "rename", path: "parameters.lr", name: "rate" }), expected);
});

Deno.test("editPipeline() renames steps with branches, feedback, edges and positions", async () => {
  equal(
    await after(PLAIN, { kind: "rename", path: "steps.fit.v1", name: "fit" }),
    PLAIN.replaceAll("fit.v1", "fit"),
  );
  equal(
    await after(PLAIN, { kind: "rename", path: "steps.way", name: "road" }),
    PLAIN.replace("name: way", "name: road").replace("$way.then", "$road.then"),
  );
  equal(
    await after(PLAIN, { kind: "rename", path: "steps.ask", name: "question" }),
    PLAIN.replace("name: ask", "name: question").replace("condition: ask", "condition: question"),
  );
  equal(
    await after(PLAIN, { kind: "rename", path: "steps.fit.v1.outputs.--out", name: "--to" }),
    PLAIN.replace("fit.v1.--out", "fit.v1.--to").replace("{--out: $part}", "{--to: $part}"),
  );
  equal(
    await after(PLAIN, { kind: "rename", path: "steps.each.args.--lr", name: "--rate" }),
    PLAIN.replace("each:--lr", "each:--rate").replace("--lr: $lr, --text", "--rate: $lr, --text"),
  );
  equal(await after(PLAIN, { kind: "rename", path: "groups.again", name: "anew" }), PLAIN.replace("again", "anew"));
});

Deno.test("editPipeline() refuses names that are taken or cannot be used", async () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["data.raw", "lr", "name-taken"],
    ["parameters.lr", "part", "name-taken"],
    ["parameters.note", "loop_item", "name-taken"],
    ["steps.each", "again", "name-taken"],
    ["parameters.lr", "learning-rate", "name-unusable"],
    ["parameters.lr", "", "usage"],
    ["metrics[1]", "x", "usage"],
    ["steps.each", "tab\there", "edit-invalid"],
    // A word of Python's cannot stand in a condition.
    ["parameters.lr", "from", "edit-invalid"],
  ];
  for (const [path, name, code] of cases) {
    equal((await refusal(PLAIN, { kind: "rename", path, name }))[0], code, `${path} to ${name}`);
  }
});

Deno.test("editPipeline() lists where something that should go is used", async () => {
  deepEqual((await refusal(PLAIN, { kind: "remove", path: "data.part" })).slice(0, 2), [
    "still-used",
    'Cannot remove data.part: it is used by steps.each.loop.into (21:30), steps."fit.v1".outputs.--out (32:55)',
  ]);
  const [code] = await refusal(PLAIN, { kind: "remove", path: "steps.way" });
  equal(code, "still-used");
  equal((await refusal(PLAIN, { kind: "remove", path: "steps.way", force: true })).length, 0);
});

Deno.test("editPipeline() removes a step with its position and its edges", async () => {
  const expected = PLAIN.replace(/ {2}- name: each\n(?: {4}.*\n)*/, "").replace('"each:--lr", ', "")
    .replace("  each: {x: 1, y: 1}\n", "");
  equal(await after(PLAIN, { kind: "remove", path: "steps.each" }), expected);
});

Deno.test("editPipeline() knows what is near a name that it does not know", async () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["steps.eahc.task", "did you mean 'each'?"],
    ["groups.agian.multi_pass", "did you mean 'again'?"],
    ["parmeters.lr", "did you mean 'parameters'?"],
    ["steps.each.loop.over.x", "nothing is in there"],
    ["data.rwa.path", "did you mean 'raw'?"],
    ["metrics[7]", "there is [0], [1]"],
  ];
  for (const [path, hint] of cases) equal((await refusal(PLAIN, { kind: "set", path, value: 1 }))[2], hint, path);
});

Deno.test("editPipeline() changes what is shared only where it is used", async () => {
  const text =
    "x: &x {a: 1, b: &b 2}\npipeline:\n  - {name: s, task: t, args: *x}\n  - {name: u, task: t, args: {<<: *x, a: *b}}\n";
  equal(
    await after(text, { kind: "set", path: "steps.s.args.a", value: 5 }),
    text.replace("args: *x", "args: {<<: *x, a: 5}"),
  );
  equal(await after(text, { kind: "set", path: "steps.u.args.a", value: 5 }), text.replace("*b", "5"));
  equal(await after(text, { kind: "set", path: "steps.u.args.b", value: 5 }), text.replace("*b}", "*b, b: 5}"));
  for (const path of ["x.a", "x.b"]) {
    equal((await refusal(text, { kind: "set", path, value: 5 }))[0], "shared-value", path);
  }
  equal((await refusal(text, { kind: "remove", path: "steps.u.args.b" }))[0], "shared-value");
  equal((await refusal(text, { kind: "remove", path: "x", force: true }))[0], "shared-value");
});

Deno.test("editPipeline() keeps the ugliest files", async () => {
  const text = "%YAML 1.1\n---\n\"parameters\" : { 'a' : !!str 5 , # five\n   ? b\n   : [ 1,2 , # two\n 3 ] , }\r\n" +
    "text: >2-\n    deep\n  less\n\nkept: |+\n  line\n\n\n# end\n...\n";
  equal(await after(text, { kind: "set", path: "parameters.a", value: "6" }), text.replace("!!str 5", '!!str "6"'));
  equal(await after(text, { kind: "set", path: "parameters.a", value: 6 }), text.replace("!!str 5", "6"));
  equal(await after(text, { kind: "set", path: "parameters.b[2]", value: "x" }), text.replace(" 3 ]", " x ]"));
  equal(await after(text, { kind: "rename", path: "parameters.a", name: "it's" }), text.replace("'a'", "'it''s'"));
  equal(await after(text, { kind: "set", path: "text", value: "one" }), text.replace(">2-\n    deep\n  less", "one"));
  equal(
    await after(text, { kind: "set", path: "kept", value: "a\nb\n\n" }),
    text.replace("  line\n\n\n", "  a\n  b\n\n"),
  );
});

Deno.test("editPipeline() begins files that say nothing", async () => {
  equal(await after("", { kind: "set", path: "parameters.lr", value: 1 }), "parameters:\n  lr: 1\n");
  equal(await after("# only words", { kind: "add_data", name: "a", value: "b" }), "# only words\ndata:\n  a: b\n");
  const fields = new Map<string, Value>([["task", "t.py"], ["args", new Map([["--n", 1]])]]);
  const step = "pipeline:\n  - name: s\n    task: t.py\n    args: { --n: 1 }\n";
  equal(await after("", { kind: "add_step", name: "s", fields }), step);
  equal(await after("pipeline: []\n", { kind: "add_step", name: "s", fields }), step);
  equal(await after("pipeline:\n", { kind: "add_step", name: "s", fields }), step);
});

Deno.test("editPipeline() makes all edits or none", async () => {
  const text = "parameters:\n  a: 1\n";
  const set: Edit = { kind: "set", path: "parameters.a", value: 2 };
  await rejects(editPipeline(text, [set, { kind: "remove", path: "parameters.b" }]), { code: "unknown-place" });
  const { text: next, changes } = await editPipeline(text, [set, { kind: "rename", path: "parameters.a", name: "b" }]);
  equal(next, "parameters:\n  b: 2\n");
  deepEqual(changes.map(({ path, before, after, line }) => [path, before, after, line]), [
    ["parameters.a", 1, 2, 2],
    ["parameters.a", "a", "b", 2],
  ]);
});

Deno.test("editPipeline() writes only what differs between two maps", async () => {
  const text = "layout:\n  # the first\n  a: {x: 1, y: 2} # here\n  b: {x: 1, y: 2}\n";
  const node = (x: number) => new Map<Value, Value>([["x", x], ["y", 2]]);
  const layout = new Map<Value, Value>([["a", node(7)], ["c", node(1)]]);
  equal(
    await after(text, { kind: "set", path: "layout", value: layout }),
    "layout:\n  # the first\n  a: {x: 7, y: 2} # here\n  c: {x: 1, y: 2}\n",
  );
});

Deno.test("editPipeline() tells where a name is not enough", async () => {
  const text = "pipeline:\n" +
    ["a", "b"].map((name) => `  - group: ${name}\n    multi_pass: {count: 2}\n    steps: [{name: same, task: t.py}]\n`)
      .join("");
  deepEqual((await refusal(text, { kind: "set", path: "steps.same.task", value: "x" })).slice(0, 3), [
    "ambiguous-place",
    "Several steps are called 'same'",
    "say which: pipeline[0].steps[0], pipeline[1].steps[0]",
  ]);
  const expected = text.replace(/(b[^]*)t\.py/, "$1x");
  equal(await after(text, { kind: "set", path: "groups.b.steps.same.task", value: "x" }), expected);
});

Deno.test("parsePath() and pathText() go together", () => {
  const cases: readonly (readonly [string, readonly (string | number)[]])[] = [
    ["parameters.lr", ["parameters", "lr"]],
    ["pipeline[2].name", ["pipeline", 2, "name"]],
    ['steps."my step".args.--lr', ["steps", "my step", "args", "--lr"]],
    ['a."x.y"[0][1]', ["a", "x.y", 0, 1]],
    ['a."say \\"x\\""', ["a", 'say "x"']],
  ];
  for (const [text, path] of cases) {
    deepEqual(parsePath(text), path);
    equal(pathText(path), text);
  }
  deepEqual(parsePath("a.'it''s'.b c"), ["a", "it's", "b c"]);
  for (const text of ["", ".a", "a.", "a..b", "a[x]", 'a."b', "a]"]) {
    let code: string | undefined;
    try {
      parsePath(text);
    } catch (error) {
      code = isLoomError(error) ? error.code : undefined;
    }
    equal(code, "usage", text);
  }
});

Deno.test("readValue() takes YAML, and texts as they are", () => {
  const cases: readonly (readonly [string, Value])[] = [
    ["5", 5],
    ["no", false],
    ["null", null],
    ['"5"', "5"],
    ["hello world", "hello world"],
    ["a: b", "a: b"],
    ["- x", "- x"],
    ["a # b", "a # b"],
    ["*.csv", "*.csv"],
    ["@x", "@x"],
    ["!x", "!x"],
    ["&x 1", "&x 1"],
    ["", ""],
    ["a\nb", "a\nb"],
    ["1e-5", "1e-5"],
    ["[1, a]", [1, "a"]],
    ["{a: 1", "{a: 1"],
  ];
  for (const [text, value] of cases) deepEqual(readValue(text).value, value, text);
  equal(readValue("1.0e-5").source, "1.0e-5");
});

Deno.test("editPipeline() sees what an edit breaks far away in a long file", async () => {
  const steps = Array.from({ length: 900 }, (_, index) => `  - name: s${index}\n    task: t.py\n`);
  steps[450] += "    resources: {gpu: 1}\n";
  const text = `execution:\n  resources:\n    gpu: 1\n  max_workers: 2\ndata:\n  a: a.txt\npipeline:\n${
    steps.join("")
  }`;
  ok(text.length > 20_000);
  equal((await refusal(text, { kind: "remove", path: "execution.resources.gpu" }))[0], "edit-invalid");
  equal((await refusal(text, { kind: "rename", path: "steps.s1", name: "s700" }))[0], "name-taken");
  equal(
    (await refusal(text, { kind: "set", path: "data.a", value: new Map([["nested_in", "$b"]]) }))[0],
    "edit-invalid",
  );
  const { text: next, changes } = await editPipeline(text, [{ kind: "remove", path: "steps.s800" }]);
  equal(next, text.replace(steps[800], ""));
  deepEqual(changes.map(({ path, line }) => [path, line]), [["steps.s800", 8 + 800 * 2 + 1]]);
});
