import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import {
  changedOnDisk,
  changeText,
  type DocumentState,
  isChanged,
  openDocument,
  redo,
  saved,
  settle,
  undo,
} from "./document.ts";
import { mergeLines } from "./merge.ts";
import { applySplice, inverseSplice, spliceBetween } from "./splice.ts";

const disk = (text: string) => ({ text, digest: `digest of ${text}` });
const opened = (text: string) => openDocument("p.yml", disk(text));
const typed = (state: DocumentState, text: string, at = 0, group?: string) =>
  changeText(state, text, { label: "typed", at, group });

Deno.test("spliceBetween() is the shortest change, and its inverse takes it back", () => {
  deepEqual(spliceBetween("lr: 0.1\n", "lr: 0.01\n"), { at: 6, removed: "", inserted: "0" });
  fc.assert(fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
    const splice = spliceBetween(before, after);
    if (splice === undefined) return equal(before, after);
    equal(applySplice(before, splice), after);
    equal(applySplice(after, inverseSplice(splice)), before);
  }));
});

Deno.test("undo() and redo() walk through any changes and back, also across a save", () => {
  fc.assert(fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 60 }), fc.nat(60), (texts, at) => {
    let state = opened("");
    texts.forEach((text, i) => {
      state = typed(state, text, i * 1000);
      if (i === at) state = saved(state, disk(text));
    });
    const last = state.text;
    while (state.past.length > 0) state = undo(state);
    equal(state.text, "");
    while (state.future.length > 0) state = redo(state);
    equal(state.text, last);
  }));
});

Deno.test("typing in one field is one change, until it pauses", () => {
  let state = typed(opened("a"), "ab", 0, "name");
  state = typed(state, "abc", 200, "name");
  equal(state.past.length, 1);
  state = typed(state, "abcd", 900, "name");
  equal(typed(state, "abcde", 950, "other").past.length, 3);
  equal(undo(state).text, "abc");
});

Deno.test("a change on the disk is taken up, put together with one's own, or a conflict in which nothing is lost", () => {
  const base = "a: 1\nb: 2\nc: 3\nd: 4\n";
  equal(changedOnDisk(opened(base), disk("x\n"), 0).text, "x\n");
  const mine = typed(opened(base), "a: 9\nb: 2\nc: 3\nd: 4\n");
  const merged = changedOnDisk(mine, disk("a: 1\nb: 2\nc: 3\nd: 7\n"), 0);
  deepEqual([merged.text, isChanged(merged), merged.conflict], ["a: 9\nb: 2\nc: 3\nd: 7\n", true, undefined]);
  const both = changedOnDisk(mine, disk("a: 5\nb: 2\nc: 3\nd: 4\n"), 0);
  equal(both.text, mine.text);
  ok(both.conflict !== undefined);
  const kept = settle(both, "mine", 0);
  deepEqual([kept.text, kept.base.text, isChanged(kept)], [mine.text, "a: 5\nb: 2\nc: 3\nd: 4\n", true]);
  const theirs = settle(both, "theirs", 0);
  deepEqual([theirs.text, isChanged(theirs), undo(theirs).text], ["a: 5\nb: 2\nc: 3\nd: 4\n", false, mine.text]);
});

Deno.test("a conflict ends when the disk has again what was read, and theirs is what is on the disk now", () => {
  const base = "a: 1\nb: 2\n";
  const asked = changedOnDisk(typed(opened(base), "a: 7\nb: 2\n"), disk("a: 9\nb: 2\n"), 0);
  const over = changedOnDisk(asked, disk(base), 0);
  deepEqual([over.conflict, over.text, over.base.text], [undefined, "a: 7\nb: 2\n", base]);
  const theirs = settle(asked, "theirs", 0, disk("a: 11\n"));
  deepEqual([theirs.text, theirs.base.text, isChanged(theirs)], ["a: 11\n", "a: 11\n", false]);
});

Deno.test("mergeLines() puts changes of lines beside each other together, and asks where both changed one", () => {
  const cell = fc.constantFrom("same", "mine", "theirs", "both");
  fc.assert(fc.property(fc.array(cell), (cells) => {
    const text = (changed: (cell: string) => string) => cells.map((cell, at) => at + changed(cell)).join("\n");
    const base = text(() => "");
    const mine = text((cell) => cell === "mine" || cell === "both" ? " mine" : "");
    const theirs = text((cell) => cell === "theirs" || cell === "both" ? " theirs" : "");
    const wanted = cells.includes("both") ? undefined : text((cell) => cell === "same" ? "" : ` ${cell}`);
    equal(mergeLines(mine, base, theirs), wanted);
  }));
});

Deno.test("mergeLines() brings no line back and loses none, whatever two people add and remove", () => {
  const change = fc.constantFrom("keep", "drop", "write", "add");
  const changes = fc.array(fc.tuple(change, change));
  fc.assert(fc.property(changes, (all) => {
    const made = (who: 0 | 1): readonly string[] =>
      all.flatMap((pair, at) => {
        const [line, own] = [`${at}`, `${at} by ${who}`];
        return { keep: [line], drop: [], write: [own], add: [own, line] }[pair[who]];
      });
    const [base, mine, theirs] = [all.map((_, at) => `${at}`), made(0), made(1)];
    const merge = (a: readonly string[], b: readonly string[]) =>
      mergeLines(a.join("\n"), base.join("\n"), b.join("\n"))?.split("\n").filter((line) => line !== "");
    equal(merge(theirs, mine)?.join("\n"), merge(mine, theirs)?.join("\n"));
    deepEqual(merge(mine, base), mine);
    const merged = merge(mine, theirs);
    if (merged === undefined) return;
    const order = (lines: readonly string[]) => lines.map((line) => parseInt(line));
    deepEqual(order(merged), order(merged).toSorted((a, b) => a - b));
    for (const line of [...mine, ...theirs]) {
      equal(
        merged.includes(line),
        line.includes(" ") || base.includes(line) &&
            mine.includes(line) && theirs.includes(line),
        line,
      );
    }
  }));
});
