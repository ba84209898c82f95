import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { isSecretName, redactor, secretForms, SecretMask, secretsOf } from "./redact.ts";

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

Deno.test("SecretMask of no secrets changes nothing", () => {
  equal(maskPieces([], ["abc", ""]), "abc");
});

Deno.test("redactor() masks a secret in every base64 that holds it, whatever stands around it", () => {
  const texts = fc.string({ unit: "binary", maxLength: 9 });
  const secrets = fc.string({ unit: "grapheme-ascii", minLength: 8, maxLength: 40 }).filter((it) => it.trim() === it);
  fc.assert(fc.property(texts, secrets, texts, (before, secret, after) => {
    const bytes = encoder.encode(before + secret + after);
    const base = btoa(String.fromCharCode(...bytes));
    const shown = redactor([secret])(base);
    ok(shown.includes("***"), shown);
    // At most the letters at both ends are left, which hold less than two bytes of the secret each.
    const hidden = base.length - shown.replace("***", "").length;
    ok(hidden >= Math.floor(encoder.encode(secret).length * 8 / 6) - 3, `${hidden} of ${base}`);
  }));
});

Deno.test("redactor() masks a secret as addresses, forms and JSON write it", () => {
  const secret = 'p/ss "wörd" +1';
  const redact = redactor([secret]);
  for (const text of [secret, encodeURIComponent(secret), new URLSearchParams({ a: secret }).get("a")!]) {
    equal(redact(`<${text}>`), "<***>");
  }
  equal(redact(JSON.stringify({ a: secret })), '{"a":"***"}');
  equal(redact(`https://example.org/?k=${encodeURIComponent(btoa("x:abcdefgh1234"))}`).includes("***"), false);
});

Deno.test("redactor() masks each line of a private key", () => {
  const line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";
  equal(redactor([`-----BEGIN PRIVATE KEY-----\n${line}\n`])(`found ${line}!`), "found ***!");
});

Deno.test("redactor() of no secrets changes nothing", () => {
  equal(redactor([])("abc"), "abc");
});

Deno.test("secretsOf() knows secrets by the names of their variables, and passwords in addresses", () => {
  const env = {
    ANTHROPIC_API_KEY: "sk-ant-1234",
    LOOM_API_KEYS: "caller-one, caller-two",
    DATABASE_URL: "postgres://ada:hunter2hunter2@db/x",
    SHORT_TOKEN: "abc",
    HOME: "/home/ada",
    KEYBOARD: "qwertz-layout",
  };
  deepEqual(secretsOf(env), ["sk-ant-1234", "caller-one, caller-two", "caller-one", "caller-two", "hunter2hunter2"]);
});

Deno.test("isSecretName() sees what is secret by its last word", () => {
  deepEqual(["GITHUB_TOKEN", "api_key", "db.password", "X_WEBHOOK"].map(isSecretName), [true, true, true, true]);
  deepEqual(["KEYBOARD", "TOKENIZER", "LOOM_BUDGET_MAX_TOKENS"].map(isSecretName), [false, false, false]);
});

Deno.test("secretForms() leaves out what is too short to be told from other words", () => {
  for (const form of secretForms("abcdef")) ok(form.length >= 6, form);
});
