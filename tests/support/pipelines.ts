/**
 * Scripts that the tests' pipelines run, and pipelines that several tests share.
 *
 * @module
 */

/** Appends the words it received to `received.jsonl` beside the pipeline. Sourced by the others. */
const RECORD = `import json, os, sys

base = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def record():
    line = json.dumps(sys.argv) + "\\n"
    log = os.open(os.path.join(base, "received.jsonl"), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(log, line.encode())
    os.close(log)


if __name__ == "__main__":
    record()
`;

/**
 * Writes to every `--out…` path the text of its inputs and all its other words but the name, so that what comes out
 * depends on everything that goes in. A path under \`--outdir\` becomes a folder with one file.
 */
const MIX = `import os, sys
from record import record


def text_of(path):
    if os.path.isdir(path):
        return "".join(f"{name}:" + text_of(os.path.join(path, name)) for name in sorted(os.listdir(path)))
    with open(path) as file:
        return file.read()


record()
inputs, outputs, words = [], [], []
rest = sys.argv[1:]
while rest:
    word = rest.pop(0)
    if word.startswith("--out"):
        outputs.append((word, rest.pop(0)))
    elif word == "--name":
        rest.pop(0)
    elif word.startswith("--"):
        words.append(word + (" " + rest.pop(0) if rest and not rest[0].startswith("--") else ""))
    else:
        inputs.append(word)
text = "".join(word + "\\n" for word in words) + "".join(text_of(path) for path in inputs)
for flag, path in outputs:
    if flag.startswith("--outdir"):
        os.makedirs(path, exist_ok=True)
        path = os.path.join(path, "part.txt")
    with open(path, "w") as file:
        file.write(text)
`;

/** Says it was here and ends with the code it is given. */
const FAIL = `import sys
from record import record

record()
sys.exit(int(sys.argv[sys.argv.index("--code") + 1]) if "--code" in sys.argv else 1)
`;

/** The usual scripts by path. */
export const SCRIPTS: Readonly<Record<string, string>> = {
  "tasks/record.py": RECORD,
  "tasks/mix.py": MIX,
  "tasks/fail.py": FAIL,
};

/** A chain of three: \`a\` makes a.txt of in.txt, \`b\` b.txt of that, \`c\` c.txt of that. */
export const CHAIN: Readonly<Record<string, string>> = {
  "in.txt": "raw\n",
  "pipeline.yml": `
data: {in: in.txt, a: out/a.txt, b: out/b.txt, c: out/c.txt}
parameters: {lr: 0.1}
pipeline:
  - {name: a, task: tasks/mix.py, inputs: {x: $in}, outputs: {--out: $a}, args: {--name: a}}
  - {name: b, task: tasks/mix.py, inputs: {x: $a}, outputs: {--out: $b}, args: {--name: b, --lr: $lr}}
  - {name: c, task: tasks/mix.py, inputs: {x: $b}, outputs: {--out: $c}, args: {--name: c}}
`,
};

/** A pipeline of independent recorders with these names, in one line each. */
export function recorders(names: readonly string[]): string {
  const steps = names.map((name) => `  - {name: ${name}, task: tasks/record.py, args: {--name: ${name}}}`);
  return `pipeline:\n${steps.join("\n")}\n`;
}

/**
 * A text without its `»`, and `LINE:COLUMN: ` of what stood behind it, both from 1; no place when there is none.
 */
export function marked(yaml: string): { readonly text: string; readonly place: string } {
  const at = yaml.indexOf("»");
  if (at < 0) return { text: yaml, place: "" };
  const before = yaml.slice(0, at);
  const line = before.split("\n").length;
  return { text: yaml.replace("»", ""), place: `${line}:${at - before.lastIndexOf("\n")}: ` };
}
