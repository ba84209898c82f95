import { strictEqual as equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { sha256 } from "./sha256.ts";

const expected = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

Deno.test("sha256() gives the digests of the standard's examples", () => {
  const of = (text: string) => sha256(new TextEncoder().encode(text));
  equal(of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  equal(of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

Deno.test("sha256() agrees with node:crypto at every length around a block, also inside a larger buffer", () => {
  const bytes = crypto.getRandomValues(new Uint8Array(400));
  for (let length = 0; length < 200; length++) {
    equal(sha256(bytes.subarray(7, 7 + length)), expected(bytes.subarray(7, 7 + length)));
  }
});

Deno.test("sha256() agrees with node:crypto on any bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => equal(sha256(bytes), expected(bytes))));
});
