/**
 * loom beside loom-pipeline 0.7.0 over the same files: what scripts receive, in which order, how it ends.
 *
 * @module
 */

import { deepStrictEqual as deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { eachLoom, type FileSet, looms, Project } from "../support/cli.ts";
import { receivedIn, runOriginal, tellingLines } from "../support/original.ts";

/** A pipeline that both understand, and how it is called. */
interface Shape {
  readonly name: string;
  readonly files: FileSet;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The order may differ: steps run together. */
  readonly parallel?: boolean;
  /** Steps are skipped, which is told in other words. */
  readonly skips?: boolean;
}

const step = (name: string, more: string) => `  - {name: ${name}, task: tasks/mix.py, ${more}}`;
const yaml = (...lines: readonly string[]): FileSet => ({ "in.txt": "raw\n", "pipeline.yml": `${lines.join("\n")}\n` });

const DATA = "data: {in: in.txt, a: out/a.txt, b: out/b.txt, c: out/c.txt, d: out/d.txt}";
const DIAMOND = yaml(
  DATA,
  "parameters: {lr: 1.0e-5, quiet: yes, tag: null}",
  "pipeline:",
  step("a", "inputs: {x: $in}, outputs: {--out: $a}, args: {--name: a, --lr: $lr}"),
  step("b", "inputs: {x: $a}, outputs: {--out: $b}, args: {--name: b, --quiet: $quiet, --not: false}"),
  step("c", "inputs: {x: $a}, outputs: {--out: $c}, args: {--name: c, --tag: $tag, --list: [1, two, 3.0]}"),
  step("d", "inputs: {x: $b, y: $c}, outputs: {--out: $d}, args: {--name: d}"),
);
const GROUPS = {
  "out/a.txt": "made before\n",
  ...yaml(
    DATA,
    "pipeline:",
    step("a", "outputs: {--out: $a}, args: {--name: a}"),
    "  - group: g",
    "    steps:",
    `    ${step("b", "inputs: {x: $a}, outputs: {--out: $b}, args: {--name: b}")}`,
    `    ${step("c", "optional: true, inputs: {x: $b}, outputs: {--out: $c}, args: {--name: c}")}`,
    step("d", "disabled: true, args: {--name: d}"),
    step("e", "inputs: {x: $b}, args: {--name: e}"),
  ),
};
const DECLARED = `"""Mixes what it gets.

---
inputs:
  x: {type: csv, description: What to mix}
  plain: only a description
outputs:
  --out: {type: json, description: Where it goes}
args:
  --rate: {type: float, default: 0.50, description: How fast}
  --mode: how
---
"""
`;
const LOOP: FileSet = {
  "in/b.txt": "b",
  "in/a.txt": "a",
  "in/c.csv": "c",
  ...yaml(
    "data: {in: in, made: made, all: all.txt}",
    "pipeline:",
    step(
      "each",
      "loop: {over: $in, into: $made, filter: '*.txt'}, inputs: {x: $loop_item}, outputs: {--out: $loop_output}, args: {--name: $loop_item}",
    ),
    step("join", "inputs: {x: $made}, outputs: {--out: $all}, args: {--name: join}"),
  ),
};
const CONDITIONS = (n: number): FileSet => ({
  "pics/1.png": "",
  "pics/2.png": "",
  ...yaml(
    "data: {pics: pics, in: in.txt, a: a.txt, b: b.txt}",
    "pipeline:",
    `  - {name: enough, kind: condition, predicate: count, inputs: {data: $pics}, args: {pattern: '*.png', op: '>=', n: ${n}}}`,
    "  - {name: route, kind: switch, condition: $enough, data: $in}",
    step("left", "inputs: {x: $route.then}, outputs: {--out: $a}, args: {--name: left}"),
    step("after", "inputs: {x: $a}, args: {--name: after}"),
    step("right", "inputs: {x: $route.else}, outputs: {--out: $b}, args: {--name: right}"),
  ),
});
const REPEATED = (multiPass: string): FileSet =>
  yaml(
    DATA,
    "pipeline:",
    "  - group: refine",
    `    multi_pass: ${multiPass}`,
    "    steps:",
    `    ${step("fit", "inputs: {x: $in}, outputs: {--out: $a}, args: {--name: fit, --lr: $lr, --from: none}")}`,
    `    ${step("look", "inputs: {x: $a}, outputs: {--out: $b}, args: {--name: look}")}`,
    step("after", "inputs: {x: $b}, args: {--name: after}"),
  );
const FAILING = yaml(
  DATA,
  "pipeline:",
  "  - {name: bad, task: tasks/fail.py, outputs: {--out: $a}, args: {--name: bad, --code: 3}}",
  step("near", "inputs: {x: $a}, outputs: {--out: $b}, args: {--name: near}"),
  step("far", "inputs: {x: $b}, args: {--name: far}"),
  step("other", "inputs: {x: $in}, args: {--name: other}"),
);

const RECORD_DOLLARS = "  - {name: a, task: tasks/record.py, inputs: {x: $d}, args: {--p: $p, --q: $q, --r: b$q}}";

const SHAPES: readonly Shape[] = [
  { name: "a diamond", files: DIAMOND },
  { name: "a diamond with --parallel", files: DIAMOND, args: ["--parallel"], parallel: true },
  { name: "--set and --var", files: DIAMOND, args: ["--set", "lr=0.10", "tag=a b", "--var", "in=tasks/fail.py"] },
  { name: "named steps", files: DIAMOND, args: ["--step", "c", "a"] },
  { name: "--from", files: GROUPS, args: ["--from", "b"] },
  { name: "groups, optional and disabled steps", files: GROUPS },
  { name: "--group", files: GROUPS, args: ["--group", "g"] },
  { name: "--include", files: GROUPS, args: ["--include", "c"] },
  { name: "--extra", files: GROUPS, args: ["--step", "a", "--extra=--more 1"] },
  { name: "a loop", files: LOOP },
  { name: "a dry run", files: DIAMOND, args: ["--dry-run"] },
  { name: "a failure", files: FAILING, skips: true },
  { name: "a condition that holds", files: CONDITIONS(2), skips: true },
  { name: "a condition that does not hold", files: CONDITIONS(3), skips: true },
  { name: "a schedule", files: REPEATED("{schedule: [{lr: 0.1}, {lr: 0.01}]}") },
  { name: "expressions", files: REPEATED("{count: 3, expressions: {lr: '0.1 * 0.5 ** iter'}}") },
  {
    name: "feedback",
    files: REPEATED("{count: 2, expressions: {lr: 'iter'}, feedback: {fit.--out: fit.--from}}"),
  },
  { name: "a count alone", files: REPEATED("{count: 2}"), args: ["--set", "lr=1"] },
  {
    name: "feedback to an input and to a new flag",
    files: REPEATED("{count: 2, expressions: {lr: 'iter'}, feedback: {fit.--out: look.x, look.--out: fit.--new}}"),
  },
  {
    name: "a group that repeats, chosen as a group",
    files: REPEATED("{schedule: [{lr: 1}]}"),
    args: ["--group", "refine"],
  },
  {
    name: "a dollar that is no reference",
    files: yaml("data: {d: $p/x}", "parameters: {p: $d, q: a$p}", "pipeline:", RECORD_DOLLARS),
  },
  {
    name: "environment",
    files: yaml(
      "data: {in: '${WHERE}/x.txt'}",
      "parameters: {p: '${MODE}-${MODE}'}",
      "pipeline:",
      "  - {name: a, task: '${WHERE}/record.py', inputs: {x: $in}, args: {--p: $p, --q: 'a ${MODE}'}}",
    ),
    env: { WHERE: "tasks", MODE: "fast" },
  },
  {
    name: "nested entries",
    files: yaml(
      "data: {box: out/box, in: {path: deep, nested_in: $box}, far: {path: x.txt, nested_in: $in}}",
      "pipeline:",
      step("make", "outputs: {--outdir: $box}, args: {--name: make}"),
      "  - {name: use, task: tasks/record.py, inputs: {x: $far}, args: {--name: use}}",
    ),
  },
];

/** Both, each in a folder of its own. */
async function compare(ours: Project, theirs: Project, shape: Omit<Shape, "name" | "files">): Promise<void> {
  const args = ["pipeline.yml", ...shape.args ?? []];
  const [mine, original] = await Promise.all([
    ours.run(args, { env: shape.env }),
    runOriginal(theirs, args, { ...shape.env }),
  ]);
  const context = `${mine.report()}\n${original.report()}`;
  const sorted = <T>(items: readonly T[]) =>
    shape.parallel ? [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
  deepEqual(sorted(await receivedIn(ours)), sorted(await receivedIn(theirs)), context);
  deepEqual(mine.code, original.code, context);
  const counted = (line: string) => shape.skips ? withoutSkips(line) : line;
  deepEqual(sorted(tellingLines(mine).map(counted)), sorted(tellingLines(original).map(counted)), context);
}

for (const { name, files, ...shape } of SHAPES) {
  eachLoom(`${name}: the same commands, order, lines and exit code as loom-pipeline 0.7.0`, async (loom) => {
    await using ours = await Project.make(loom, files);
    await using theirs = await Project.make(loom, files);
    await compare(ours, theirs, shape);
  });
}

/** Ways to look at a pipeline, of which both print the same. */
const LOOKS: readonly (readonly [files: FileSet, args: readonly string[]])[] = [
  [GROUPS, ["--list"]],
  [GROUPS, ["--group", "g", "--investigate"]],
  [CONDITIONS(2), ["--list"]],
  [{ ...GROUPS, "tasks/mix.py": DECLARED }, ["--step", "b", "--investigate"]],
];
for (const [i, [files, args]] of LOOKS.entries()) {
  eachLoom(`${args.join(" ")} of pipeline ${i + 1} prints what loom-pipeline 0.7.0 prints`, async (loom) => {
    await using project = await Project.make(loom, files);
    const words = ["pipeline.yml", ...args];
    const [mine, original] = await Promise.all([project.run(words), runOriginal(project, words)]);
    deepEqual([mine.code, mine.stdout.trimEnd()], [original.code, original.stdout.trimEnd()]);
  });
}

/** Skipped steps count among all of them, and what depends on one says that it was skipped, on purpose. */
function withoutSkips(line: string): string {
  return line.replace(/^Completed: (\d+)\/.*/, "Completed: $1")
    .replace(/\((?:skipped: (\w+)|dependencies failed: \['(\w+)'\])\)$/, "(after $1$2)");
}

const scalar = fc.constantFrom(
  ...["50.0", "0.10", "1e-5", "1.0e-5", "1.0e+16", "'50.0'", "2024-01-02", "[a, 1, true]", "{k: v}", "yes", "off", "y"],
  ...["010", "0o10", "1_000", "12:30:45", "null", "~", "''", "two words", "0x1F", "-3", ".5", "1.", "'it''s'", "ünï"],
);
const generated = fc.record({
  parameters: fc.array(scalar, { minLength: 1, maxLength: 4 }),
  steps: fc.array(
    fc.record({
      inputs: fc.array(fc.nat(6), { maxLength: 3 }),
      args: fc.array(fc.oneof(scalar, fc.nat(3).map((n) => `$p${n}`)), { maxLength: 3 }),
      group: fc.boolean(),
      optional: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

Deno.test("generated pipelines: the same commands as loom-pipeline 0.7.0", async () => {
  let turn = 0;
  await fc.assert(
    fc.asyncProperty(generated, async ({ parameters, steps }) => {
      const data = ["in: in.txt", ...steps.map((_, i) => `o${i}: out/o${i}.txt`)];
      const lines = steps.map(({ inputs, args, group, optional }, i) => {
        const reads = inputs.map((n, at) => `i${at}: ${i === 0 || n === 0 ? "$in" : `$o${(n - 1) % i}`}`);
        const words = [`--name: s${i}`, ...args.map((text, at) => `--a${at}: ${reference(text, parameters.length)}`)];
        const keys = `inputs: {${reads.join(", ")}}, outputs: {--o: $o${i}}, args: {${words.join(", ")}}`;
        return `  - {name: s${i}, task: tasks/record.py, ${keys}, optional: ${optional}${group ? ", group: g" : ""}}`;
      });
      const values = parameters.map((text, i) => `p${i}: ${text}`);
      const files = yaml(`data: {${data.join(", ")}}`, `parameters: {${values.join(", ")}}`, "pipeline:", ...lines);
      const loom = looms[turn++ % looms.length];
      await using ours = await Project.make(loom, files);
      await using theirs = await Project.make(loom, files);
      await compare(ours, theirs, {});
    }),
    { numRuns: 16 },
  );
});

/** A reference to a parameter that there is. */
function reference(text: string, count: number): string {
  return text.startsWith("$p") ? `$p${Number(text.slice(2)) % count}` : text;
}
