import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { readPythonJson } from "./python_json.ts";

Deno.test("readPythonJson() reads all JSON as JSON.parse does", () => {
  const values = fc.jsonValue({ noUnicodeString: false });
  fc.assert(fc.property(values, fc.nat(3), (value, indent) => {
    const text = ` ${JSON.stringify(value, null, indent)}\n`;
    deepEqual(readPythonJson(text), { value: JSON.parse(text), kept: [] });
  }));
});

Deno.test("readPythonJson() keeps numbers as text that would not come out as they went in", () => {
  const text = '{"a": [NaN, Infinity, -Infinity], "b": 9007199254740993, "c": 1e999, "d": 1.5, "e": -0}';
  const { value, kept } = readPythonJson(text);
  deepEqual(value, {
    a: ["NaN", "Infinity", "-Infinity"],
    b: "9007199254740993",
    c: "1e999",
    d: 1.5,
    e: -0,
  });
  deepEqual(kept.map(({ path, why }) => [path.join("."), why]), [
    ...[["a.0", "number"], ["a.1", "number"], ["a.2", "number"], ["b", "number"], ["c", "number"]],
  ]);
});

Deno.test("readPythonJson() lets the last of two members count, and tells of the other", () => {
  deepEqual(readPythonJson('{"a": {"x": [1, 2]}, "b": 0, "a": 3}'), {
    value: { a: 3, b: 0 },
    kept: [{ path: ["a"], text: '{"x": [1, 2]}', why: "duplicate key" }],
  });
});

Deno.test("readPythonJson() keeps halves of characters, and members with the names of prototypes", () => {
  deepEqual(readPythonJson('"\\ud800"'), { value: "\ud800", kept: [] });
  equal(JSON.stringify(readPythonJson('{"__proto__": {"a": 1}}').value), '{"__proto__":{"a":1}}');
});

Deno.test("readPythonJson() takes what is no JSON for a text", () => {
  const deep = "[".repeat(5_000) + "]".repeat(5_000);
  for (
    const text of ["", "nonsense", "{", "[1,]", "{'a': 1}", "[1 2]", '"a\nb"', "01", "1.", "nan", "{} {}", "[,1]", deep]
  ) {
    deepEqual(readPythonJson(text), { value: text, kept: [{ path: [], text, why: "not JSON" }] });
  }
});
