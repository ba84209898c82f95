import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { lastSegment, OutputLines } from "./output_lines.ts";

function collect(): { lines: OutputLines<string>; heard: string[] } {
  const heard: string[] = [];
  return { heard, lines: new OutputLines<string>((line, source) => heard.push(`${source}|${line}`)) };
}

Deno.test("OutputLines hands on whole lines, sources kept apart", () => {
  const { lines, heard } = collect();
  lines.add("a", "one\ntw");
  lines.add("b", "x");
  lines.add("a", "o\n");
  lines.end("b");
  deepEqual(heard, ["a|one", "a|two", "b|x"]);
});

Deno.test("OutputLines keeps the last state of a progress bar", () => {
  const { lines, heard } = collect();
  lines.add("a", "10%\r20%");
  equal(lines.partial("a"), "20%");
  lines.add("a", "\r100%\r\nnext\r\n");
  deepEqual(heard, ["a|100%", "a|next"]);
});

Deno.test("OutputLines passes an endless line on in pieces", () => {
  const { lines, heard } = collect();
  for (let i = 0; i < 10; i++) lines.add("a", "x".repeat(10_000));
  lines.end("a");
  equal(heard.length, 2);
  equal(heard.join("").replaceAll("a|", "").length, 100_000);
});

Deno.test("OutputLines forgets what a carriage return overwrote", () => {
  const { lines, heard } = collect();
  for (let i = 0; i < 100_000; i++) lines.add("a", `\r${i} of 100000`);
  lines.end("a");
  deepEqual(heard, ["a|99999 of 100000"]);
});

Deno.test("lastSegment() ignores a carriage return at the end", () => {
  equal(lastSegment("abc\r"), "abc");
  equal(lastSegment("a\rb\r\r"), "b");
  equal(lastSegment("\r"), "");
});

Deno.test("OutputLines gives the same lines however the text is cut", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "\n", "\r", " ") });
  fc.assert(fc.property(text, fc.array(fc.nat(20)), (text, cuts) => {
    const [whole, pieces] = [collect(), collect()];
    whole.lines.add("s", text);
    let rest = text;
    for (const cut of cuts) {
      pieces.lines.add("s", rest.slice(0, cut));
      rest = rest.slice(cut);
    }
    pieces.lines.add("s", rest);
    for (const { lines } of [whole, pieces]) lines.end("s");
    deepEqual(pieces.heard, whole.heard);
  }));
});
