import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { StateNotSerialisable } from "../base/errors.ts";
import { canonicalJson } from "./canonical.ts";

Deno.test("canonicalJson() sorts members by code units, numbers among them, at every depth", () => {
  equal(canonicalJson({ b: 1, a: { d: 2, c: 3 }, 10: 0, 9: 0, A: 0 }), '{"10":0,"9":0,"A":0,"a":{"c":3,"d":2},"b":1}');
  equal(canonicalJson([{ b: 1, a: 2 }, { b: 3, a: 4 }, { a: 5 }]), '[{"a":2,"b":1},{"a":4,"b":3},{"a":5}]');
});

Deno.test("canonicalJson() leaves out undefined members and writes -0 as 0", () => {
  equal(canonicalJson({ a: undefined, b: -0, c: [], d: {}, e: null }), '{"b":0,"c":[],"d":{},"e":null}');
  equal(canonicalJson({ a: undefined }), "{}");
});

Deno.test("canonicalJson() escapes texts as JSON.stringify does, long ones too", () => {
  for (const text of ["", '"', "\\", "\n\u0000", "é😀", "\ud800", "x".repeat(500) + "\u0007"]) {
    equal(canonicalJson(text), JSON.stringify(text));
  }
});

Deno.test("canonicalJson() is the text of JSON.stringify when members are in order, and one for every order", () => {
  const values = fc.jsonValue({ noUnicodeString: false });
  fc.assert(fc.property(values, (value) => {
    const text = canonicalJson(value);
    deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
    equal(canonicalJson(JSON.parse(text)), text);
    equal(canonicalJson(reversed(value)), text);
  }));
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, member]) => [key, reversed(member)]));
}

Deno.test("canonicalJson() names the path and the kind of what JSON cannot hold", () => {
  class Point {
    x = 1;
  }
  const cases: readonly (readonly [unknown, string, RegExp])[] = [
    [{ items: [0, 1, { when: new Date(0) }] }, "state.items[2].when", /of class Date/],
    [{ a: NaN }, "state.a", /it is NaN/],
    [{ a: [-Infinity] }, "state.a[0]", /-Infinity/],
    [{ a: 1n }, "state.a", /bigint 1n/],
    [{ a: () => 1 }, "state.a", /a function/],
    [{ a: Symbol("s") }, "state.a", /a symbol/],
    [[undefined], "state[0]", /undefined/],
    [undefined, "state", /undefined/],
    [{ "a b": { p: new Point() } }, 'state["a b"].p', /of class Point/],
    [{ m: new Map() }, "state.m", /of class Map/],
  ];
  for (const [value, path, message] of cases) {
    throws(() => canonicalJson(value), (error) => {
      equal(error instanceof StateNotSerialisable && error.data.path, path);
      return message.test((error as Error).message);
    });
  }
});

Deno.test("canonicalJson() finds an object that holds itself, and bears one that is held twice", () => {
  const shared = { n: 1 };
  equal(canonicalJson({ a: shared, b: shared }), '{"a":{"n":1},"b":{"n":1}}');
  const circle: { list: unknown[] } = { list: [] };
  circle.list.push({ back: circle });
  throws(() => canonicalJson(circle), /Cannot store state\.list\[0\]\.back: it is an object that holds itself/);
});

Deno.test("canonicalJson() does not ask toJSON, and takes objects without a prototype", () => {
  equal(canonicalJson(Object.assign(Object.create(null), { a: 1 })), '{"a":1}');
  throws(() => canonicalJson({ toJSON: () => 1 }), /state\.toJSON/);
});

Deno.test("canonicalJson() refuses what is nested without end, whoever asks", () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 5_000; depth++) deep = [deep];
  throws(() => canonicalJson(deep, "answer"), /nested deeper than 1000/);
});
