import { ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { cells, fit, pad, plainText } from "./text_width.ts";

Deno.test("cells() counts wide characters twice, marks and colours not at all", () => {
  equal(cells("abc"), 3);
  equal(cells("中文"), 4);
  equal(cells("e\u0301"), 1);
  equal(cells("👩‍👩‍👧"), 2);
  equal(cells("\x1b[31mred\x1b[0m"), 3);
  equal(cells("→ ░█ é…"), 7);
});

Deno.test("fit() cuts between characters and says so", () => {
  equal(fit("abcdef", 4), "abc…");
  equal(fit("中文字", 4), "中…");
  equal(fit("abc", 3), "abc");
  equal(fit("abc", 0), "");
});

Deno.test("plainText() takes out what would move the cursor", () => {
  equal(plainText("a\x1b[2Kb\x1b]0;title\x07c\td\x07"), "abc d");
});

Deno.test("pad() fills up to the width and never cuts", () => {
  equal(pad("中", 4), "中  ");
  equal(pad("long", 2), "long");
});

Deno.test("fit() never gives more cells than it may", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.nat(30), (text, columns) => {
    ok(cells(fit(text, columns)) <= columns);
  }));
});
