import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { expandArgv } from "./expand.ts";
import { shapesOf } from "./read_words.ts";

const SHAPES = shapesOf("run");

function words(...argv: string[]): readonly string[] {
  const { words, problems } = expandArgv(argv, SHAPES);
  deepEqual(problems, []);
  return words;
}

function problems(...argv: string[]): readonly string[] {
  return expandArgv(argv, SHAPES).problems;
}

Deno.test("expandArgv() gives each word of an option that takes several an option of its own", () => {
  deepEqual(words("p.yml", "--step", "a", "b", "--dry-run"), ["--step=a", "--step=b", "--dry-run", "--", "p.yml"]);
});

Deno.test("expandArgv() takes a pipeline's file for no step's name", () => {
  deepEqual(words("--step", "a", "b", "p.yaml"), ["--step=a", "--step=b", "--", "p.yaml"]);
  deepEqual(words("--set", "config=x.yml", "p.yml"), ["--set=config=x.yml", "--", "p.yml"]);
});

Deno.test("expandArgv() joins repeated options that take several words and keeps the last of the others", () => {
  deepEqual(words("--set", "a=1", "--from", "x", "--set", "b=2", "--from", "y"), [
    "--set=a=1",
    "--set=b=2",
    "--from=y",
  ]);
});

Deno.test("expandArgv() lets --extra begin with dashes, with or without =", () => {
  deepEqual(words("--extra", "--dry-run"), ["--extra=--dry-run"]);
  deepEqual(words("--extra=--x 1"), ["--extra=--x 1"]);
  deepEqual(words("--extra="), ["--extra", ""]);
});

Deno.test("expandArgv() takes a flag of a script with its value for one of --arg, and an option of its own for that", () => {
  const { words, problems } = expandArgv(
    ["p.yml", "x", "--arg", "--lr=0.1", "-n=5", "--dry-run", "--output", "--out=$a", "--task=t.py"],
    shapesOf("add step"),
  );
  deepEqual(problems, []);
  deepEqual(words, [
    "--arg=--lr=0.1",
    "--arg=-n=5",
    "--dry-run",
    "--output=--out=$a",
    "--task=t.py",
    "--",
    "p.yml",
    "x",
  ]);
});

Deno.test("expandArgv() knows an option by the beginning of its name", () => {
  deepEqual(words("--dry", "--seq"), ["--dry-run", "--sequential"]);
  deepEqual(problems("--p"), [
    "Unknown option --p; it could be --parallel or --python or --project or --permanent",
  ]);
});

Deno.test("expandArgv() reads short options, several in one word", () => {
  deepEqual(words("-qy"), ["--quiet", "--yes"]);
});

Deno.test("expandArgv() leaves what follows -- alone", () => {
  deepEqual(words("--", "--step", "a"), ["--", "--step", "a"]);
});

Deno.test("expandArgv() tells every mistake at once, with what was meant", () => {
  deepEqual(problems("--stpe", "a", "--max-workers", "--set", "x", "--list=1", "-z"), [
    "Unknown option --stpe; did you mean --step?",
    "Option --max-workers needs a value",
    "Option --set needs KEY=VALUE, but 'x' was given",
    "Option --list takes no value, but '1' was given",
    "Unknown option -z",
  ]);
});

Deno.test("expandArgv() loses no word that stands behind --", () => {
  fc.assert(fc.property(fc.array(fc.string()), (rest) => {
    const { words } = expandArgv(["--", ...rest], SHAPES);
    deepEqual(words, rest.length === 0 ? [] : ["--", ...rest]);
  }));
});

Deno.test("expandArgv() never throws, and gives words that it takes itself", () => {
  const word = fc.oneof(fc.string(), fc.constantFrom("--step", "--set", "a=1", "--extra", "-y", "--", "p.yml"));
  fc.assert(fc.property(fc.array(word), (argv) => {
    const first = expandArgv(argv, SHAPES);
    if (first.problems.length > 0) return;
    equal(expandArgv(first.words, SHAPES).words.join("\n"), first.words.join("\n"));
  }));
});
