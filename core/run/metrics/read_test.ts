import { deepStrictEqual as deepEqual, match } from "node:assert/strict";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import { MOST_BYTES, readMetrics } from "./read.ts";

function read(name: string, text: string, isWhole = true) {
  return readMetrics(`/w/${name}`, memoryFiles({ [`/w/${name}`]: text }), { isWhole });
}

function values(name: string, text: string): unknown {
  const found = read(name, text);
  return "values" in found ? found.values : found.problem;
}

Deno.test("readMetrics() flattens JSON, keeps what Python writes, and leaves lists out", () => {
  const text =
    '{"acc": 0.5, "a": {"f1": 1, "b": {"c": true}}, "bad": NaN, "inf": -Infinity, "name": "NaN x", "l": [1, 2],' +
    ' "none": null, "text": "Infinity \\" NaN"}';
  deepEqual(values("m.json", text), {
    ...{ acc: 0.5, "a.f1": 1, "a.b.c": true, bad: "NaN", inf: "-Infinity", name: "NaN x", none: null },
    text: 'Infinity " NaN',
  });
  deepEqual(values("acc.json", "0.25"), { acc: 0.25 });
  deepEqual(values("m.json", '\ufeff{"a": 1}'), { a: 1 });
});

Deno.test("readMetrics() takes the last of a list of records, and every value of a list of numbers", () => {
  const records = read("m.json", '[{"acc": 1}, {"acc": 2, "x": 3}]');
  deepEqual("values" in records && records.values, { acc: 2, x: 3 });
  deepEqual("values" in records && records.series.get("acc"), [1, 2]);
  const lists = read("m.json", '{"acc": [0.1, NaN], "words": ["a"]}');
  deepEqual("values" in lists && [lists.values, lists.series.get("acc")], [{}, [0.1, "NaN"]]);
});

Deno.test("readMetrics() takes the last row of a table, and names with values", () => {
  deepEqual(values("m.csv", "epoch,acc,note\n1,0.5,a\n2,nan,\n"), { epoch: 2, acc: "NaN", note: null });
  deepEqual(values("m.csv", "epoch;acc\r\n1;0,5\r\n"), { epoch: 1, acc: "0,5" });
  deepEqual(values("m.tsv", "a\tb\tc\n1\t2\t3"), { a: 1, b: 2, c: 3 });
  deepEqual(values("m.csv", 'metric,value\nacc,0.9\n"f1, macro",inf\nbest,resnet\n'), {
    ...{ acc: 0.9, "f1, macro": "Infinity", best: "resnet" },
  });
  deepEqual(values("m.csv", "acc,0.9\nloss,1e-3\n"), { acc: 0.9, loss: 0.001 });
  deepEqual(values("m.csv", "epoch,acc\n1,0.5\n2,0.6\n"), { epoch: 2, acc: 0.6 });
  deepEqual(values("m.csv", ""), {});
  deepEqual(values("m.csv", "epoch,acc\n"), {});
  deepEqual(values("m.csv", 'a,b,c\n"x ""y""",2,"two\nlines"\n'), { a: 'x "y"', b: 2, c: "two\nlines" });
});

Deno.test("readMetrics() leaves the half of a line that is being written", () => {
  const found = read("m.csv", "epoch,acc,x\n1,0.5,1\n2,0.", false);
  deepEqual("values" in found && [found.values.acc, found.series.get("acc")], [0.5, [0.5]]);
});

Deno.test("readMetrics() says what is broken, and where", () => {
  match(String(values("m.json", '{"a": 1,\n "b": }')), /line 2, column 7 is no JSON/);
  match(String(values("m.json", "")), /line 1, column 1 is no JSON/);
  match(String(values("m.csv", 'a,b\n1,"x\n')), /a quote is not closed in line 2, column 3/);
  match(String(values("m.csv", 'a,b\n"x"y,1\n')), /behind a closing quote in line 2, column 4/);
  match(String(values("m.json", " ".repeat(MOST_BYTES + 1))), /1048577 bytes; 1048576 are the most/);
  deepEqual(readMetrics("/w/none.json", memoryFiles({}), { isWhole: true }), {
    code: "metrics-missing",
    problem: "is not there",
  });
  deepEqual(readMetrics("/w/d", memoryFiles({ "/w/d/x": "" }), { isWhole: true }), {
    code: "metrics-broken",
    problem: "is no file",
  });
});
