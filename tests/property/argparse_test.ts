import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import * as fc from "fast-check";
import { readArgparse } from "../../core/python/argparse.ts";
import { refusals } from "../../core/python/argparse_accepts.ts";
import { askPython } from "../support/ask_python.ts";

/** Runs each script with each list of words, as a program. */
const PROGRAM = `
import contextlib, io, json, sys
def answer(source, words):
    sys.argv = ["script.py", *words]
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        try:
            exec(source, {"__name__": "__main__"})
        except SystemExit as end:
            return "refused" if end.code == 2 else "taken"
        except Exception as error:
            return "broken"
    return "taken"
json.dump([answer(code, words) for source, lists in json.load(sys.stdin)
           for code in [compile(source, "script.py", "exec")] for words in lists], sys.stdout)
`;

const flags = fc.constantFrom(
  "--lr",
  "--learning-rate",
  "--learn",
  "--mode",
  "--n",
  "-n",
  "-v",
  "--verbose",
  "-l",
  "-x1",
);
const kind = fc.constantFrom(
  ...[
    "",
    ", type=int",
    ", type=float",
    ", type=str",
    ", type=bool",
    ", type=lambda x: int(x)",
    ', choices=["a", "bb", "1"]',
  ],
  ...[
    ", type=int, choices=[1, 2, 30]",
    ", type=float, choices=(0.5, 1)",
    ", choices=MODES",
    ", type=int, choices=range(1, 4)",
  ],
  ...[
    ", nargs=2",
    ', nargs="?"',
    ', nargs="*"',
    ', nargs="+"',
    ", type=int, nargs=1",
    ", nargs=COUNT",
    ', action="append"',
  ],
);
const switches = fc.constantFrom(
  ...['action="store_true"', 'action="store_false"', 'action="count"', 'action="store_const", const=3'],
  ...["action=argparse.BooleanOptionalAction", "action=Own"],
);
const option = fc.tuple(
  fc.uniqueArray(flags, { minLength: 1, maxLength: 2 }),
  fc.oneof({ weight: 3, arbitrary: kind }, { weight: 1, arbitrary: switches.map((text) => `, ${text}`) }),
  fc.constantFrom("", "", ", required=True", ", required=COUNT > 1", ", default=1", ', default="a"', ", default=None"),
).map(([names, how, rest]) => `add_argument(${names.map((name) => `"${name}"`).join(", ")}${how}${rest}, dest="d")`);
const positional = fc.tuple(fc.constantFrom("table", "out", "more"), kind)
  .map(([name, how]) => `add_argument("${name}"${how})`);
const added = fc.oneof(
  { weight: 4, arbitrary: option.map((call) => `parser.${call}`) },
  { weight: 2, arbitrary: positional.map((call) => `parser.${call}`) },
  { weight: 1, arbitrary: option.map((call) => `group.${call}`) },
  { weight: 2, arbitrary: option.map((call) => `either.${call.replace(/, required=[^,)]+/, "")}`) },
  { weight: 1, arbitrary: fc.constant('for name in ("p", "q"):\n    parser.add_argument(name)') },
  { weight: 1, arbitrary: option.map((call) => `if COUNT > 5:\n    parser.${call}`) },
);
const settings = fc.constantFrom("", "", "", "allow_abbrev=False", "add_help=False", "description='x'");
const parse = fc.constantFrom(
  "parser.parse_args()",
  "parser.parse_args()",
  "parser.parse_args(sys.argv[1:])",
  "parser.parse_known_args()",
);
const frame = fc.constantFrom("flat", "main", "argv", "build");

const script = fc.tuple(settings, fc.array(added, { maxLength: 5 }), fc.boolean(), parse, frame).map(
  ([made, drawn, required, end, shape]) => {
    const calls = withoutClashes(drawn);
    const body = [
      `parser = argparse.ArgumentParser(${made})`,
      'group = parser.add_argument_group("more")',
      ...calls.some((call) => call.startsWith("either"))
        ? [`either = parser.add_mutually_exclusive_group(${required ? "required=True" : ""})`]
        : [],
      ...calls,
    ];
    return framed(body.flatMap((lines) => lines.split("\n")), end, shape);
  },
);

/** Python refuses a second argument with a flag that is taken. */
function withoutClashes(calls: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return calls.filter((call) => {
    const names = call.match(/"--?[a-z-]+1?"/g) ?? [];
    if (names.some((name) => taken.has(name))) return false;
    for (const name of names) taken.add(name);
    return true;
  });
}

const HEAD = `"""A script."""
import argparse, sys
MODES = {"a": int, "bb": float}
COUNT = 2
class Own(argparse.Action):
    def __init__(self, *a, **k):
        super().__init__(*a, nargs=0, **{n: v for n, v in k.items() if n not in ("nargs", "type", "choices")})
    def __call__(self, *a): pass
`;

function framed(body: readonly string[], end: string, shape: string): string {
  const inside = (lines: readonly string[]) => lines.map((line) => `    ${line}\n`).join("");
  if (shape === "flat") return `${HEAD}${body.join("\n")}\nargs = ${end}\n`;
  if (shape === "main") return `${HEAD}def main():\n${inside([...body, `args = ${end}`])}main()\n`;
  if (shape === "build") {
    return `${HEAD}def build():\n${
      inside([...body, "return parser"])
    }if __name__ == "__main__":\n    parser = build()\n    ${end}\n`;
  }
  const call = end.replace(/\(.*\)/, "(argv)");
  return `${HEAD}def main(argv=None):\n${inside([...body, `args = ${call}`])}main()\n`;
}

const word = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("--lr", "--learning-rate", "--learn", "--le", "--mode", "--mo", "--n", "-n", "-v"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("--verbose", "-l", "--no-verbose", "--lr=1", "--x", "-q", "--ver", "--m o", "-n5"),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      "a",
      "bb",
      "1",
      "2",
      "30",
      "0.5",
      "1.0",
      "-1",
      "-0.5",
      "-1e-05",
      "",
      "1_0",
      "inf",
      "None",
    ),
  },
);
const vector = fc.oneof(
  fc.array(word, { maxLength: 7 }),
  fc.tuple(fc.array(fc.constantFrom("a", "1", "2"), { maxLength: 3 }), fc.array(word, { maxLength: 4 })).map((both) =>
    both.flat()
  ),
);

Deno.test("refusals() never refuses what argparse takes, and finds most of what it refuses", async () => {
  const cases = fc.sample(fc.tuple(script, fc.array(vector, { minLength: 8, maxLength: 8 })), 400);
  const answers = await askPython(PROGRAM, cases);
  const wrong: unknown[] = [];
  const tally = { refused: 0, found: 0, complete: 0 };
  cases.forEach(([source, vectors], at) => {
    const read = readArgparse(source);
    if (read.complete) tally.complete++;
    vectors.forEach((words, i) => {
      const answer = answers[at * vectors.length + i];
      const found = refusals(read, words);
      if (answer === "taken" && found.length > 0) wrong.push({ source, words, found });
      if (answer !== "refused" || !read.complete) return;
      tally.refused++;
      if (found.length > 0) tally.found++;
    });
  });
  deepEqual(wrong.slice(0, 1), []);
  ok(tally.complete > 100, JSON.stringify(tally));
  ok(tally.found > 0.8 * tally.refused, JSON.stringify(tally));
});
