import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { parse } from "smol-toml";
import { placeIn, scanToml } from "./toml_scan.ts";

const TEXT = `\ufeff# "quotes" = in a comment
"quoted \\u0041 key" = 'a # b' # c
a.'b c'.d = [ # [
  "]", ']', """
x = 1
""",
]

[ table . "x.y" ]
k = { a = 1, b = "}" }
m = '''
[no.table]
'''
[[list]]
z = 1979-05-27
[list.sub]
end = -0.5e3`;

Deno.test("scanToml() finds every key and header with its value", () => {
  parse(TEXT);
  const { keys, tables } = scanToml(TEXT);
  deepEqual(keys.map(({ path, valueStart, valueEnd }) => [path, TEXT.slice(valueStart, valueEnd)]), [
    [["quoted A key"], "'a # b'"],
    [["a", "b c", "d"], TEXT.slice(TEXT.indexOf("[ # ["), TEXT.indexOf("\n\n[ table"))],
    [["table", "x.y", "k"], '{ a = 1, b = "}" }'],
    [["table", "x.y", "m"], "'''\n[no.table]\n'''"],
    [["list", "z"], "1979-05-27"],
    [["list", "sub", "end"], "-0.5e3"],
  ]);
  deepEqual(tables.map(({ path, start }) => [path, placeIn(TEXT, start)]), [
    [["table", "x.y"], { line: 9, column: 3 }],
    [["list"], { line: 14, column: 3 }],
    [["list", "sub"], { line: 16, column: 2 }],
  ]);
});

Deno.test("scanToml() ends on any text, in no time", () => {
  for (const text of ["", "[", "a", "=", "a=", "[[", '"', "a = [", "a = '''", "]\n]\n", "\r"]) scanToml(text);
  equal(scanToml("a = [\n".repeat(20_000)).keys.length, 1);
  equal(scanToml('a = "x"\n'.repeat(20_000)).keys.length, 20_000);
});
