import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { displayCommand, looksSecret, maskSecrets, quoteWindows, secretValues } from "./display.ts";

Deno.test("displayCommand() quotes only the words that need it", () => {
  const cases: readonly [word: string, shown: string][] = [
    ["/w/a.py", "/w/a.py"],
    ["--rate=2.0", "--rate=2.0"],
    ["", "''"],
    ["a b", "'a b'"],
    ["it's", "'it'\\''s'"],
    ["$HOME", "'$HOME'"],
    ["*.txt", "'*.txt'"],
    ["~/x", "'~/x'"],
    ["=ls", "'=ls'"],
    ["ü", "'ü'"],
    ["a\nb", "$'a\\nb'"],
    ["\u001b[2J'", "$'\\x1b[2J\\''"],
  ];
  for (const [word, shown] of cases) equal(displayCommand([word]), shown);
  equal(displayCommand(["python", "a b"]), "python 'a b'");
  equal(displayCommand(["C:\\x\\y.py", "a b"], quoteWindows), 'C:\\x\\y.py "a b"');
});

Deno.test("looksSecret() knows names of keys as words", () => {
  for (const name of ["OPENAI_API_KEY", "GITHUB_TOKEN", "DB_PASSWORD", "awsSecret", "APIKEY", "MY_CREDENTIALS"]) {
    equal(looksSecret(name), true, name);
  }
  for (const name of ["PATH", "KEYBOARD", "MONKEY", "TOKENIZERS", "PWD", "SSH_AUTH_SOCK"]) {
    equal(looksSecret(name), false, name);
  }
});

Deno.test("secretValues() takes keys and named variables, longest first, and short ones only when named", () => {
  const env = { API_KEY: "abcdef", TOKEN: "abcdefgh", PIN_SECRET: "12345", PLAIN: "visible", MINE: "hidden!" };
  deepEqual(secretValues(env), ["abcdefgh", "abcdef"]);
  deepEqual(secretValues(env, ["MINE", "PIN_SECRET"]), ["abcdefgh", "hidden!", "abcdef", "12345"]);
});

Deno.test("maskSecrets() leaves no part of a secret", () => {
  equal(maskSecrets("a=abcdefgh b=abcdef c=$&", ["abcdefgh", "abcdef"]), "a=*** b=*** c=$&");
  equal(maskSecrets("nothing", []), "nothing");
});
