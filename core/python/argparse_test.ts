import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { readArgparse } from "./argparse.ts";
import { refusals } from "./argparse_accepts.ts";
import { Float } from "../yaml/value.ts";

/** A script with these calls between making the parser and parsing. */
function script(calls: string, head = "import argparse\n"): string {
  return `${head}parser = argparse.ArgumentParser()\n${calls}\nargs = parser.parse_args()\n`;
}

Deno.test("readArgparse() reads what add_argument says", () => {
  const read = readArgparse(script(
    `parser.add_argument("table", help="Rows, 100%% of them")
parser.add_argument("--learning-rate", "-l", type=float, default=-0.5,
                    metavar="RATE", help="Step " "length")
parser.add_argument("--layers", nargs="+", type=int, required=True)
parser.add_argument("--quiet", action="store_true")
parser.add_argument("--loud", action=argparse.BooleanOptionalAction, dest="noise")
parser.add_argument("-v", action="count")`,
  ));
  equal(read.complete, true, read.reason);
  deepEqual(
    read.arguments.map(({ flags, dest, action, nargs, type }) => [flags.join(" "), dest, action, nargs, type]),
    [
      ["", "table", "value", 1, "str"],
      ["--learning-rate -l", "learning_rate", "value", 1, "float"],
      ["--layers", "layers", "value", "+", "int"],
      ["--quiet", "quiet", "switch", 0, "str"],
      ["--loud --no-loud", "noise", "switch", 0, "str"],
      ["-v", "v", "count", 0, "str"],
    ],
  );
  deepEqual(read.arguments.map(({ required }) => required), [true, false, true, false, false, false]);
  const [table, rate] = read.arguments;
  deepEqual([table.description, rate.description, rate.metavar], ["Rows, 100% of them", "Step length", "RATE"]);
  deepEqual([rate.default, rate.line], [new Float(-0.5), 4]);
});

Deno.test("readArgparse() knows what names of the file stand for, as long as nothing changes them", () => {
  const choices = (head: string, value = "MODES") =>
    readArgparse(script(`parser.add_argument("--mode", choices=${value})`, `import argparse\n${head}`)).arguments[0]
      .choices;
  deepEqual(choices('MODES = ["a", "b"]\n'), ["a", "b"]);
  deepEqual(choices('MODES = {"a": 1, "b": print}\n', "sorted(MODES)"), ["a", "b"]);
  deepEqual(choices('MODES = {"a": 1}\n', "MODES.keys()"), ["a"]);
  deepEqual(choices("", "range(1, 4)"), [1, 2, 3]);
  equal(choices('MODES = ["a"]\nMODES.append("b")\n'), undefined);
  equal(choices('MODES = ["a"]\nMODES += ["b"]\n'), undefined);
  equal(choices('MODES = {}\n@register\ndef f(): MODES["x"] = 1\n'), undefined);
  equal(choices('MODES = ["a"]\nextend(MODES)\n'), undefined);
  equal(choices('MODES = ["a"]\nALIAS = MODES\nALIAS.append("b")\n'), undefined);
  equal(choices('if x:\n    MODES = ["a"]\n'), undefined);
  equal(choices("from models import MODES\n"), undefined);
  equal(choices("", '"abc"'), undefined);
});

const COMPLETE: Readonly<Record<string, string>> = {
  "in a function":
    'import argparse\ndef main():\n    p = argparse.ArgumentParser()\n    p.add_argument("--a")\n    p.parse_args()\nmain()\n',
  "by a function of its own": `import argparse
def build():
    p = argparse.ArgumentParser()
    p.add_argument("--a")
    return p
def main(argv=None):
    argv = sys.argv[1:] if argv is None else argv
    args = build().parse_args(argv)
if __name__ == "__main__":
    sys.exit(main())
`,
  "under another name":
    'from argparse import ArgumentParser as P\np: P = P(description="x")\np.add_argument("--a")\np.parse_args()\n',
  "in groups": script('g = parser.add_argument_group("g")\ng.add_argument("--a")'),
  "in a loop over names": script('for name in ("--a",):\n    parser.add_argument(name, type=int)'),
};

for (const [name, source] of Object.entries(COMPLETE)) {
  Deno.test(`readArgparse() is certain of arguments ${name}`, () => {
    const read = readArgparse(source);
    equal(read.complete, true, read.reason);
    deepEqual(read.arguments.map(({ flags }) => flags), [["--a"]]);
    deepEqual(refusals(read, ["--b", "1"]).map(({ kind }) => kind), ["unknown"]);
  });
}

