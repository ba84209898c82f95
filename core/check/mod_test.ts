import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import type { Problem } from "../errors.ts";
import { memoryFiles } from "../../tests/support/memory_files.ts";
import { checkPipeline, type ScriptCache } from "./mod.ts";

const TRAIN = `"""Fits."""
import argparse
MODELS = ("linear", "forest")

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("table")
    parser.add_argument("-o", required=True)
    parser.add_argument("--epochs", "-e", type=int, default=5)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--model", choices=MODELS)
    parser.add_argument("--pair", nargs=2)
    parser.add_argument("--verbose", action="store_true")
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--fast", action="store_true")
    either.add_argument("--slow", action="store_true")
    args = parser.parse_args()

if __name__ == "__main__":
    main()
`;

const DECLARED = `"""Fits.

---
inputs:
  table: {type: csv}
  extra: {type: json}
outputs:
  -o: {type: image}
args:
  --rate: {type: float, required: true}
  --mode: {choices: [slow, fast]}
  --count: {type: int}
  --loud: {type: bool}
---
"""
import sys
`;

const FILES = {
  "/w/tasks/train.py": TRAIN,
  "/w/tasks/declared.py": DECLARED,
  "/w/tasks/plain.py": "print(1)\n",
  "/w/tasks/broken.py": "def f(:\n  pass\n",
  "/w/tasks/dynamic.py": TRAIN.replace("    args =", "    add_more(parser)\n    args ="),
  "/w/tasks/click.py": "import click\n@click.command()\n@click.option('--lr')\ndef main(lr): pass\nmain()\n",
  "/w/tasks/known.py": TRAIN.replace("parse_args", "parse_known_args"),
  "/w/tasks/run.sh": "# ---\n# args: {--lr: {type: float}}\n# ---\n",
  "/w/tasks/garbled.py": '"""x\n\n---\ninputs: [\n---\n"""\n',
  "/w/tasks/make.py": '"""x\n\n---\noutputs:\n  -o: {type: json}\n---\n"""\n',
  "/w/in.csv": "a\n",
  "/w/in.json": "{}\n",
  "/w/folder/a.csv": "a\n",
};

const DATA = "data: {in: in.csv, out: output/out.json}\n";

/** A step of `train.py`: inputs and outputs are right, and args are as given. */
function trains(args: string, more = ""): string {
  return `${DATA}${more}pipeline:\n  - name: fit\n    task: tasks/train.py\n    inputs: {table: $in}\n` +
    `    outputs: {-o: $out}\n    args: {${args}}\n`;
}

/** The same of `declared.py`. */
function declares(args: string): string {
  return `data:\n  in: {path: in.csv, type: csv}\n  more: {path: in.json, type: json}\n  out: {path: output/o.png, type: image}\n` +
    `pipeline:\n  - name: fit\n    task: tasks/declared.py\n    inputs: {table: $in, extra: $more}\n    outputs: {-o: $out}\n    args: {${args}}\n`;
}

interface Case {
  readonly name: string;
  readonly yaml: string;
  /** `LINE:COLUMN LEVEL CODE`, behind the file if it is not the pipeline's. */
  readonly found: string;
  /** What follows from it. */
  readonly also?: string;
  readonly hint: RegExp;
  /** What the hint says to do: with it the finding is gone. */
  readonly mend: readonly [from: string, to: string];
}

