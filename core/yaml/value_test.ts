import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import {
  Bytes,
  Float,
  parseOverride,
  pyRepr,
  pyStr,
  Timestamp,
  Tuple,
  type Value,
  ValueSet,
  valueToJson,
} from "./value.ts";

Deno.test("pyStr() prints floats by Python's shortest round trip rule", () => {
  const cases: readonly [number, string][] = [
    [50, "50.0"],
    [0.1, "0.1"],
    [1e-5, "1e-05"],
    [1.5e-7, "1.5e-07"],
    [0.0001, "0.0001"],
    [1e16, "1e+16"],
    [9999999999999998, "9999999999999998.0"],
    [1e22, "1e+22"],
    [1.7976931348623157e308, "1.7976931348623157e+308"],
    [5e-324, "5e-324"],
    [-0, "-0.0"],
    [0, "0.0"],
    [1000, "1000.0"],
    [Infinity, "inf"],
    [-Infinity, "-inf"],
    [NaN, "nan"],
  ];
  for (const [value, text] of cases) equal(pyStr(new Float(value)), text);
});

Deno.test("pyStr() prints scalars, lists and maps as Python does", () => {
  equal(pyStr(null), "None");
  equal(pyStr(true), "True");
  equal(pyStr("it's"), "it's");
  equal(pyStr(12345678901234567890n), "12345678901234567890");
  equal(pyStr(["a", 1, true]), "['a', 1, True]");
  equal(pyStr(new Map<Value, Value>([["k", "v"], [1, null]])), "{'k': 'v', 1: None}");
  equal(pyStr(new Timestamp("2024-01-02", "datetime.date(2024, 1, 2)")), "2024-01-02");
});

Deno.test("pyRepr() chooses quotes and escapes as Python does", () => {
  equal(pyRepr("it's"), `"it's"`);
  equal(pyRepr(`it's "x"`), `'it\\'s "x"'`);
  equal(
    pyRepr("a\tb\n\u0007\u00a0\u2028é\u{1f600}\u{e0001}\\"),
    "'a\\tb\\n\\x07\\xa0\\u2028é\u{1f600}\\U000e0001\\\\'",
  );
  equal(pyRepr(new Bytes(new Uint8Array([0, 39, 97, 92, 255]))), `b"\\x00'a\\\\\\xff"`);
});

Deno.test("pyRepr() prints tuples and sets", () => {
  equal(pyRepr([Tuple.from<Value>(["a", 1])]), "[('a', 1)]");
  equal(pyRepr(new ValueSet([["a", null], ["b", null]])), "{'a', 'b'}");
  equal(pyRepr(new ValueSet()), "set()");
});

Deno.test("pyRepr() prints dates inside a list as constructors", () => {
  equal(pyRepr([new Timestamp("2024-01-02", "datetime.date(2024, 1, 2)")]), "[datetime.date(2024, 1, 2)]");
});

Deno.test("parseOverride() reads what Python's int() and float() accept and leaves the rest", () => {
  const cases: readonly [string, Value][] = [
    ["true", true],
    ["FALSE", false],
    ["007", 7],
    ["1_0", 10],
    ["-5", -5],
    [" 5 ", 5],
    ["1e-3", "1e-3"],
    ["1.5e3", new Float(1500)],
    ["1.10", new Float(1.1)],
    ["1_0.5", new Float(10.5)],
    [".5", new Float(0.5)],
    ["5.", new Float(5)],
    ["1._5", "1._5"],
    ["1__0", "1__0"],
    ["_1", "_1"],
    ["inf", "inf"],
    ["0x10", "0x10"],
    ["1.2.3", "1.2.3"],
    ["", ""],
    ["٣", 3],
    ["12345678901234567890", 12345678901234567890n],
    ["yes", "yes"],
  ];
  for (const [text, value] of cases) deepEqual(parseOverride(text), value, text);
});

Deno.test("valueToJson() is total", () => {
  const value = new Map<Value, Value>([
    ["f", new Float(1.5)],
    ["inf", new Float(Infinity)],
    ["big", 12345678901234567890n],
    [1, [null, true]],
    ["__proto__", new ValueSet([["a", null]])],
    ["day", new Timestamp("2024-01-02", "datetime.date(2024, 1, 2)")],
  ]);
  equal(
    JSON.stringify(valueToJson(value)),
    `{"1":[null,true],"f":1.5,"inf":"inf","big":"12345678901234567890","__proto__":["a"],"day":"2024-01-02"}`,
  );
});
