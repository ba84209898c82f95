import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import type { Blob, StateTools } from "../../ports/loop_store.ts";
import { StoreCorrupt } from "../base/errors.ts";
import { runAsync, runSync } from "../base/flow.ts";
import { blobOf, type StoredText, storedText, textOf } from "./blobs.ts";

const tools: StateTools = {
  sha256: (text) => createHash("sha256").update(text).digest("hex"),
  deflate: (text) => deflateRawSync(text),
  inflate: (bytes) => inflateRawSync(bytes).toString(),
};

/** Stores each text on the one before it, as steps of a run do. */
function storeAll(texts: readonly string[]): { blobs: Map<string, Blob>; depths: number[] } {
  const blobs = new Map<string, Blob>();
  const depths: number[] = [];
  let base: StoredText | undefined;
  for (const text of texts) {
    const { blob, depth } = blobOf(text, tools, { base });
    if (!blobs.has(blob.ref)) blobs.set(blob.ref, blob);
    base = { ref: blob.ref, text, depth };
    depths.push(depth);
  }
  return { blobs, depths };
}

function readBack(blobs: ReadonlyMap<string, Blob>, text: string): string {
  return runSync(textOf(tools.sha256(text), (ref) => blobs.get(ref), tools));
}

/** 60 KB of which one number in each of a few places changes with every step. */
function state(step: number): string {
  const items = Array.from({ length: 600 }, (_, index) => ({ id: index, note: tools.sha256(`${index}`) }));
  return JSON.stringify({ items, seen: items.slice(0, 20).map(({ id }) => id * step), step });
}

Deno.test("blobOf() keeps small states as they are, whatever they have in common", () => {
  const { blob, depth } = blobOf('{"a":1}', tools, { base: { ref: "b", text: '{"a":2}', depth: 0 } });
  deepEqual({ codec: blob.codec, depth, text: new TextDecoder().decode(blob.bytes) }, {
    codec: "json",
    depth: 0,
    text: '{"a":1}',
  });
  equal(blob.ref, tools.sha256('{"a":1}'));
});

Deno.test("blobOf() compresses a long state, unless that saves nothing", () => {
  equal(blobOf(`"${"lorem ipsum ".repeat(1_000)}"`, tools).blob.codec, "deflate");
  const noise = Array.from({ length: 200 }, (_, index) => createHash("sha512").update(`${index}`).digest("base64"));
  const useless: StateTools = { ...tools, deflate: (text) => new TextEncoder().encode(text) };
  equal(blobOf(JSON.stringify(noise), useless).blob.codec, "json");
});

Deno.test("blobOf() keeps what has changed, with a whole state at least every sixteenth time", () => {
  const texts = Array.from({ length: 40 }, (_, step) => state(step));
  const { blobs, depths } = storeAll(texts);
  equal(Math.max(...depths), 15);
  equal(depths.filter((depth) => depth === 0).length, 3);
  for (const text of texts) equal(readBack(blobs, text), text);
  ok([...blobs.values()].every((blob) => blob.codec !== "delta" || blob.bytes.length < 1_000));
});

Deno.test("textOf() reads through stores that answer at once and such that do not", async () => {
  const { blobs } = storeAll([state(1), state(2), state(3)]);
  const ref = tools.sha256(state(3));
  equal(runSync(storedText(ref, (it) => blobs.get(it), tools)).depth, 2);
  equal(await runAsync(textOf(ref, (it) => Promise.resolve(blobs.get(it)), tools)), state(3));
});

Deno.test("textOf() undoes blobOf() for any row of texts", () => {
  const piece = fc.string({ unit: fc.constantFrom("a", '"', "é", "😀", "😁", "\n"), minLength: 0, maxLength: 300 });
  const rows = fc.array(fc.array(piece, { minLength: 30, maxLength: 60 }), { minLength: 1, maxLength: 5 });
  const check = fc.property(rows, (row) => {
    const texts = row.map((pieces) => JSON.stringify({ pieces }));
    const { blobs } = storeAll(texts);
    for (const text of texts) equal(readBack(blobs, text), text);
  });
  fc.assert(check, { numRuns: 50 });
});

Deno.test("textOf() tells what is missing, damaged or stands on itself", async () => {
  const { blobs } = storeAll([state(1), state(2)]);
  const [whole, delta] = [...blobs.values()];
  const read = (...given: readonly Blob[]) => () =>
    runSync(textOf(delta.ref, (ref) => given.find((blob) => blob.ref === ref), tools));
  throws(read(delta), StoreCorrupt);
  throws(read(), StoreCorrupt);
  throws(read({ ...delta, baseRef: delta.ref }), /its own base/);
  throws(read({ ...delta, baseRef: undefined }), /delta of nothing/);
  throws(read({ ...delta, bytes: new TextEncoder().encode("zzzz,1,1;a") }, whole), /does not fit its base/);
  throws(read({ ...delta, bytes: new TextEncoder().encode("1,0,0;") }, whole), /the text has changed/);
  await rejects(runAsync(textOf("no", () => Promise.resolve(undefined), tools)), /no is missing/);
});
