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