const UNCERTAIN: Readonly<Record<string, readonly [calls: string, reason: RegExp]>> = {
  "added in a branch": ['if DEBUG:\n    parser.add_argument("--a")', /only at times/],
  "added by another function": ["add_more(parser)", /something else with 'parser'/],
  "with a computed name": ['parser.add_argument(f"--{NAME}")', /computed/],
  "put together": ["parser.add_argument(*names)", /put together/],
  "of subcommands": ["sub = parser.add_subparsers()", /add_subparsers/],
  "changed afterwards": ['a = parser.add_argument("--a")\na.required = True', /something else/],
  "of words of its own": ["sys.argv.pop()", /sys.argv/],
  "of words that are cut": ["words = sys.argv[2:]", /sys.argv/],
  "whose refusal is caught": ["try:\n    pass\nexcept SystemExit:\n    pass", /catch/],
  "in another attribute": ["self.parser = parser", /something else/],
};

for (const [name, [calls, reason]] of Object.entries(UNCERTAIN)) {
  Deno.test(`readArgparse() is not certain of arguments ${name}`, () => {
    const read = readArgparse(script(calls));
    equal(read.complete, false);
    match(read.reason ?? "", reason);
    deepEqual(refusals(read, ["--anything"]), []);
  });
}

const UNSEEN: Readonly<Record<string, string>> = {
  "a parser with parents": "import argparse\np = argparse.ArgumentParser(parents=[x])\np.parse_args()\n",
  "a class of its own":
    "import argparse\nclass P(argparse.ArgumentParser): pass\np = argparse.ArgumentParser()\np.parse_args()\n",
  "two parsers": "import argparse\np = argparse.ArgumentParser()\nq = argparse.ArgumentParser()\np.parse_args()\n",
  "a parser that does not parse": "import argparse\np = argparse.ArgumentParser()\n",
  "a function that nobody calls":
    "import argparse\ndef main():\n    p = argparse.ArgumentParser()\n    p.parse_args()\n",
  "a function with a decorator":
    "import argparse\n@wrap\ndef main():\n    p = argparse.ArgumentParser()\n    p.parse_args()\nmain()\n",
  "words from the caller":
    'import argparse\ndef main(argv):\n    p = argparse.ArgumentParser()\n    p.parse_args(argv)\nmain(["--a"])\n',
  "a look at whether there are words":
    "import argparse, sys\np = argparse.ArgumentParser()\nif len(sys.argv) > 1:\n    p.parse_args()\n",
};

for (const [name, source] of Object.entries(UNSEEN)) {
  Deno.test(`readArgparse() is not certain of ${name}`, () => equal(readArgparse(source).complete, false));
}

Deno.test("readArgparse() finds nothing where argparse is not used", () => {
  const other = "import configargparse as argparse\np = argparse.ArgumentParser()\np.parse_args()\n";
  for (
    const source of [
      "",
      "import click\n",
      "x = 'ArgumentParser'\n",
      other,
      "ArgumentParser(",
      "def f(:\n ArgumentParser",
    ]
  ) {
    equal(readArgparse(source).found, false, source);
  }
});

Deno.test("refusals() takes shortened options, unless the parser does not", () => {
  const calls = 'parser.add_argument("--learning-rate")\nparser.add_argument("--layers")';
  const read = readArgparse(script(calls));
  deepEqual(refusals(read, ["--learn", "1"]), []);
  deepEqual(refusals(read, ["--l", "1"]).map(({ kind, flags }) => [kind, flags]), [
    ["ambiguous", ["--learning-rate", "--layers"]],
  ]);
  const strict = readArgparse(script(calls).replace("Parser()", "Parser(allow_abbrev=False)"));
  deepEqual(refusals(strict, ["--learn", "1"]).map(({ kind, at }) => [kind, at]), [["unknown", 0]]);
});

Deno.test("refusals() tells everything at once", () => {
  const read = readArgparse(script(
    'parser.add_argument("table")\nparser.add_argument("--n", type=int)\nparser.add_argument("--m", choices=["a"])\nparser.add_argument("--r", required=True)',
  ));
  const found = refusals(read, ["t", "u", "--n", "1.0", "--m", "b", "--x", "1"]).map(({ kind, at }) => [kind, at]);
  deepEqual(found, [["type", 3], ["choice", 5], ["extra", 1], ["unknown", 6], ["missing", undefined]]);
});

Deno.test("refusals() lets be what Pythons differ in", () => {
  const read = readArgparse(script('parser.add_argument("--n", type=float)\nparser.add_argument("-x")'));
  for (const words of [["--n", "-1e-05"], ["-x5"], ["--"], ["--help"]]) {
    deepEqual(refusals(read, words), [], words.join(" "));
  }
  deepEqual(refusals(read, ["--n", "-1"]), []);
  ok(refusals(read, ["--n", "-y"]).length > 0);
});