const CASES: readonly Case[] = [
  {
    name: "an unknown reference",
    yaml: trains("--epochs: 3").replace("$in}", "$inn}"),
    found: "5:21 error unknown-reference",
    hint: /did you mean '\$in'/,
    mend: ["$inn", "$in"],
  },
  {
    name: "a variable that is not set",
    yaml: trains("--epochs: 3").replace("in.csv", '"${FOLDER}in.csv"'),
    found: "1:12 error unset-variable",
    hint: /set it before starting loom: FOLDER=/,
    mend: ["${FOLDER}", ""],
  },
  {
    name: "an option that the script does not know",
    yaml: trains("--epcohs: 3"),
    found: "7:12 error unknown-argument",
    hint: /did you mean '--epochs'/,
    mend: ["--epcohs", "--epochs"],
  },
  {
    name: "a float where an int is taken",
    yaml: trains("--epochs: 3.0"),
    found: "7:22 error wrong-type",
    hint: /write 3$/,
    mend: ["3.0", "3"],
  },
  {
    name: "a word where a float is taken",
    yaml: trains("--rate: fast"),
    found: "7:20 error wrong-type",
    hint: /a number/,
    mend: ["fast", "1"],
  },
  {
    name: "the parameter that has the wrong type",
    yaml: trains("--epochs: $epochs", "parameters: {epochs: many}\n"),
    found: "2:22 error wrong-type",
    hint: /whole number/,
    mend: ["many", "12"],
  },
  {
    name: "one value of a sweep",
    yaml: trains("--epochs: $epochs", "matrix: {epochs: [1, 2.5, 3]}\n"),
    found: "2:22 error wrong-type",
    hint: /whole number/,
    mend: ["2.5", "2"],
  },
  {
    name: "one value of a schedule",
    yaml: "pipeline:\n  - group: g\n    multi_pass: {schedule: [{n: 1}, {n: many}]}\n    steps:\n" +
      "      - {name: x, task: tasks/train.py, inputs: {t: in.csv}, outputs: {-o: output/o}, args: {--epochs: $n}}\n",
    found: "3:41 error wrong-type",
    hint: /whole number/,
    mend: ["many", "2"],
  },
  {
    name: "one value of a zip",
    yaml: trains("--epochs: $epochs", "matrix: {zip: {epochs: [1, 2.5]}}\n"),
    found: "2:28 error wrong-type",
    hint: /whole number/,
    mend: ["2.5", "2"],
  },
  {
    name: "no choice",
    yaml: trains("--model: forrest"),
    found: "7:21 error not-a-choice",
    hint: /did you mean 'forest'/,
    mend: ["forrest", "forest"],
  },
  {
    name: "a list as one word where two words are taken",
    yaml: trains("--pair: [1, 2]"),
    found: "7:20 error missing-value",
    hint: /a list is one value/,
    mend: ["--pair: [1, 2]", "--epochs: 3"],
  },
  {
    name: "true for an option that takes a value",
    yaml: trains("--epochs: true"),
    found: "7:22 error missing-value",
    hint: /write the value/,
    mend: ["true", "4"],
  },
  {
    name: "a value that begins with a dash",
    yaml: trains("--rate: '-fast'"),
    found: "7:20 error missing-value",
    hint: /write "--rate=-fast": true/,
    mend: ["--rate: '-fast'", "--rate: -1"],
  },
  {
    name: "a negative number with an exponent",
    yaml: trains("--rate: -1.0e-5"),
    found: "7:20 warning looks-like-option",
    hint: /write "--rate=-1e-05": true/,
    mend: ["--rate: -1.0e-5", '"--rate=-1e-05": true'],
  },
  {
    name: "extra files that are not there",
    yaml: trains("--epochs: 3") + "    deps: [ni.csv]\n    cwd: foldr\n",
    found: "8:12 warning input-not-found",
    also: "9:10 warning folder-not-found",
    hint: /did you mean 'in.csv'/,
    mend: ["ni.csv", "in.csv"],
  },
  {
    name: "a disabled step, whose faults stop nothing,",
    yaml: "pipeline:\n  - {name: x, task: tasks/plian.py, disabled: true}\n",
    found: "2:21 warning script-not-found",
    hint: /did you mean/,
    mend: ["plian", "plain"],
  },
  {
    name: "a value for a switch",
    yaml: trains("--verbose: 3"),
    found: "7:23 error unexpected-value",
    hint: /write true/,
    mend: ["--verbose: 3", "--verbose: true"],
  },
  {
    name: "two options that exclude each other",
    yaml: trains("--fast: true, --slow: true"),
    found: "7:26 error exclusive-arguments",
    hint: /keep one/,
    mend: ["--slow: true", "--slow: false"],
  },
  {
    name: "a required option",
    yaml: trains("--epochs: 3").replace("    outputs: {-o: $out}\n", ""),
    found: "6:11 error missing-argument",
    also: "1:20 warning unused-data",
    hint: /add '-o: …'/,
    mend: ["{--epochs", "{-o: $out, --epochs"],
  },
  {
    name: "a required input",
    yaml: trains("--epochs: 3").replace("    inputs: {table: $in}\n", ""),
    found: "3:11 error missing-input",
    also: "1:8 warning unused-data",
    hint: /add it to 'inputs'/,
    mend: ["    outputs", "    inputs: {t: $in}\n    outputs"],
  },
  {
    name: "an input too many",
    yaml: trains("--epochs: 3").replace("$in}", "$in, more: in.json}"),
    found: "5:32 error too-many-inputs",
    hint: /it takes table/,
    mend: [", more: in.json", ""],
  },
  {
    name: "an arg that front matter requires",
    yaml: declares("--mode: fast"),
    found: "10:11 error missing-argument",
    hint: /add '--rate: …'/,
    mend: ["--mode", "--rate: 1, --mode"],
  },
  {
    name: "an arg that front matter does not name",
    yaml: declares("--rate: 1, --moed: fast"),
    found: "10:23 warning unknown-argument",
    hint: /did you mean '--mode'/,
    mend: ["--moed", "--mode"],
  },
  {
    name: "a value of another type than front matter says",
    yaml: declares("--rate: high"),
    found: "10:20 error wrong-type",
    hint: /number/,
    mend: ["high", "1e-3"],
  },
  {
    name: "true for an int of front matter",
    yaml: declares("--rate: 1, --count: true"),
    found: "10:32 error wrong-type",
    hint: /write the value/,
    mend: ["--count: true", "--count: 1"],
  },
  {
    name: "a text for a bool of front matter",
    yaml: declares("--rate: 1, --loud: maybe"),
    found: "10:31 error wrong-type",
    hint: /true or false/,
    mend: ["maybe", "true"],
  },
  {
    name: "a value that front matter does not let choose",
    yaml: declares("--rate: 1, --mode: medium"),
    found: "10:31 error not-a-choice",
    hint: /choose from 'slow', 'fast'/,
    mend: ["medium", "fast"],
  },
  {
    name: "an output that front matter names",
    yaml: declares("--rate: 1").replace("    outputs: {-o: $out}\n", ""),
    found: "6:11 warning missing-output",
    also: "4:3 warning unused-data",
    hint: /add '-o: …'/,
    mend: ["    args", "    outputs: {-o: $out}\n    args"],
  },
  {
    name: "fewer inputs than front matter names",
    yaml: declares("--rate: 1").replace(", extra: $more", ""),
    found: "8:13 warning missing-input",
    also: "3:3 warning unused-data",
    hint: /table, extra/,
    mend: ["$in}", "$in, extra: $more}"],
  },
  {
    name: "more inputs than front matter names",
    yaml: declares("--rate: 1").replace("$more}", "$more, third: in.csv}"),
    found: "8:13 warning too-many-inputs",
    hint: /table, extra/,
    mend: [", third: in.csv", ""],
  },
  {
    name: "inputs in another order than front matter names them",
    yaml: declares("--rate: 1").replace("table: $in, extra: $more", "extra: $more, table: $in"),
    found: "8:14 warning input-order",
    hint: /it takes table, extra/,
    mend: ["extra: $more, table: $in", "table: $in, extra: $more"],
  },
  {
    name: "data of another type than an input takes",
    yaml: declares("--rate: 1").replace("extra: $more", "extra: $in").replace(
      "  more: {path: in.json, type: json}\n",
      "",
    ),
    found: "7:33 error type-mismatch",
    hint: /mend the type/,
    mend: ["extra: $in", "extra: in.json"],
  },
  {
    name: "data of another type than an output makes",
    yaml: declares("--rate: 1").replace("type: image", "type: csv"),
    found: "9:19 error type-mismatch",
    hint: /mend the type/,
    mend: ["output/o.png, type: csv", "output/o.png, type: image"],
  },
  {
    name: "what one step makes and another takes",
    yaml: `${declares("--rate: 1").replace(", type: csv", "").replace("in.csv", "output/in.json")}` +
      "  - {name: make, task: tasks/make.py, outputs: {-o: $in}}\n",
    found: "8:21 error type-mismatch",
    hint: /connect other data/,
    mend: ["table: $in", "table: in.csv"],
  },
  {
    name: "an input that nobody makes",
    yaml: trains("--epochs: 3").replace("in.csv", "ni.csv"),
    found: "1:12 error input-not-found",
    hint: /did you mean 'in.csv'/,
    mend: ["ni.csv", "in.csv"],
  },
  {
    name: "an input that only a disabled step makes",
    yaml: trains("--epochs: 3").replace("in.csv", "output/in.csv") +
      "  - {name: make, task: tasks/plain.py, disabled: true, outputs: {-o: $in}}\n",
    found: "5:21 warning skipped-producer",
    hint: /enable 'make'/,
    mend: [" disabled: true,", ""],
  },
  {
    name: "an input that only an optional step makes",
    yaml: trains("--epochs: 3").replace("in.csv", "output/in.csv") +
      "  - {name: make, task: tasks/plain.py, optional: true, outputs: {-o: $in}}\n",
    found: "5:21 warning skipped-producer",
    hint: /--include make/,
    mend: [" optional: true,", ""],
  },
  {
    name: "an input that is an arg of another step",
    yaml: trains("--epochs: 3").replace("in.csv", "output/in.csv") +
      "  - {name: make, task: tasks/plain.py, args: {-o: $in}}\n",
    found: "5:21 warning undeclared-output",
    hint: /from its 'args' to its 'outputs'/,
    mend: ["plain.py, args", "plain.py, outputs"],
  },
  {
    name: "data that no step uses",
    yaml: trains("--epochs: 3").replace("{in:", "{spare: x.csv, in:"),
    found: "1:8 warning unused-data",
    hint: /remove it/,
    mend: ["spare: x.csv, ", ""],
  },
  {
    name: "a parameter that no step uses",
    yaml: trains("--epochs: 3", "parameters: {spare: 3}\n"),
    found: "2:14 warning unused-parameter",
    hint: /use it as '\$spare'/,
    mend: ["--epochs: 3", "--epochs: $spare"],
  },
  {
    name: "a key of the matrix that no step uses",
    yaml: trains("--epochs: 3", "matrix: {spare: [1, 2]}\n"),
    found: "2:10 warning unused-matrix-key",
    hint: /use it as '\$spare'/,
    mend: ["--epochs: 3", "--epochs: $spare"],
  },
  {
    name: "an output that no step uses, beside one that some do",
    yaml: "data: {a: output/a.csv, b: output/b.csv}\npipeline:\n" +
      "  - {name: x, task: tasks/plain.py, outputs: {-a: $a, -b: $b}}\n  - {name: y, task: tasks/plain.py, inputs: {a: $a}}\n",
    found: "3:59 hint unused-output",
    hint: /if it is a result/,
    mend: [", inputs: {a: $a}", ", inputs: {a: $a, b: $b}"],
  },
  {
    name: "a script that is not there",
    yaml: trains("--epochs: 3").replace("train.py", "trian.py"),
    found: "4:11 error script-not-found",
    hint: /did you mean 'tasks\/train.py'/,
    mend: ["trian", "train"],
  },
  {
    name: "a script in another folder",
    yaml: trains("--epochs: 3").replace("tasks/train.py", "train.py"),
    found: "4:11 error script-not-found",
    hint: /did you mean 'tasks\/train.py'/,
    mend: ["task: train", "task: tasks/train"],
  },
  {
    name: "a script that Python does not read",
    yaml: "pipeline:\n  - {name: x, script: tasks/broken.py}\n",
    found: "tasks/broken.py:1:1 error script-broken",
    hint: /no step that runs it/,
    mend: ["broken", "plain"],
  },
  {
    name: "front matter that is no YAML",
    yaml: "pipeline:\n  - {name: x, task: tasks/garbled.py}\n",
    found: "tasks/garbled.py:4:10 warning front-matter-broken",
    hint: /between the lines of dashes/,
    mend: ["garbled", "plain"],
  },
  {
    name: "a script whose arguments cannot be told",
    yaml: "pipeline:\n  - {name: x, task: tasks/dynamic.py}\n",
    found: "2:21 hint arguments-not-told",
    hint: /front matter/,
    mend: ["dynamic", "plain"],
  },
  {
    name: "a parameter hidden by data",
    yaml: trains("--epochs: 3", "parameters: {in: 3}\n"),
    found: "2:14 warning shadowed-parameter",
    hint: /rename/,
    mend: ["parameters: {in: 3}\n", ""],
  },
  {
    name: "a variable hidden by data",
    yaml: trains("--epochs: 3", "variables: {in: other.csv}\n"),
    found: "2:13 warning shadowed-variable",
    also: "2:1 warning deprecated",
    hint: /remove it/,
    mend: ["variables: {in: other.csv}\n", ""],
  },
  {
    name: "a step that is called as a group",
    yaml: trains("--epochs: 3") + "  - group: fit\n    steps:\n      - {name: other, task: tasks/plain.py}\n",
    found: "3:11 warning shared-name",
    hint: /rename/,
    mend: ["group: fit", "group: more"],
  },
  {
    name: "a condition that is called as a parameter",
    yaml:
      "parameters: {big: true}\npipeline:\n  - {name: big, kind: condition, predicate: param, inputs: {data: $big}}\n" +
      "  - {name: way, kind: switch, condition: $big, data: in.csv}\n  - {name: x, task: tasks/plain.py, inputs: {a: $way.then}}\n",
    found: "3:12 warning shared-name",
    hint: /rename/,
    mend: ["{name: big", "{name: is_big"],
  },
  {
    name: "two steps that write the same",
    yaml: trains("--epochs: 3") + "  - {name: other, task: tasks/plain.py, outputs: {-o: $out}}\n",
    found: "8:50 warning shared-output",
    hint: /the last one wins/,
    mend: ["plain.py, outputs: {-o: $out}", "plain.py, outputs: {-o: output/other.json}"],
  },
  {
    name: "a circle",
    yaml:
      "data: {a: output/a, b: output/b}\npipeline:\n  - {name: x, task: tasks/plain.py, inputs: {b: $b}, outputs: {-o: $a}}\n" +
      "  - {name: y, task: tasks/plain.py, inputs: {a: $a}, outputs: {-o: $b}}\n",
    found: "3:5 warning cycle",
    hint: /file order/,
    mend: ["inputs: {b: $b}, ", ""],
  },
  {
    name: "an output outside of the pipeline's folder",
    yaml: trains("--epochs: 3").replace("output/out.json", "../out.json"),
    found: "6:19 error outside-pipeline",
    hint: /allow_outside_pipeline/,
    mend: ["../out.json", "{path: ../out.json, allow_outside_pipeline: true}"],
  },
  {
    name: "an output outside of output_dir",
    yaml: trains("--epochs: 3").replace("output/out.json", "out.json"),
    found: "1:25 hint outside-output-dir",
    hint: /set 'output_dir'/,
    mend: ["data:", "output_dir: .\ndata:"],
  },
  {
    name: "an absolute path of what is nested",
    yaml: trains("--epochs: 3").replace("in: in.csv", "box: folder, in: {path: /w/in.csv, nested_in: $box}"),
    found: "1:32 error outside-container",
    hint: /inside its container/,
    mend: ["/w/in.csv", "a.csv"],
  },
  {
    name: "an output that would replace a script",
    yaml: trains("--epochs: 3").replace("output/out.json", "tasks/train.py"),
    found: "6:19 error overwrites-source",
    hint: /another path/,
    mend: ["out: tasks/train.py", "out: output/x"],
  },
  {
    name: "a `when` that names no parameter",
    yaml: trains("--epochs: $epochs", "parameters: {epochs: 3}\n") + "    when: epcohs > 2\n",
    found: "9:11 error expression-invalid",
    hint: /epochs/,
    mend: ["epcohs", "epochs"],
  },
  {
    name: "a secret among the args",
    yaml: "pipeline:\n  - {name: x, task: tasks/plain.py, args: {--api-key: sk-4711abcdef0815}}\n",
    found: "2:55 warning plain-secret",
    hint: /secrets: \[API_KEY\]/,
    mend: ["args: {--api-key: sk-4711abcdef0815}", "secrets: [API_KEY]"],
  },
  {
    name: "a secret in the file",
    yaml: "pipeline:\n  - {name: x, task: tasks/plain.py, secrets: [WORD], env: {WORD: hush}}\n",
    found: "2:66 warning plain-secret",
    hint: /set WORD before/,
    mend: [", env: {WORD: hush}", ""],
  },
  {
    name: "a key that looks mistyped",
    yaml: trains("--epochs: 3") + "    ouptuts: {}\n",
    found: "8:5 warning unknown-key",
    hint: /did you mean 'outputs'/,
    mend: ["    ouptuts: {}\n", ""],
  },
  {
    name: "a condition that nobody asks",
    yaml: "pipeline:\n  - {name: there, kind: condition, predicate: exists, inputs: {data: in.csv}}\n",
    found: "2:12 warning unused-condition",
    hint: /condition: \$there/,
    mend: ["\n  - {name: there, kind: condition, predicate: exists, inputs: {data: in.csv}}", " []"],
  },
  {
    name: "a switch whose branches nobody uses",
    yaml: "parameters: {p: true}\npipeline:\n  - {name: way, kind: switch, condition: $p, data: in.csv}\n",
    found: "3:12 warning unused-switch",
    hint: /as an input/,
    mend: ["data: in.csv}\n", "data: in.csv}\n  - {name: x, task: tasks/plain.py, inputs: {a: $way.else}}\n"],
  },
  {
    name: "metrics that no step makes",
    yaml: trains("--epochs: 3", "metrics: [output/ouy.json]\n"),
    found: "2:11 warning metrics-not-made",
    hint: /did you mean 'output\/out.json'/,
    mend: ["ouy", "out"],
  },
  {
    name: "a loop whose item is not used",
    yaml:
      "pipeline:\n  - name: x\n    task: tasks/plain.py\n    loop: {over: folder, into: output/into}\n    outputs: {-o: $loop_output}\n",
    found: "4:5 warning loop-item-unused",
    hint: /\$loop_item/,
    mend: ["    outputs", "    inputs: {i: $loop_item}\n    outputs"],
  },
  {
    name: "a file where a folder is said to be",
    yaml:
      "data: {box: {path: in.csv, type: data_folder}}\npipeline:\n  - {name: x, task: tasks/plain.py, inputs: {b: $box}}\n",
    found: "1:34 warning wrong-kind",
    hint: /its type or its path/,
    mend: ["data_folder", "csv"],
  },
  {
    name: "resources that nobody has",
    yaml: "pipeline:\n  - {name: x, task: tasks/plain.py, resources: {gpu: 1}}\n",
    found: "2:49 error unknown-resource",
    hint: /execution.resources/,
    mend: ["pipeline:", "execution: {resources: {gpu: 1}}\npipeline:"],
  },
  {
    name: "a text that is no YAML",
    yaml: "pipeline:\n  - {name: x\n",
    found: "3:1 error yaml-syntax",
    hint: /./,
    mend: ["{name: x", "{name: x, task: tasks/plain.py}"],
  },
];

