import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { applyEdits } from "../../plugins/tool/files/edit/apply.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Texts that people wrote, of several kinds. */
const FOLDERS = [
  "core/graph",
  "core/loop/run",
  "plugins/host/files",
  "plugins/host/subprocess",
  "tests/loop",
  ".github",
];

/** Edits to try for each way of getting them wrong. */
const PER_MUTATION = 130;

interface Region {
  readonly text: string;
  /** Where it begins and ends, whole lines without the last line end. */
  readonly start: number;
  readonly end: number;
}

/** The same numbers in each run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
}

function* filesBelow(folder: string): Generator<string> {
  for (const { name, isDirectory } of [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1)) {
    if (isDirectory) yield* filesBelow(`${folder}/${name}`);
    else if (/\.(ts|md|py|json|yml)$/.test(name)) yield `${folder}/${name}`;
  }
}

const texts: readonly string[] = FOLDERS.flatMap((folder) => [...filesBelow(ROOT + folder)])
  .map((path) => Deno.readTextFileSync(path)).filter((text) => text.split("\n").length > 20);

/** Lines without what an edit may differ in: how deep they stand, and blanks. */
function bare(lines: readonly string[]): string {
  return `\n${lines.map((line) => line.replace(/\s+/g, "")).join("\n")}\n`;
}

/** Some lines that are there once, at whatever depth, and say something. */
function regionOf(text: string, roll: (below: number) => number): Region | undefined {
  const lines = text.split("\n");
  const count = 1 + roll(8);
  const first = roll(lines.length - count - 1);
  const region = lines.slice(first, first + count).join("\n");
  if (region.replace(/\W/g, "").length < 12 || text.split(region).length !== 2) return undefined;
  if (bare(lines).split(bare(lines.slice(first, first + count))).length !== 2) return undefined;
  if (lines[first].trim() === "" || lines[first + count - 1].trim() === "") return undefined;
  const start = lines.slice(0, first).join("\n").length + (first === 0 ? 0 : 1);
  return { text: region, start, end: start + region.length };
}

/** What becomes of a text that is written down from memory. */
type Mutation = (given: string, roll: (below: number) => number) => string;

const lineWise = (change: (line: string) => string): Mutation => (given) => given.split("\n").map(change).join("\n");

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  "nothing": (given) => given,
  "tabs for blanks": lineWise((line) => line.replace(/^( {2})+/, (blanks) => "\t".repeat(blanks.length / 2))),
  "four blanks for two": lineWise((line) => line.replace(/^ +/, (blanks) => blanks + blanks)),
  "no indentation": lineWise((line) => line.trimStart()),
  "indented deeper": lineWise((line) => line === "" ? "" : `    ${line}`),
  "blanks at the end": lineWise((line) => `${line}  `),
  "doubled blanks": lineWise((line) => line.replace(/(\S) (\S)/g, "$1  $2")),
  "CRLF": (given) => given.replaceAll("\n", "\r\n"),
  "other quotes": (given) => given.replaceAll('"', "'"),
  "curly quotes": (given) => given.replaceAll('"', "\u201d"),
  "a slip in a word": (given, roll) => {
    const words = [...given.matchAll(/[a-z]{7,}/gi)];
    if (words.length === 0) return given;
    const { 0: word, index } = words[roll(words.length)];
    const at = 1 + roll(word.length - 3);
    return given.slice(0, index) + word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2) +
      given.slice(index + word.length);
  },
};

const MARK = "/* what was edited */";

/** The edit puts a mark at the end of the first line, and leaves the others alone. */
function marked(given: string): string {
  const [first, ...rest] = given.split(/\r?\n/);
  return [`${first.trimEnd()} ${MARK}`, ...rest].join(given.includes("\r\n") ? "\r\n" : "\n");
}

/** Where the mark is: the number of its line. */
function markedLine(text: string): number {
  const lines = text.split("\n");
  equal(lines.filter((line) => line.includes(MARK)).length, 1, "the mark is there once");
  return lines.findIndex((line) => line.includes(MARK));
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split("\n").length - 1;
}

/** Everything outside of the region is as it was, and inside nothing but the first line has changed. */
function requireRightPlace(before: string, after: string, region: Region): void {
  equal(markedLine(after), lineAt(before, region.start));
  equal(after.slice(0, region.start), before.slice(0, region.start));
  const rest = before.slice(region.end);
  equal(after.slice(after.length - rest.length), rest);
  const changed = after.slice(region.start, after.length - rest.length).split("\n");
  const indent = (line: string) => /^\s*/.exec(line)![0];
  equal(indent(changed[0]), indent(region.text));
  deepEqual(
    changed.slice(1).map((line) => line.trimEnd()),
    region.text.split("\n").slice(1).map((line) => line.trimEnd()),
  );
}

let [tried, applied] = [0, 0];

for (const [number, [name, mutate]] of Object.entries(MUTATIONS).entries()) {
  Deno.test(`edits written with ${name} are in the right place or nowhere`, () => {
    const roll = dice(number + 1);
    let [here, done] = [0, 0];
    while (here < PER_MUTATION) {
      const text = texts[roll(texts.length)];
      const region = regionOf(text, roll);
      if (region === undefined) continue;
      here++;
      const given = mutate(region.text, roll);
      const outcome = applyEdits(text, [{ old_str: given, new_str: marked(given) }]);
      if (!outcome.ok) continue;
      done++;
      requireRightPlace(text, outcome.text, region);
    }
    [tried, applied] = [tried + here, applied + done];
    ok(done >= here * 0.75, `${done} of ${here} were applied`);
  });
}

Deno.test("of all these edits at least 95 % are applied", () => {
  ok(tried >= 1000);

  ok(applied >= tried * 0.95, `${applied} of ${tried} were applied`);
});

Deno.test("where a region is there twice, an edit without more around it is refused", () => {
  const roll = dice(99);
  for (let count = 0; count < 100;) {
    const text = texts[roll(texts.length)];
    const region = regionOf(text, roll);
    if (region === undefined) continue;
    count++;
    const twice = `${text}\n${region.text}\n`;
    const given = count % 2 === 0 ? region.text : MUTATIONS["blanks at the end"](region.text, roll);
    const outcome = applyEdits(twice, [{ old_str: given, new_str: marked(given) }]);
    equal(outcome.ok, false);
    if (!outcome.ok) equal(outcome.refused.why, "several");
  }
});

Deno.test("an edit of lines that are not there changes nothing that looks like them", () => {
  const roll = dice(7);
  for (let count = 0; count < 200;) {
    const text = texts[roll(texts.length)];
    const region = regionOf(text, roll);
    if (region === undefined || !/\d/.test(region.text)) continue;
    count++;
    // Another number, another line: that is how lines of code differ.
    const given = region.text.replace(/\d+/, (number) => `${Number(number) + 12_345}`);
    equal(applyEdits(text, [{ old_str: given, new_str: marked(given) }]).ok, false, given);
  }
});

Deno.test("an edit of lines that were removed finds no other ones in their place", () => {
  const roll = dice(21);
  for (let count = 0; count < 600;) {
    const text = texts[roll(texts.length)];
    const region = regionOf(text, roll);
    if (region === undefined) continue;
    count++;
    const without = text.slice(0, region.start) + text.slice(region.end + 1);
    const outcome = applyEdits(without, [{ old_str: region.text, new_str: marked(region.text) }]);
    equal(outcome.ok, false, region.text);
  }
});
