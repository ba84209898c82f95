import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { printable, shown, shownValue, withoutLogin } from "./shown.ts";

Deno.test("withoutLogin() leaves out of addresses what opens them", () => {
  equal(withoutLogin("https://ada:pw@a.example/x"), "https://***@a.example/x");
  equal(withoutLogin("https://ada:p@w@a.example/@x"), "https://***@a.example/@x");
  equal(withoutLogin("https://a.example/x?api_key=123&q=1#token=9"), "https://a.example/x?api_key=***&q=1#token=***");
  deepEqual(withoutLogin(["npm:a@1", "postgres://u:p@db/x"]), ["npm:a@1", "postgres://***@db/x"]);
  equal(withoutLogin(3), 3);
});

Deno.test("shown() puts any value into one short line", () => {
  deepEqual([null, 3n, new Map(), "a\nb", [1n]].map(shown), ["nothing", "3", "a map", '"a\\nb"', '["1"]']);
  equal(shown("x".repeat(100)).length, 61);
});

Deno.test("shownValue() is for tables", () => {
  deepEqual([null, [], ["a", "b"], 3].map(shownValue), ["none", "none", "a, b", "3"]);
});

Deno.test("printable() writes out what a terminal would obey", () => {
  equal(printable("a\x1b[2Jb\nc\x9b1m\u202e"), "a\\u001b[2Jb\\u000ac\\u009b1m\\u202e");
  equal(printable("naïve 文字 🙂"), "naïve 文字 🙂");
});
