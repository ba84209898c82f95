import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { applyEdits, type Edit } from "../../plugins/tool/files/edit/apply.ts";
import { unifiedDiff } from "../../plugins/tool/files/edit/diff.ts";
import { ratio } from "../../plugins/tool/files/edit/ratio.ts";
import { decodeText, encodeText } from "../../plugins/tool/files/edit/text_file.ts";

function edited(text: string, ...edits: readonly Edit[]): string {
  const outcome = applyEdits(text, edits);
  ok(outcome.ok, JSON.stringify(outcome));
  return outcome.text;
}

function refused(text: string, ...edits: readonly Edit[]): string {
  const outcome = applyEdits(text, edits);
  ok(!outcome.ok, "it was applied");
  return outcome.refused.why;
}

const edit = (old_str: string, new_str: string): Edit => ({ old_str, new_str });

Deno.test("applyEdits() replaces what is there once, and counts what is there more often", () => {
  equal(edited("a b c", edit("b", "x")), "a x c");
  equal(refused("a b b", edit("b", "x")), "several");
  equal(refused("aaa", edit("aa", "x")), "several");
  equal(refused("a b", edit("", "x")), "empty");
  equal(refused("a b", edit("b", "b")), "unchanged");
});

Deno.test("applyEdits() does all edits in order, or none", () => {
  equal(edited("a b", edit("a", "c"), edit("c b", "d")), "d");
  equal(refused("a b", edit("a", "c"), edit("absent and gone", "d")), "not-found");
});

Deno.test("applyEdits() does not take another number, text, operator or name for what was meant", () => {
  const cases: readonly (readonly [file: string, given: string])[] = [
    ["x = 1\ny = 3\n", "x = 1\ny = 2\n"],
    ["const limit = 100;\n", "const limit = 1000;\n"],
    ['print("hello world")\n', 'print("hello there")\n'],
    ["if (count < limit) return;\n", "if (count > limit) return;\n"],
    ["total = total + value\n", "total = total - value\n"],
    ["self.width = compute(width)\n", "self.wide = compute(depth)\n"],
    ["foo(first, second);\n", "foo(first, second)\n  "],
    ["const nextRow = x + this.offset;\n", "const nextRow = y + this.offset;\n"],
  ];
  for (const [file, given] of cases) {
    equal(refused(file, edit(given.trimEnd() + "\n", "changed\n")), "not-found", given);
  }
});

Deno.test("applyEdits() forgives a slip in a long name, and says what it found", () => {
  const outcome = applyEdits("const configuration = load();\nrun();\n", [
    edit("const configuraiton = load();", "const configuration = read();"),
  ]);
  ok(outcome.ok);
  equal(outcome.text, "const configuration = read();\nrun();\n");
  equal(outcome.applied[0].level, "fuzzy");
  deepEqual(outcome.applied[0].instead, [
    { expected: "const configuraiton = load();", found: "const configuration = load();" },
  ]);
});

Deno.test("applyEdits() refuses two places that are nearly as good", () => {
  const file = "alphabetical(first);\nsomething();\nalphabetikal(first);\n";
  equal(refused(file, edit("alphabetycal(first);", "x")), "ambiguous");
});

Deno.test("applyEdits() indents what it puts in as the file is", () => {
  const file = "class A:\n\tdef f(self):\n\t\tif self.x:\n\t\t\treturn 1\n\t\treturn 2\n";
  equal(
    edited(file, edit("if self.x:\n    return 1\n", "if self.x:\n    if self.y:\n        return 3\n    return 1\n")),
    "class A:\n\tdef f(self):\n\t\tif self.x:\n\t\t\tif self.y:\n\t\t\t\treturn 3\n\t\t\treturn 1\n\t\treturn 2\n",
  );
});

Deno.test("applyEdits() leaves lines that an edit does not speak of as they are", () => {
  const file = "function f() {\n\tconst a  =  1;\n\tconst b = 2;   \n}\n";
  equal(
    edited(file, edit("const a = 1;\nconst b = 2;\n", "const a = 1;\nconst c = 3;\nconst b = 2;\n")),
    "function f() {\n\tconst a  =  1;\n\tconst c = 3;\n\tconst b = 2;   \n}\n",
  );
});

Deno.test("applyEdits() gets over one line too many, and keeps it", () => {
  const file = "open the store\n// nobody told me of this\nread all the rows\nclose the store\nsay goodbye\n";
  const given = "open the store\nread all the rows\nclose the store\n";
  const outcome = applyEdits(file, [edit(given, given.replace("close the store", "close everything"))]);
  ok(outcome.ok);
  equal(outcome.text, file.replace("close the store", "close everything"));
});

