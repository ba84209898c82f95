/**
 * The YAML reader beside the real PyYAML, whose values and texts it promises.
 *
 * @module
 */

import { deepStrictEqual as deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { isLoomError } from "../../core/errors.ts";
import { parseOverride, pyRepr, pyStr, type Value } from "../../core/yaml/value.ts";
import { readYaml } from "../../core/yaml/read.ts";
import { askPython } from "../support/ask_python.ts";
import { originalPython } from "../support/python_env.ts";
import { documents, scalarTexts, TOKENS } from "../support/yaml_texts.ts";

/** What a reader makes of a text: the value as Python prints it in two ways, or nothing, if it refuses. */
type Reading = readonly [repr: string, str: string] | null;

const READ = `
import json, sys, yaml
def read(text):
    try:
        value = yaml.safe_load(text)
        return [repr(value), str(value)]
    except Exception:
        return None
print(json.dumps([read(text) for text in json.load(sys.stdin)]))
`;

/** The override rules, by Python's own int() and float(). */
const OVERRIDE = `
import json, sys
def read(text):
    if text.lower() in ("true", "false"):
        return repr(text.lower() == "true")
    try:
        return repr(float(text) if "." in text else int(text))
    except ValueError:
        return repr(text)
print(json.dumps([read(text) for text in json.load(sys.stdin)]))
`;

function ours(text: string): Reading {
  let value: Value;
  try {
    value = readYaml(text, "p.yml").value;
  } catch (error) {
    if (isLoomError(error)) return null;
    throw error;
  }
  return [pyRepr(value), pyStr(value)];
}

async function theirs(texts: readonly string[]): Promise<Reading[]> {
  return await askPython<Reading[]>(READ, texts, { python: await originalPython() });
}

/** In double quotes, with escapes for what PyYAML takes for line breaks. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x85\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

interface Difference {
  readonly text: string;
  readonly ours: Reading;
  readonly theirs: Reading;
}

/** Where the readers disagree. What PyYAML refuses and ours reads is no difference that a working file can show. */
async function differences(texts: readonly string[]): Promise<Difference[]> {
  const answers = await theirs(texts);
  return texts.map((text, index) => ({ text, ours: ours(text), theirs: answers[index] }))
    .filter(({ ours, theirs }) => theirs !== null && JSON.stringify(ours) !== JSON.stringify(theirs));
}

/**
 * What PyYAML reads and ours refuses with an error, because the parser below follows YAML 1.2 there: a comment that
 * touches a quote or a bracket, an anchor or alias that touches a mark, a lone dash as an item in brackets, a block that
 * starts no deeper than its key, and the marks | and > at the start of a line within brackets. Not made here: a list in a
 * list that ends with an empty item, in a file whose brackets are not indented.
 */
const REFUSED: readonly RegExp[] = [
  /['"\[\]{},][ ]*\n?#|['"\]}\[{]#/,
  /[&*][-\w]+[:?%@`]/,
  /-\s*(?:[\[\]{},\n]|$)/,
  /(?:^|\n)\s*(?:- *)*[|>]/,
];

Deno.test("readYaml() reads every scalar as PyYAML does", async () => {
  const places = [
    ...scalarTexts().flatMap((text) => [text, `k: ${text}\n`, `${text}: 1`]),
    ...scalarTexts().filter((text) => text !== "-").map((text) => `[a, ${text}]`),
  ];
  deepEqual(await differences(places), []);
});

Deno.test("readYaml() reads documents as PyYAML does", async () => {
  const texts = fc.sample(documents(), { numRuns: 3000, seed: 7 });
  const refused = (await theirs(texts)).filter((reading) => reading === null).length;
  deepEqual(await differences(texts), []);
  deepEqual(refused, 0, "the generator makes what PyYAML refuses");
});

Deno.test("readYaml() never throws anything but a LoomError, and what it reads is what PyYAML reads", async () => {
  const soup = fc.array(fc.constantFrom(...TOKENS), { maxLength: 12 }).map((tokens) => tokens.join(""));
  const texts = fc.sample(soup, { numRuns: 8000, seed: 11 })
    .flatMap((text) => [`k:\n  m: ${text}\nz: 1\n`, `k: ${text}`]);
  const unexpected = (await differences(texts)).filter(({ text, ours }) =>
    ours !== null || !REFUSED.some((pattern) => pattern.test(text))
  );
  deepEqual(unexpected, []);
});

Deno.test("readYaml() never throws anything but a LoomError for any text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => void ours(text)), { numRuns: 3000 });
});

Deno.test("pyStr() prints every float as Python does", async () => {
  const floats = fc.sample(fc.double(), { numRuns: 5000, seed: 3 }).filter(Number.isFinite);
  const texts = floats.map((float) => {
    const [mantissa, exponent] = float.toExponential().split("e");
    return `${mantissa.includes(".") ? mantissa : `${mantissa}.0`}e${exponent}`;
  });
  deepEqual(await differences(texts), []);
});

Deno.test("pyRepr() prints every text as Python does", async () => {
  // Characters that were assigned long ago: what is printable depends on the Unicode version of each side.
  const characters = [
    ..."ab'\"\\ \n\r\t\0\x07\x1b\x7f\x80\x85\xa0\xadéßżΩж中、\u200b\u200d\u2028\u2029\u202e\u3000\ue000\ufeff😀👍🏽\u{e0001}\u{f0000}",
  ];
  const texts = fc.sample(fc.string({ unit: fc.constantFrom(...characters), maxLength: 12 }), {
    numRuns: 3000,
    seed: 5,
  });
  deepEqual(await differences(texts.map(quoted)), []);
});

Deno.test("parseOverride() accepts what Python's int() and float() accept", async () => {
  const characters = [..."0123456789_+-.eE \t\n\u00a0\u0085\u001cxnaif٣x", "true", "False", "inf", "."];
  const soup = fc.array(fc.constantFrom(...characters), { maxLength: 7 }).map((parts) => parts.join(""));
  const texts = fc.sample(soup, { numRuns: 20_000, seed: 9 });
  const answers = await askPython<string[]>(OVERRIDE, texts, { python: await originalPython() });
  deepEqual(texts.map((text) => pyRepr(parseOverride(text))), answers);
});
