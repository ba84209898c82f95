import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import { isLoomError } from "../../errors.ts";
import { parsePipeline } from "../parse/mod.ts";
import { readYaml } from "../../yaml/read.ts";
import { exportPipeline } from "./mod.ts";

async function exported(text: string, format: "make" | "sh", env: Record<string, string> = {}): Promise<string> {
  const { pipeline } = parsePipeline(readYaml(text, "/w/p.yml").value, "/w/p.yml");
  const files = memoryFiles({ "/w/p.yml": text, "/w/t.py": "import helper\n", "/w/helper.py": "" });
  return await exportPipeline(pipeline, { format, text, env, files, folder: format === "sh" ? "sub dir" : "." });
}

async function refused(
  text: string,
  format: "make" | "sh",
  env: Record<string, string> = {},
): Promise<readonly string[]> {
  let problems: readonly string[] = [];
  await rejects(exported(text, format, env), (error) => {
    ok(isLoomError(error));
    equal(error.code, "cannot-export");
    problems = error.problems.map(({ message, line }) => `${line} ${message}`);
    return true;
  });
  return problems;
}

const HOSTILE = `
data: {in: "a b$c:d#e%.txt", out: "out/x y.csv", dir: {path: made, type: data_folder}, inner: {path: z.txt, nested_in: $dir}}
parameters: {quote: "it's $HOME \`x\`"}
pipeline:
  - {name: last, task: t.py, inputs: {i: $inner}, retries: 2, timeout: 90}
  - {name: "one & two", task: t.py, inputs: {i: $in}, outputs: {-o: $out, --dir: $dir}, args: {--q: $quote, --flag: true}}
  - {name: aside, task: t.py, disabled: true}
  - {name: never, task: t.py, when: "quote == 1"}
  - {name: loose, task: t.py, env: {MODE: "a b", API_TOKEN: abc}, cwd: some where, continue_on_error: true}
`;

Deno.test("exportPipeline() writes a shell script that quotes everything and runs in order", async () => {
  const text = await exported(HOSTILE, "sh");
  equal(
    text,
    `#!/bin/sh
# Made by loom from p.yml: change that, not this. Runs every step.
# aside is left out: it is disabled
# never is left out: quote == 1 is not true
set -eu
cd -- "$(dirname -- "$0")"/'sub dir'
PYTHON=\${PYTHON:-python3}

step_one_two() {
  mkdir -p out
  "$PYTHON" t.py 'a b$c:d#e%.txt' -o 'out/x y.csv' --dir made --q 'it'\\''s $HOME \`x\`' --flag
}

# loom would try it 3 times
# loom would end it after 90 s
step_last() {
  "$PYTHON" t.py made/z.txt
}

step_loose() {
  (root=$(pwd) && cd 'some where' && env MODE='a b' API_TOKEN="\${API_TOKEN:?}" "$PYTHON" "$root"/t.py) || echo 'loose failed; going on' >&2
}

printf '%s\\n' '[RUNNING] one & two'
step_one_two
printf '%s\\n' '[RUNNING] last'
step_last
printf '%s\\n' '[RUNNING] loose'
step_loose
`,
  );
});

Deno.test("exportPipeline() writes a Makefile with a rule for each step", async () => {
  const text = await exported(HOSTILE, "make");
  const rule = (start: string) => text.split("\n").filter((line) => line.startsWith(start))[0];
  equal(rule("out/x"), "out/x\\ y.csv made &: t.py helper.py a\\ b$$c\\:d\\#e%.txt");
  equal(rule("last:"), "last: t.py helper.py made");
  equal(rule(".PHONY"), ".PHONY: all one_two last loose");
  ok(text.includes(`\t"$$PYTHON" t.py 'a b$$c:d#e%.txt' -o 'out/x y.csv' --dir made --q 'it'\\''s $$HOME`));
  ok(text.includes("\t@touch made\n"));
});

Deno.test("exportPipeline() refuses what a script cannot do, all of it at once, with places", async () => {
  const text = `
data: {u: "https://example.org/x.csv", a: a.txt, m: m.json}
matrix: {lr: [1, 2]}
pipeline:
  - {name: q, kind: condition, predicate: exists, inputs: {data: $a}}
  - {name: s, kind: switch, condition: $q, data: $a}
  - {group: g, multi_pass: {count: 2}, steps: [{name: t, task: t.py, outputs: {-o: $m}}]}
  - {name: box, task: t.py, sandbox: true}
  - {name: net, task: t.py, inputs: {u: $u}}
  - {name: key, task: t.py, args: {--key: "\${MY_TOKEN}"}}
  - {name: odd, task: t.py, loop: {over: in, into: out, filter: "**/*.txt"}}
`;
  const found = await refused(text, "sh", { MY_TOKEN: "sesame-open" });
  deepEqual(found, [
    "3 A sweep tries many values, and a script has one of each",
    "5 Step 'q': conditions are asked while it runs",
    "6 Step 's': switches are thrown while it runs",
    "7 Step 'g': a group that is repeated keeps the results of each iteration apart",
    "8 Step 'box': only loom holds it in a sandbox",
    "9 Step 'net': loom downloads one of its inputs",
    "10 Step 'key': its command holds a secret, which must not be kept in a file",
    "11 Step 'odd': its filter **/*.txt is none that a shell knows",
  ]);
});

Deno.test("exportPipeline() refuses a Makefile where make could not name files or would see two rules for one", async () => {
  const text = `
pipeline:
  - {name: a, task: t.py, outputs: {-o: same.txt}}
  - {name: b, task: t.py, outputs: {-o: same.txt}}
  - {name: c, task: t.py, outputs: {-o: "a=b.txt"}}
  - {name: d, task: t.py, args: {--text: "two\\nlines"}}
`;
  deepEqual(await refused(text, "make"), [
    "3 Step 'a': it writes the same as b, and make knows one rule for each file",
    "4 Step 'b': it writes the same as a, and make knows one rule for each file",
    `5 Step 'c': make cannot name the file "/w/a=b.txt"`,
    "6 Step 'd': one of its arguments holds a line end or another control character, which make cannot pass on",
  ]);
  const script = await exported(text, "sh");
  ok(script.includes("--text 'two\nlines'"));
  await rejects(exported("pipeline: [{name: a, task: t.py, inputs: {x: $nobody}}]", "sh"), {
    code: "pipeline-invalid",
  });
});
