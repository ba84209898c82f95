import { strictEqual as equal } from "node:assert/strict";
import { readDocstring } from "./docstring.ts";

const FOUND: Readonly<Record<string, string>> = {
  "\ufeff#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n\n  # remark\n'''A.'''": "A.",
  '"""A\n    b\n      c\n    """': "A\nb\n  c",
  "'A' \"B\"\n": "AB",
  "('A'\n  # remark\n 'B')": "AB",
  "'A' \\\n 'B'": "AB",
  "'A'; import os": "A",
  'r"""a\\n"""': "a\\n",
  "U'A'": "A",
  '"a\\x41\\u00e9\\U0001f600\\101\\q\\\nb"': "aAé😀A\\qb",
  "'A'  # remark": "A",
  "'''A\r\n\tb\r\n\tc'''": "A\nb\nc",
  "((('A')))": "A",
  "''": "",
};

for (const [source, expected] of Object.entries(FOUND)) {
  Deno.test(`readDocstring() finds ${JSON.stringify(expected)} in ${JSON.stringify(source)}`, () => {
    equal(readDocstring(source), expected);
  });
}

Deno.test("readDocstring() finds none where the first statement is no text", () => {
  const sources = ["", "import os\n'A'", "b'A'", "f'A'", "'A' f'B'", "'A' + 'B'", "'A'.strip()", "'A', 'B'", "x = 'A'"];
  for (const source of [...sources, "'A' % 1", "('A'", "'\\x4'", "'\\N'"]) {
    equal(readDocstring(source), undefined, source);
  }
});
