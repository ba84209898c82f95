import { strictEqual as equal } from "node:assert/strict";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import { Float, type Value } from "../../yaml/value.ts";
import { ask } from "./predicate.ts";

const files = memoryFiles({ "/w/f": "x", "/w/empty": "", "/w/d/a.png": "", "/w/d/b.png": "", "/w/d/.hidden": "" });
files.makeDirectory("/w/none");

function about(path: string, predicate: Parameters<typeof ask>[0], args: Record<string, Value> = {}): boolean {
  return ask(predicate, { kind: "path", path }, { args: new Map(Object.entries(args)), files });
}

Deno.test("ask() tells files from folders and from nothing", () => {
  equal(about("/w/f", "exists"), true);
  equal(about("/w/gone", "exists"), false);
  equal(about("/w/d", "is_file"), false);
  equal(about("/w/d", "is_dir"), true);
  equal(about("/w/f", "non_empty"), true);
  equal(about("/w/empty", "non_empty"), false);
  equal(about("/w/none", "non_empty"), false);
  equal(about("/w/gone", "non_empty"), false);
});

Deno.test("ask() counts what matches, no dot names; a file counts as one, nothing as false", () => {
  equal(about("/w/d", "count", { n: 2 }), true);
  equal(about("/w/d", "count", { n: 3 }), false);
  equal(about("/w/d", "count", { pattern: "a*", op: "==", n: new Float(1) }), true);
  equal(about("/w/f", "count", { op: "=", n: 1 }), true);
  equal(about("/w/gone", "count", { op: "<", n: 9 }), false);
  for (const [op, expected] of [["!=", false], [">", false], ["<", false], [">=", true], ["<=", true]] as const) {
    equal(about("/w/d", "count", { op, n: 2 }), expected, op);
  }
});

Deno.test("ask() takes a parameter for what it says", () => {
  const param = (value: Value) => ask("param", { kind: "value", value }, { args: new Map(), files });
  for (const value of [false, 0, "", "False", "none", "OFF"]) equal(param(value), false, String(value));
  for (const value of [true, 1, "yes", "0.0x"]) equal(param(value), true, String(value));
});