for (const { name, yaml, found, also, hint, mend } of CASES) {
  Deno.test(`checkPipeline() tells of ${name}, where it is and what to do`, async () => {
    const problems = await check(yaml);
    deepEqual(problems.map(shown).filter((line) => line !== found && line !== also), [], JSON.stringify(problems));
    const [problem] = problems.filter((it) => shown(it) === found);
    ok(problem, `${found} is not among ${JSON.stringify(problems)}`);
    match(problem.hint ?? "", hint);
    const mended = yaml.replace(...mend);
    const left = await check(mended);
    deepEqual(left.filter(({ code }) => code === problem.code), [], mended);
  });
}

async function check(yaml: string): Promise<readonly Problem[]> {
  return (await checkPipeline(yaml, "/w/pipeline.yml", { files: memoryFiles(FILES), env: {} })).problems;
}

function shown({ file = "", line, column, level, code }: Problem): string {
  const place = file === "/w/pipeline.yml" ? "" : `${file.replace("/w/", "")}:`;
  return `${place}${line}:${column} ${level} ${code}`;
}

Deno.test("checkPipeline() reads a script again only when it has changed", async () => {
  const files = memoryFiles(FILES);
  let reads = 0;
  const counting = { ...files, readText: (path: string) => (reads++, files.readText(path)) };
  const scripts: ScriptCache = new Map();
  const context = { files: counting, env: {}, scripts };
  const text = trains("--epochs: 3");
  const twice = `${text}${
    text.slice(text.indexOf("  - name")).replace("fit", "again").replace("$out", "output/b.json")
  }`;
  equal((await checkPipeline(twice, "/w/pipeline.yml", context)).scripts, 1);
  equal(reads, 1);
  await checkPipeline(twice, "/w/pipeline.yml", context);
  equal(reads, 1);
  files.write("/w/tasks/train.py", TRAIN.replace("type=int", "type=float"));
  deepEqual((await checkPipeline(trains("--epochs: 3.0"), "/w/pipeline.yml", context)).problems, []);
  equal(reads, 2);
});

