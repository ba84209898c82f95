import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { memoryFiles } from "../../tests/support/memory_files.ts";
import type { Pipeline, TaskStep } from "../graph/pipeline.ts";
import { dependencies } from "../graph/dependencies.ts";
import { parsePipeline } from "../graph/parse/mod.ts";
import { pyStr } from "../yaml/value.ts";
import { readYaml } from "../yaml/read.ts";
import { type Draft, draftPipeline } from "./draft.ts";

/** A script that takes these arguments; each is the inside of an `add_argument`. */
function script(...args: readonly string[]): string {
  const lines = args.map((inside) => `parser.add_argument(${inside})`);
  return ["import argparse", "parser = argparse.ArgumentParser()", ...lines, "args = parser.parse_args()", ""].join(
    "\n",
  );
}

/** The draft of a folder `/w` with these files, and what loom reads it as: without errors. */
function draft(files: Readonly<Record<string, string>>): Draft & { readonly pipeline: Pipeline } {
  const disk = memoryFiles(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/w/${name}`, text])));
  const made = draftPipeline("/w", disk);
  const { value, problems } = readYaml(made.text, "/w/pipeline.yml");
  const parsed = parsePipeline(value, "/w/pipeline.yml");
  deepEqual([...problems, ...parsed.problems], []);
  return { ...made, pipeline: parsed.pipeline };
}

function waits({ pipeline }: { readonly pipeline: Pipeline }): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Array.from(dependencies(pipeline, {}), ([name, before]) => [name, [...before]]));
}

function task({ pipeline }: { readonly pipeline: Pipeline }, name: string): TaskStep {
  return pipeline.steps.find((step): step is TaskStep => step.name === name && step.kind === "task")!;
}

const CHAIN = {
  "clean.py": script(
    '"raw", default="raw.csv", nargs="?"',
    '"--out", default="made/clean.csv"',
    '"--seed", type=int, default=3',
  ),
  "fit.py": script(
    '"--data", default="./made/clean.csv", help="where the table is"',
    '"--model-path", default="made/model.json", help="where to save the model"',
    '"--lr", type=float, default=1e-05',
    '"--seed", type=int, default=3',
    '"--log-every", type=int, default=10',
    '"--verbose", action="store_true"',
    '"--note"',
  ),
  "plot.py": script(
    '"model", default="made/model.json"',
    '"-o", "--output", required=True',
    '"--output-format", default="png"',
  ),
  "raw.csv": "a\n",
};

Deno.test("draftPipeline() connects scripts by the paths that both name, and orders them", () => {
  const made = draft(CHAIN);
  deepEqual(waits(made), { clean: [], fit: ["clean"], plot: ["fit"] });
  deepEqual(made.parameters, ["seed"]);
  const fit = task(made, "fit");
  deepEqual([...fit.outputs], [["--model-path", "$model"]]);
  deepEqual(Array.from(fit.args, ([flag, value]) => [flag, pyStr(value)]), [
    ["--data", "$clean"],
    ["--lr", "1e-05"],
    ["--seed", "$seed"],
    ["--log-every", "10"],
    ["--verbose", "False"],
  ]);
  deepEqual([...task(made, "clean").inputs], [["raw", "$raw"]]);
  deepEqual([...task(made, "plot").outputs.keys(), ...task(made, "plot").args.keys()], ["--output", "--output-format"]);
  deepEqual(Array.from(made.pipeline.data.values(), ({ key, path, type }) => [key, path, type]), [
    ["clean", "made/clean.csv", "csv"],
    ["model", "made/model.json", "json"],
    ["plot", "output/plot", undefined],
    ["raw", "raw.csv", "csv"],
  ]);
  deepEqual(made.choices, []);
  ok(made.text.includes("# --note: optional"), made.text);
});

Deno.test("draftPipeline() leaves out helpers, tests and questions, and says why", () => {
  const made = draft({
    ...CHAIN,
    "helper.py": "def f(): pass\n",
    "use.py": "import helper\n" + script('"x"'),
    "test_use.py": "assert True\n",
    "tests/thing.py": "",
    "pkg/__init__.py": "",
    "_own.py": "",
    "ask.py": '"""\n---\nkind: condition\n---\n"""\n',
    ".venv/lib/x.py": "",
    "__pycache__/y.py": "",
    "env/pyvenv.cfg": "",
    "env/z.py": "",
    "run.sh": "# ---\n# outputs:\n#   -o: {type: csv}\n# ---\n",
  });
  deepEqual(made.leftOut.map(({ file, reason }) => `${file}: ${reason}`), [
    "_own.py: its name begins with _",
    "ask.py: it answers a question; give it to a step of kind condition",
    "helper.py: use.py imports it",
    "test_use.py: it is a test",
    "pkg/__init__.py: it belongs to a package",
    "tests/thing.py: it is a test",
  ]);
  deepEqual(made.steps.map(({ name }) => name).sort(), ["clean", "fit", "plot", "run", "use"]);
  deepEqual([...task(made, "run").outputs], [["-o", "$run"]]);
});

Deno.test("draftPipeline() tells what it guesses, and closes no ring", () => {
  const made = draft({
    "split.py": script('"whole"', '"--train", required=True', '"--test", required=True')
      .replace(
        "import argparse",
        '"""\n---\noutputs: {--train: {type: csv}, --test: {type: csv}}\n---\n"""\nimport argparse',
      ),
    "learn.py": script(
      '"train"',
      '"--whole", required=True, help="output file"',
      '"--rate", type=float, required=True',
    ),
    "whole.csv": "",
  });
  deepEqual(waits(made), { split: [], learn: ["split"] });
  deepEqual(made.choices, [
    "learn: train is taken for what split writes, by its name",
    "learn: --rate must be given and has no default; 1.0 stands in for one",
  ]);
  equal(made.pipeline.data.get("whole_2")?.path, "whole.csv");
});

Deno.test("draftPipeline() reads whatever names and defaults there are as what they are", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 15 });
  const flag = fc.stringMatching(/^--[a-z][a-z0-9-]{0,8}$/);
  const preset = fc.oneof(text.map((value) => JSON.stringify(value)), fc.integer().map(String), fc.constant("True"));
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(flag, preset), { maxLength: 6, selector: ([flag]) => flag }),
      text,
      (args, name) => {
        const file = `${name.replaceAll(/[/\0]/g, "x") || "x"}.py`;
        const made = draft({ [`s/${file}`]: script(...args.map(([flag, value]) => `"${flag}", default=${value}`)) });
        ok(made.steps.length <= 1);
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("draftPipeline() names steps in one line, whatever their scripts are called", () => {
  const made = draft({ "a\u0085b.py": script(), "x\u2028\ty/a\u007fb.py": script(), "x/c\n.py": script() });
  deepEqual(made.steps.map(({ name }) => name).sort(), ["a_b", "c_", "x__y_a_b"]);
});

Deno.test("draftPipeline() looks at the first thousand files", () => {
  const many = Object.fromEntries(Array.from({ length: 1100 }, (_, at) => [`data/${at}.csv`, ""]));
  deepEqual([draft({ ...CHAIN, ...many }).isCut, draft(CHAIN).isCut], [true, false]);
});
