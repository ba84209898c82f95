import { deepStrictEqual as deepEqual } from "node:assert/strict";
import * as fc from "fast-check";
import { readTaskSchema, type TaskPort, type TaskSchema } from "../../core/python/front_matter.ts";
import { pyRepr, type Value } from "../../core/yaml/value.ts";
import { askPython } from "../support/ask_python.ts";
import { originalPython } from "../support/python_env.ts";

/** The original's schemas of many sources; an error where it fails instead of giving an empty schema. */
const PROGRAM = `
import json, pathlib, sys, tempfile, warnings
warnings.simplefilter("ignore")
from loom.runner.task_schema import parse_task_schema
def port(p): return [p.type and str(p.type), str(p.description)]
def arg(a): return [str(a.type), repr(a.default), str(a.description), a.required is True, a.choices and repr(a.choices)]
def named(section, read): return [[str(k), read(v)] for k, v in section.items()]
def answer(folder, source):
    file = folder / "task.py"
    file.write_bytes(source.encode("utf-8", "surrogatepass"))
    try:
        s = parse_task_schema(file)
    except Exception as error:
        return "error"
    return [s.description, named(s.inputs, port), named(s.outputs, port), named(s.args, arg)]
with tempfile.TemporaryDirectory() as folder:
    json.dump([answer(pathlib.Path(folder), source) for source in json.load(sys.stdin)], sys.stdout)
`;

// No byte order mark: the original takes one for a syntax error, and we pass over it as Python itself does.
const prefix = fc.constantFrom(
  "",
  "#!/usr/bin/env python3\n",
  "# -*- coding: utf-8 -*-\n",
  "\n\n# x\n",
  "\f\n",
  "import os\n",
  "(",
);
const quotes = fc.constantFrom(['"""', '"""'], ["'''", "'''"], ['r"""', '"""'], ['R"""', '"""'], ["u'''", "'''"], [
  'b"""',
  '"""',
], ['f"""', '"""']);
const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("---", "inputs:", "outputs:", "args:", "  a: {type: csv, description: d}", "  b: words"),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "  --x: {type: int, default: 5, required: true}",
      "  --y: {default: 1.50, choices: [1, b]}",
      "  c: 5",
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "",
      "   ",
      "---  ",
      " ---",
      "Words here.",
      "\ttab",
      "\\x41",
      "\\q",
      "kind: condition",
      "{",
      "a: [",
    ),
  },
);
const end = fc.constantFrom(
  "",
  "\n",
  ")\n",
  "\nimport os\n",
  "; x = 1\n",
  " 'more'\n",
  ".strip()\n",
  "\ndef f(:\n  pass\n",
  "\nx = (1\n",
  "\n  y\n",
);
const source = fc.tuple(
  prefix,
  quotes,
  fc.constantFrom("", "Title.", "\n"),
  fc.array(line, { maxLength: 12 }),
  fc.constantFrom("", "    "),
  end,
).map((
  [before, [open, close], title, lines, margin, after],
) => `${before}${open}${[title, ...lines.map((text) => margin + text)].join("\n")}\n${margin}${close}${after}`);

const WELL_FORMED = fc.record({
  description: fc.constantFrom("Detects.", "  Padded  ", "é ü"),
  inputs: fc.dictionary(
    fc.constantFrom("a", "b", "c"),
    fc.constantFrom("text", "{type: csv}", "{type: x, description: y}", "5"),
  ),
  args: fc.dictionary(
    fc.constantFrom("--x", "-y"),
    fc.constantFrom("text", "{default: 1e-5}", "{default: 1.0e-5, choices: [a]}", "{type: bool, default: no}"),
  ),
}).map(({ description, inputs, args }) =>
  `"""${description}\n\n    ---\n    inputs:\n${rows(inputs)}    args:\n${rows(args)}    ---\n    """\n`
);

function rows(section: Record<string, string>): string {
  return Object.entries(section).map(([name, text]) => `      ${name}: ${text}\n`).join("");
}

for (const [what, arbitrary] of [["well-formed", WELL_FORMED], ["random", source]] as const) {
  Deno.test(`readTaskSchema() agrees with the original on ${what} tasks`, async () => {
    const cases = fc.sample(arbitrary, { numRuns: 1500, seed: 8_271 });
    const answers = await askPython<unknown[]>(PROGRAM, cases, { python: await originalPython() });
    const ours = cases.map((text) => facts(readTaskSchema(text, "/w/tasks/task.py")));
    const different = cases.flatMap((text, i) =>
      answers[i] === "error" || JSON.stringify(ours[i]) === JSON.stringify(answers[i])
        ? []
        : [[text, ours[i], answers[i]]]
    );
    deepEqual(different.slice(0, 3), []);
  });
}

Deno.test("readTaskSchema() answers any text", () => {
  const parts = fc.constantFrom('"""', "'", "---\n", "\n", "\\", "(", ")", "{", "a: b\n", "f", "\t", "\0", "\r", "  ");
  fc.assert(fc.property(fc.array(fc.oneof(parts, fc.string({ maxLength: 4 })), { maxLength: 40 }), (words) => {
    readTaskSchema(words.join(""), "/w/tasks/task.py");
  }));
});

function facts({ description, inputs, outputs, args }: TaskSchema): unknown[] {
  const port = ({ type, description }: TaskPort) => [type ?? null, description];
  return [
    description,
    Array.from(inputs, ([name, value]) => [name, port(value)]),
    Array.from(outputs, ([name, value]) => [name, port(value)]),
    Array.from(args, ([name, arg]) => [
      name,
      [
        arg.type,
        pyRepr(arg.default ?? null),
        arg.description,
        arg.required,
        arg.choices ? pyRepr(arg.choices as Value) : null,
      ],
    ]),
  ];
}