Deno.test("checkPipeline() tells what is wrong in an included file at its place there", async () => {
  const part = `parameters: {n: many}\n${trains("--epochs: $n, --x: 1").replaceAll("in.csv", "../in.csv")}`;
  const files = memoryFiles({ ...FILES, "/w/sub/part.yml": part.replace("tasks/train.py", "../tasks/train.py") });
  const text = "include: {file: sub/part.yml, prefix: a}\noutput_dir: sub\n";
  const { problems, steps } = await checkPipeline(text, "/w/pipeline.yml", { files, env: {} });
  deepEqual(problems.map(shown), [
    "sub/part.yml:1:17 error wrong-type",
    "sub/part.yml:8:26 error unknown-argument",
  ]);
  equal(steps, 1);
});

const FINE: Readonly<Record<string, string>> = {
  "shortened options": trains("--epo: 3, --verb: true"),
  "options that are turned off": trains("--fast: false, --slow: true, --verbose: false"),
  "numbers as Python reads them": trains("--epochs: 1_0, --rate: 1e-3, --model: linear"),
  "a script that takes anything": trains("--epochs: 3, --other: 4").replace("train.py", "known.py"),
  "a script that uses another library": trains("--lrr: 3").replace("train.py", "click.py"),
  "front matter in a comment": "pipeline:\n  - {name: x, task: tasks/run.sh, args: {--lr: 1}}\n",
  "an arg for which front matter has its default": declares("--rate: 1, --count: false"),
  "files that an earlier step puts into a folder":
    "pipeline:\n  - {name: x, task: tasks/plain.py, outputs: {-o: output/box}}\n" +
    "  - {name: y, task: tasks/plain.py, inputs: {a: output/box/a.csv}, outputs: {-o: output/b}}\n",
  "a script that an earlier step writes":
    "pipeline:\n  - {name: x, task: tasks/plain.py, outputs: {-o: output/made.py}}\n  - {name: y, task: output/made.py}\n",
  "values of a schedule":
    "pipeline:\n  - group: g\n    multi_pass: {schedule: [{rate: 0.1}, {rate: 0.2}]}\n    steps:\n" +
    "      - {name: x, task: tasks/train.py, inputs: {t: in.csv}, outputs: {-o: output/o}, args: {--rate: $rate}}\n",
  "a sweep whose points have folders of their own":
    "matrix: {rate: [0.1, 1]}\nversion: 2\npipeline:\n  - {name: x, task: tasks/train.py, inputs: {t: in.csv}, " +
    "outputs: {-o: 'output/${sweep.id}/o'}, args: {--rate: $rate}}\n",
  "nothing at all": "",
};

for (const [name, yaml] of Object.entries(FINE)) {
  Deno.test(`checkPipeline() lets be ${name}`, async () => {
    deepEqual((await check(yaml)).map((problem) => `${shown(problem)} ${problem.message}`), []);
  });
}
