import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { differences, type Fingerprint } from "./fingerprint.ts";

const BASE: Fingerprint = {
  script: ["a.py", "s1"],
  python: "3.11.7",
  imports: [["lib.py", "i1"]],
  inputs: [["raw.csv", "r1"]],
  outputs: [["--out", "out.txt"]],
  args: [["--lr", "0.1"], ["--n", "5"]],
  files: [["dep.txt", "d1"]],
  env: [["A", "1"]],
  extra: [],
};

const changes: readonly (readonly [string, Partial<Fingerprint>, string])[] = [
  ["content of the script", { script: ["a.py", "s2"] }, "script"],
  ["name of the script", { script: ["b.py", "s1"] }, "script"],
  ["Python", { python: "3.12.1" }, "python 3.11.7 → 3.12.1"],
  ["no Python", { python: undefined }, "python 3.11.7 → none"],
  ["module", { imports: [["lib.py", "i2"]] }, "import lib.py"],
  ["new module", { imports: [...BASE.imports, ["new.py", "n1"]] }, "import new.py"],
  ["input", { inputs: [["raw.csv", "r2"]] }, "input raw.csv"],
  ["path of an output", { outputs: [["--out", "other.txt"]] }, "output --out"],
  ["parameter", { args: [["--lr", "0.01"], ["--n", "5"]] }, "parameter lr 0.1 → 0.01"],
  ["argument", { args: [["--lr", "0.1"], ["--n", "6"]] }, "argument --n 5 → 6"],
  ["new argument", { args: [...BASE.args, ["--x", "1"]] }, "argument --x none → 1"],
  ["argument that is gone", { args: [["--lr", "0.1"]] }, "argument --n removed"],
  ["dep", { files: [["dep.txt", "d2"]] }, "file dep.txt"],
  ["variable", { env: [["A", "2"]] }, "environment A"],
  ["extra words", { extra: ["--v"] }, "extra arguments"],
  ["folder", { cwd: "sub" }, "working directory"],
  ["order", { args: [["--n", "5"], ["--lr", "0.1"]] }, "order of arguments"],
];

for (const [what, change, words] of changes) {
  Deno.test(`differences() names another ${what}: ${words}`, () => {
    const args = [{ flag: "--lr", words: [], value: null, parameter: "lr" }];
    deepEqual(differences(BASE, { ...BASE, ...change }, args), [words]);
  });
}

Deno.test("differences() has nothing to say of equal ones", () => {
  deepEqual(differences(BASE, { ...BASE }), []);
});
