import { deepStrictEqual as deepEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { displayCommand } from "../../../core/graph/mod.ts";
import { splitShellWords } from "./shell_words.ts";

Deno.test("splitShellWords() parts at blanks and keeps quoted words together", () => {
  deepEqual(splitShellWords(`--a  b\t'c d' "e f" g\\ h`), ["--a", "b", "c d", "e f", "g h"]);
  deepEqual(splitShellWords(`--name='x y'z ""`), ["--name=x yz", ""]);
  deepEqual(splitShellWords(`"a \\" b" 'a \\ b' "a \\n b"`), ['a " b', "a \\ b", "a \\n b"]);
  deepEqual(splitShellWords("  "), []);
});

Deno.test("splitShellWords() expands nothing", () => {
  deepEqual(splitShellWords("$HOME * ~ `x`"), ["$HOME", "*", "~", "`x`"]);
});

Deno.test("splitShellWords() refuses a quote that is not closed", () => {
  throws(() => splitShellWords("a 'b"), /quote ' is not closed/);
  throws(() => splitShellWords('a "b'), SyntaxError);
});

Deno.test("splitShellWords() reads what displayCommand() wrote", () => {
  // Control characters are shown in a form of their own, which only shells know.
  const word = fc.string({ unit: "grapheme" });
  fc.assert(fc.property(fc.array(word), (argv) => {
    deepEqual(splitShellWords(displayCommand(argv)), argv);
  }));
});
