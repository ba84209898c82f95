import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import { isLoomError, type Problem } from "../errors.ts";
import { Float, pyRepr, pyStr, type Value } from "./value.ts";
import { readYaml } from "./read.ts";

function read(text: string): Value {
  return readYaml(text, "p.yml").value;
}

function problemOf(text: string): Problem {
  try {
    read(text);
  } catch (error) {
    if (isLoomError(error) && error.code === "pipeline-invalid") return error.problems[0];
    throw error;
  }
  throw new Error(`No problem in ${JSON.stringify(text)}`);
}

function fault(text: string): string {
  const { line, column, message } = problemOf(text);
  return `${line}:${column} ${message}`;
}

Deno.test("readYaml() keeps 50.0 a float", () => {
  deepEqual(read("50.0"), new Float(50));
});

Deno.test("readYaml() reads the scalars that differ between YAML 1.1 and 1.2", () => {
  const cases: readonly [string, string][] = [
    ["50.0", "50.0"],
    ["0.10", "0.1"],
    ["1e-5", "'1e-5'"],
    ["1.0e-5", "1e-05"],
    ["1.0e+16", "1e+16"],
    ["1.0e+3", "1000.0"],
    ['"50.0"', "'50.0'"],
    ["2024-01-02", "datetime.date(2024, 1, 2)"],
    ["[a, 1, true]", "['a', 1, True]"],
    ["yes", "True"],
    ["On", "True"],
    ["off", "False"],
    ["NO", "False"],
    ["y", "'y'"],
    ["n", "'n'"],
    ["010", "8"],
    ["0o10", "'0o10'"],
    ["1_000", "1000"],
    ["12:30:45", "45045"],
    ["null", "None"],
    ["~", "None"],
    ["", "None"],
    ["{k: v}", "{'k': 'v'}"],
    ["=", "'='"],
  ];
  for (const [text, repr] of cases) equal(pyRepr(read(text)), repr, text);
});

Deno.test("readYaml() keeps maps in file order, also under keys that look like numbers", () => {
  equal(pyRepr(read("b: 1\n10: 2\na: 3\n2: 4\n'1': 5")), "{'b': 1, 10: 2, 'a': 3, 2: 4, '1': 5}");
});

Deno.test("readYaml() takes equal keys of different types for one", () => {
  equal(pyRepr(read("{1: a, 1.0: b, true: c, yes: d}")), "{1: 'd'}");
});

Deno.test("readYaml() warns of a key that stands twice, and the last one wins", () => {
  const { value, problems } = readYaml("a: 1\nb:\n  c: 1\n  c: 2\n", "p.yml");
  equal(pyRepr(value), "{'a': 1, 'b': {'c': 2}}");
  deepEqual(problems.map(({ level, code, file, line, column }) => ({ level, code, file, line, column })), [
    { level: "warning", code: "duplicate-key", file: "p.yml", line: 4, column: 3 },
  ]);
});

Deno.test("readYaml() does not warn of a key that overrides a merged one", () => {
  const { value, problems } = readYaml("base: &b {x: 1, y: 2}\none: {<<: *b, x: 3}\n", "p.yml");
  equal(pyRepr(value), "{'base': {'x': 1, 'y': 2}, 'one': {'x': 3, 'y': 2}}");
  deepEqual(problems, []);
});

Deno.test("readYaml() merges as PyYAML does: the first of a list and the last of several << win", () => {
  const base = "a: &a {x: 1}\nb: &b {x: 2, y: 2}\n";
  equal(pyRepr((read(`${base}c: {<<: [*a, *b]}`) as Map<Value, Value>).get("c")!), "{'x': 1, 'y': 2}");
  equal(pyRepr((read(`${base}c: {<<: *a, <<: *b}`) as Map<Value, Value>).get("c")!), "{'x': 2, 'y': 2}");
});

Deno.test("readYaml() shares what aliases refer to", () => {
  const root = read("a: &a [1]\nb: *a") as Map<Value, Value>;
  equal(root.get("a"), root.get("b"));
});

Deno.test("readYaml() ignores indentation inside brackets and quotes", () => {
  equal(
    pyRepr(read("a: {\nb: [\n1\n],\n}\nc: 'x\ny'\nd: |\n  {\nz: 1")),
    "{'a': {'b': [1]}, 'c': 'x y', 'd': '{\\n', 'z': 1}",
  );
});