Deno.test("applyEdits() gets over one line too few, and does not put it there", () => {
  const file = "open the store\nread all the rows\nclose the store\nsay goodbye\n";
  const given = "open the store\n// this was never there\nread all the rows\nclose the store\n";
  const outcome = applyEdits(file, [edit(given, given.replace("close the store", "close everything"))]);
  ok(outcome.ok);
  equal(outcome.text, file.replace("close the store", "close everything"));
});

Deno.test("applyEdits() refuses to replace lines with one between that nobody spoke of", () => {
  const file = "open the store\n// nobody told me of this\nread all the rows\nclose the store\n";
  equal(refused(file, edit("open the store\nread all the rows\nclose the store\n", "nothing of it\n")), "interleaved");
});

Deno.test("applyEdits() keeps CRLF, mixed line ends, and the lack of one at the end", () => {
  equal(edited("a\r\nb\r\nc", edit("b\n", "x\ny\n")), "a\r\nx\r\ny\r\nc");
  equal(edited("a\nb\r\nc\n", edit("b", "x")), "a\nx\r\nc\n");
  equal(edited("a\n  b", edit("b\n", "x\n")), "a\n  x");
  equal(edited("a\fb\u2028c\nd\n", edit("d", "x")), "a\fb\u2028c\nx\n");
});

const LINES = fc.array(fc.string({ maxLength: 12 }).map((line) => line.replace(/[\r\n]/g, " ")), {
  minLength: 1,
  maxLength: 12,
});

Deno.test("an exact edit changes its range and no other byte, whatever the line ends", () => {
  fc.assert(fc.property(LINES, fc.array(fc.constantFrom("\n", "\r\n")), fc.nat(), (lines, ends, pick) => {
    const text = lines.map((line, i) => line + (ends[i] ?? "\n")).join("");
    const wanted = `<<${pick}>>`;
    const at = pick % (lines.length + 1);
    const place = lines.slice(0, at).reduce((sum, line, i) => sum + line.length + (ends[i] ?? "\n").length, 0);
    const file = text.slice(0, place) + wanted + text.slice(place);
    equal(edited(file, edit(wanted, "new")), `${text.slice(0, place)}new${text.slice(place)}`);
  }));
});

Deno.test("an edit that is applied can be taken back by its opposite, where that is unambiguous", () => {
  fc.assert(fc.property(LINES, fc.nat(), (lines, pick) => {
    const text = `${lines.join("\n")}\n`;
    const [old, now] = [lines[pick % lines.length], "@@something else@@"];
    const there = applyEdits(text, [edit(old, now)]);
    if (!there.ok || there.applied[0].level !== "exact") return;
    equal(edited(there.text, edit(now, old)), text);
  }));
});

Deno.test("whatever is written for an edit, nothing is thrown and lines far away stay", () => {
  fc.assert(fc.property(LINES, LINES, LINES, (lines, old, now) => {
    const text = `first line of all\n${lines.join("\n")}\nlast line of all\n`;
    const outcome = applyEdits(text, [edit(old.join("\n"), now.join("\n"))]);
    if (outcome.ok && outcome.applied[0].level !== "exact") ok(outcome.text.includes("line of all"));
  }));
});

Deno.test("decodeText() and encodeText() give back every file, byte for byte", () => {
  const marks = fc.constantFrom<readonly number[]>([], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff]);
  fc.assert(fc.property(marks, fc.uint8Array({ maxLength: 64 }), (mark, content) => {
    const bytes = new Uint8Array([...mark, ...content]);
    const file = decodeText(bytes);
    if (file !== undefined) deepEqual(encodeText(file), bytes);
  }));
  equal(decodeText(new Uint8Array([65, 0, 66])), undefined);
  equal(encodeText({ text: "日", encoding: "latin1", bom: false }), undefined);
});

Deno.test("ratio() is 1 for the same, symmetrical in its bounds, and that of the original for known pairs", () => {
  equal(ratio("abcd", "bcde"), 0.75);
  equal(ratio("", "a"), 0);
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => {
    const value = ratio(a, b);
    ok(value >= 0 && value <= 1);
    equal(ratio(a, a), 1);
    const bounded = ratio(a, b, 0.7);
    ok(bounded === value || (bounded === 0 && value < 0.7));
  }));
});

Deno.test("unifiedDiff() shows three lines around, and no more than 40 in all", () => {
  const before = Array.from({ length: 20 }, (_, i) => `line ${i}`).join("\n");
  equal(
    unifiedDiff("a", `${before}\n`, `${before.replace("line 10", "new")}\n`),
    [
      "--- a/a",
      "+++ b/a",
      "@@ -8,7 +8,7 @@",
      " line 7",
      " line 8",
      " line 9",
      "-line 10",
      "+new",
      " line 11",
      " line 12",
      " line 13",
    ]
      .join("\n"),
  );
  const after = Array.from({ length: 200 }, (_, i) => `other ${i}`).join("\n");
  equal(unifiedDiff("a", before, after).split("\n").length, 40);
  equal(unifiedDiff("a", before, before), "");
});
