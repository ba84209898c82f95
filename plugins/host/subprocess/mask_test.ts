import { equal } from "node:assert/strict";
import fc from "fast-check";
import { SecretMask } from "./mask.ts";

const encoder = new TextEncoder();

function maskPieces(secrets: readonly string[], pieces: readonly string[]): string {
  const mask = new SecretMask(secrets);
  const bytes = [...pieces.map((piece) => mask.take(encoder.encode(piece))), mask.end()];
  return new TextDecoder().decode(Uint8Array.from(bytes.flatMap((part) => [...part])));
}

Deno.test("SecretMask replaces a secret that comes in two pieces", () => {
  equal(maskPieces(["s3cret"], ["key=s3", "cret;"]), "key=***;");
});

Deno.test("SecretMask prefers the longer secret", () => {
  equal(maskPieces(["abc", "abcdef"], ["abcdef abc"]), "*** ***");
  equal(maskPieces(["abc", "abcdef"], ["abc", "def abc", "x"]), "*** ***x");
});

Deno.test("SecretMask lets go of what was no secret", () => {
  equal(maskPieces(["s3cret"], ["s3cre"]), "s3cre");
});

Deno.test("SecretMask takes secrets literally, also outside ASCII", () => {
  equal(maskPieces(["a.*ü"], ["aXXü a.*ü"]), "aXXü ***");
});

Deno.test("SecretMask never shows a secret, however the output is cut", () => {
  const letters = fc.stringMatching(/^[ab]{0,12}$/);
  fc.assert(fc.property(fc.array(letters), fc.stringMatching(/^[ab]{2,4}$/), (pieces, secret) => {
    equal(maskPieces([secret], pieces), pieces.join("").replaceAll(secret, "***"));
  }));
});
