import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { fit, search } from "./fuzzy.ts";

const found = (letters: string, names: readonly string[]) => search(letters, names, (name) => name);

Deno.test("search() finds letters in order, the beginnings of words and short names first", () => {
  deepEqual(found("tm", ["atom", "train_model", "item"]), ["train_model", "atom", "item"]);
  deepEqual(found("plot", ["p_l_o_t", "scatter_plot", "plot"]), ["plot", "scatter_plot", "p_l_o_t"]);
  deepEqual(found("xyz", ["plot"]), []);
});

Deno.test("fit() takes exactly the names that hold the letters in order", () => {
  const letter = fc.constantFrom(..."abc_ABé");
  const word = fc.string({ unit: letter, maxLength: 8 });
  fc.assert(fc.property(word, word, (letters, name) => {
    const text = name.toLowerCase();
    let at = 0;
    for (const letter of letters.toLowerCase()) at = at < 0 ? -1 : text.indexOf(letter, at) + 1 || -1;
    equal(fit(letters, name) !== undefined, at >= 0);
  }));
});
