import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { parseEnvFile } from "./env_file.ts";

function values(text: string): Record<string, string> {
  const { entries, faults } = parseEnvFile(text);
  deepEqual(faults, []);
  return Object.fromEntries(entries.map(({ name, value }) => [name, value]));
}

Deno.test("parseEnvFile() reads names, quotes, comments and export", () => {
  const text = [
    "\ufeff# a comment",
    "PLAIN=one two  # the rest is a comment",
    "HASH=a#b",
    " export  EXPORTED = yes ",
    `SINGLE='it is $HOME \\n # this' # after`,
    `DOUBLE="line\\nnext \\"quoted\\" \\$HOME \\q"`,
    "EMPTY=",
    "EQUALS=a=b=c",
    "COMMENT= # nothing",
    "",
  ].join("\r\n");
  deepEqual(values(text), {
    PLAIN: "one two",
    HASH: "a#b",
    EXPORTED: "yes",
    SINGLE: "it is $HOME \\n # this",
    DOUBLE: 'line\nnext "quoted" $HOME \\q',
    EMPTY: "",
    EQUALS: "a=b=c",
    COMMENT: "",
  });
});

Deno.test("parseEnvFile() reads quotes over several lines, and counts lines on", () => {
  const { entries } = parseEnvFile(`KEY="-----BEGIN-----\nabc\n-----END-----"\nNEXT=1\n`);
  deepEqual(entries, [
    { name: "KEY", value: "-----BEGIN-----\nabc\n-----END-----", line: 1 },
    { name: "NEXT", value: "1", line: 4 },
  ]);
});

Deno.test("parseEnvFile() tells lines it cannot read, without quoting them, and reads on", () => {
  const { entries, faults } = parseEnvFile(`secret words\n1A=x\nA="open\nB=2\nC="x"y\nD=4\nE=\0\n`);
  deepEqual(entries.map(({ name }) => name), ["B", "D"]);
  deepEqual(faults.map(({ line }) => line), [1, 2, 3, 5, 7]);
  ok(!JSON.stringify(faults).includes("secret words"));
});

Deno.test("parseEnvFile() gives back what was written in quotes", () => {
  const quoted = (value: string) =>
    `"${value.replace(/[\\"$]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r")}"`;
  fc.assert(fc.property(fc.string({ unit: "binary" }).filter((it) => !it.includes("\0")), (value) => {
    deepEqual(values(`X=${quoted(value)}\n`), { X: value });
  }));
});

Deno.test("parseEnvFile() reads any text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
    const { entries, faults } = parseEnvFile(text);
    ok(entries.length + faults.length <= text.split(/\r\n|\n|\r/).length);
  }));
});

Deno.test("parseEnvFile() reads a megabyte of quotes, closed and open", () => {
  equal(parseEnvFile('A="x"\n'.repeat(170_000)).entries.length, 170_000);
  equal(parseEnvFile('A="x\n'.repeat(170_000)).faults.length, 170_000);
});