Deno.test("readYaml() passes over a byte order mark and reads every kind of line end", () => {
  equal(pyRepr(read("\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\nc: 3\r")), "{'a': 1, 'b': 'x\\ny\\n', 'c': 3}");
});

Deno.test("readYaml() ends a block with a line break only where the file has one", () => {
  equal(read("|\n  x"), "x");
  equal(read("|\n  x\n"), "x\n");
});

Deno.test("readYaml() reads explicit tags", () => {
  const cases: readonly [string, string][] = [
    ["!!str 5", "'5'"],
    ["!!int '0x1F'", "31"],
    ["!!float 1", "1.0"],
    ["!!bool 'on'", "True"],
    ["!!null x", "None"],
    ["! '12'", "12"],
    ["!!set {a}", "{'a'}"],
    ["!!omap [a: 1, b: 2]", "[('a', 1), ('b', 2)]"],
    ["!!pairs [a: 1, a: 2]", "[('a', 1), ('a', 2)]"],
    ["!!binary aGk=", "b'hi'"],
    ["!!timestamp '2024-1-2'", "datetime.date(2024, 1, 2)"],
    ["!<tag:yaml.org,2002:str> 1", "'1'"],
    ["%TAG !y! tag:yaml.org,2002:\n---\n!y!str 1", "'1'"],
  ];
  for (const [text, repr] of cases) equal(pyRepr(read(text)), repr, text);
});

Deno.test("readYaml() prints times as Python does", () => {
  equal(pyStr(read("2001-12-14t21:59:43.10-05:30")), "2001-12-14 21:59:43.100000-05:30");
  equal(pyStr(read("2001-12-15T02:59:43Z")), "2001-12-15 02:59:43+00:00");
});

Deno.test("readYaml() tells line and column of what is not YAML", () => {
  const cases: readonly [string, string][] = [
    ["a: 1\n b: 2", "2:3 Not valid YAML: bad indentation of a mapping entry"],
    ["a:\n\t- b", "2:1 Not valid YAML: tab characters must not be used in indentation"],
    ["a: [1, 2", "1:9 Not valid YAML: unexpected end of the stream within a flow collection"],
    ["a: 1\nb: *c", "2:4 No anchor &c for the alias *c"],
    ["a: &x [*x]", "1:8 The alias *x refers to what it is part of"],
    ["a: &x 1\nb: &x 2", "2:4 The anchor &x stands twice"],
    ["a: !mine 1", "1:4 The tag !mine does not fit a text"],
    ["a: 2024-13-01", "1:4 No such date or time: 2024-13-01"],
    ["a: 0x_", "1:4 Not an int: 0x_"],
    ["? [a]\n: 1", "1:3 A list or a map cannot be a key"],
    ["a: 1\n---\nb: 2", "2:1 The file holds more than one document"],
    ["a: \u0007", "1:4 The character U+0007 is not allowed in YAML"],
    ["<<: 1", "1:1 The merge key << needs a map or a list of maps"],
  ];
  for (const [text, message] of cases) equal(fault(text), message, text);
});

Deno.test("readYaml() says what to do about a tab and about a comment that touches a value", () => {
  equal(problemOf("a:\n\t- b").hint, "indent with blanks instead of tabs");
  equal(problemOf("a: 'x'# y\n").hint, "put a blank before #");
});

Deno.test("readYaml() refuses what nests without end instead of overflowing the stack", () => {
  for (const open of ["[", "{a: ", "- ", "? ", "[[{", "&a ["]) {
    throws(() => read(open.repeat(100_000)), { code: "pipeline-invalid" }, open);
  }
});

Deno.test("readYaml() refuses aliases that stand for a billion values, at once", () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 30; i++) lines.push(`a${i}: &a${i} [${Array(10).fill(`*a${i - 1}`).join(", ")}]`);
  ok(fault(lines.join("\n")).endsWith("The aliases stand for too many values"));
});

Deno.test("readYaml() refuses merges that would copy a large map for every line", () => {
  const keys = Array.from({ length: 5000 }, (_, i) => `k${i}: 1`).join(", ");
  const lines = [`base: &base {${keys}}`];
  for (let i = 0; i < 20_000; i++) lines.push(`m${i}: {<<: *base}`);
  ok(fault(lines.join("\n")).endsWith("The aliases stand for too many values"));
});
