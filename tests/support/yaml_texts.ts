/**
 * YAML texts to compare readers with.
 *
 * @module
 */

import fc from "fast-check";

/** Scalars without quotes at which YAML readers part: hundreds, most of them made by joining parts. */
export function scalarTexts(): string[] {
  return [...new Set([...WORDS.flatMap(cases), ...NUMBERS, ...joinedNumbers(), ...TIMES, ...TAGGED])];
}

function cases(word: string): string[] {
  return [
    word,
    word.toUpperCase(),
    word[0].toUpperCase() + word.slice(1),
    word.slice(0, -1) + word.slice(-1).toUpperCase(),
  ];
}

const WORDS = ["yes", "no", "true", "false", "on", "off", "y", "n", "null", "none", "nan", "inf", ".inf", ".nan", "~"];

// deno-fmt-ignore
const NUMBERS = [
  "0", "-0", "+0", "00", "007", "010", "-010", "08", "09", "0o10", "0O10", "0x1F", "0X1F", "-0x1f", "0x", "0x_", "0xG",
  "0b101", "-0b1", "0b", "0b_", "0b2", "1_000", "1__0", "_1", "1_", "0_7", "0_8", "12:30:45", "1:60", "0:30", "-1:30",
  "1:3_0", "190:20:30", "190:20:30.15", "1:30.", "0:30.5", "-1:30.5", "1_1:30.5", "50.0", "0.10", "1.", ".5", "-.5",
  "+.5", "._5", "1._5", "1_0.5_0", "1e-5", "1.0e-5", "1.0e+16", "1.0e16", "1.0e+3", "1.0E+3", "1.e+3", ".5e-3", "1.5e3",
  "1.0e+400", "-1.0e+400", "1.0e-400", "1.7976931348623157e+308", "9007199254740993", "-9007199254740993", "1.2.3",
  "123456789012345678901234567890", "0x123456789abcdef123456789", "0777777777777777777777777777", "+1", "-1", "--1",
  "+.inf", "-.inf", "-.nan", ".INF", ".Inf", ".iNf", ".", "..", "-", "+", "1-2", "1 2", "0.1e", "1e+5", "1.1e+5_0", "0.",
  "9999999999999998.0", "1.0e+15", "0.0001", "0.00001", "123456789.123456789", "5.0e-324", "=", "a=b", "<<<", "1:", "0:0",
  "1:2:3:4", "59:59:59", "1:2:60", "1,000", "1'000", "0.0", "-0.0", "+0.0", "1e5", "0b1_0", "0x1_f", "10:10:10.5_5",
];

// deno-fmt-ignore
const TIMES = [
  "2024-01-02", "2024-1-2", "2024-02-29", "2023-02-29", "2024-13-01", "2024-00-01", "2024-12-32", "0000-01-01",
  "0001-01-01", "9999-12-31", "2024-01-02 03:04:05", "2024-1-2 3:04:05", "2024-01-02T03:04:05", "2024-01-02t03:04:05Z",
  "2024-01-02 03:04:05 Z", "2024-01-02 03:04:05 +1", "2024-01-02 03:04:05+01:30", "2024-01-02 03:04:05-00:00",
  "2024-01-02 03:04:05 -5", "2024-01-02 03:04:05.1", "2024-01-02 03:04:05.123456789", "2024-01-02 03:04:05.",
  "2024-01-02 24:00:00", "2024-01-02 03:60:05", "2024-01-02 03:04:60", "2024-01-02 03:04:05+24:00",
  "2024-01-02 03:04:05-23:59", "2024-01-02 03:04:00", "2024-01-02 00:00:00", "2024-01-02 03:04", "20240102", "2024-01",
  "2024-01-02 03:04:00.000001-12:00", "1900-02-29", "2000-02-29",
];

// deno-fmt-ignore
const TAGGED = [
  "!!str 5", "!!str", "!!str true", "!!int '0x1F'", "!!int 5.0", "!!int ' 7 '", "!!int '0o17'", "!!int 0b11", "!!int ''",
  "!!int '1_0'", "!!float 1", "!!float 1e3", "!!float nan", "!!float inf", "!!float ' 1.5 '", "!!float x", "!!float '1:30'",
  "!!bool yes", "!!bool 'TRUE'", "!!bool x", "!!null x", "!!null", "! 12", "! '12'", "! 'x'", "!!timestamp '2024-01-02'",
  "!!timestamp 2024-1-2", "!!timestamp x", "!!binary aGVsbG8=", "!!binary aGVsbG8", "!!binary 'aGVs bG8='", "!!binary x",
  "!!binary ''", "!!binary 'AP8nIlw='", "!!seq", "!!map", "!!seq []", "!!map {}", "!!map []", "!!seq {}", "!!str []",
  "!!set {}", "!!set {a}", "!!omap [a: 1, b: 2]", "!!omap []", "!!omap [a]", "!!omap {a: 1}", "!!pairs [a: 1, a: 1]",
  "!!unknown 1", "!mine 1", "!<tag:yaml.org,2002:str> 1", "!<tag:yaml.org,2002:int> '1'", "!!%73tr 1", "!!bool ''",
];

function joinedNumbers(): string[] {
  const texts: string[] = [];
  for (const sign of ["", "-", "+"]) {
    for (const whole of ["", "0", "1", "01", "1_2", "12:30"]) {
      for (const fraction of ["", ".", ".0", ".5", "._", ".5_0"]) {
        for (const exponent of ["", "e5", "e+5", "E-5"]) texts.push(sign + whole + fraction + exponent);
      }
    }
  }
  // An empty text is null in one place and nothing at all in another.
  return texts.filter((text) => text !== "");
}

/** What texts that may be YAML are made of. */
// deno-fmt-ignore
export const TOKENS: readonly string[] = [
  "a", "b: ", "- ", "? ", ": ", ", ", " ", "\n", "\n  ", "\n    ", "\n\n", "{", "}", "[", "]", "'", '"', "# c", "|", ">", "|\n",
  ">-\n", "|+\n", "&x ", "*x", "!!str ", "!!int ", "<<: ", "1", "0.5", "~", "yes", "\\n", "\\", "%", "-", "--", "---\n", "é", "\t",
];

/** Well-formed documents: blocks and brackets in each other, every style of scalar, anchors, aliases, merges, comments. */
export function documents(): fc.Arbitrary<string> {
  const starts = fc.constantFrom("", "---\n", "%YAML 1.1\n---\n", "# first\n\n", "\ufeff");
  const ends = fc.constantFrom("", "...\n", "\n\n# last");
  return fc.tuple(starts, MAP, ends, fc.constantFrom("\n", "\r\n"))
    .map(([start, map, end, lineBreak]) => `${start}${ANCHORS}${writeMap(map, 0)}${end}`.replaceAll("\n", lineBreak));
}

/** What the aliases of a document refer to. */
const ANCHORS = "base: &m {x: 1, 2: two}\nother: &l [1, a]\nword: &w hello\n";

/** A value before it is written. */
type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "lines"; readonly header: string; readonly lines: readonly string[] }
  | MapNode
  | { readonly kind: "list"; readonly items: readonly Node[]; readonly isFlush: boolean };

interface MapNode {
  readonly kind: "map";
  readonly pairs: readonly (readonly [string, Node])[];
  readonly comment: string;
}

const KEY = fc.constantFrom(...[
  "a",
  "b",
  "--flag",
  "1",
  "1.0",
  "yes",
  "null",
  "'q'",
  '"d"',
  "two words",
  "2024-01-02",
  "010",
]);
const PLAIN = fc.constantFrom(...WORDS, ...NUMBERS.filter((text) => !/^(?:0[xb]_?|1:|=|-)$/.test(text)));
const CHARACTERS = fc.string({ unit: fc.constantFrom(..."ab '\":#-{}é\\\n"), maxLength: 12 });
const TEXT: fc.Arbitrary<Node> = fc.oneof(
  PLAIN,
  fc.constantFrom("a b", "a:b", "a#b", "-x", "x-", "a 'b'", "$data", "${HOME}/x", "out/*.csv", "a\n  b", "5 # five"),
  fc.constantFrom("", "*m", "*l", "*w", "!!str 5", "2024-01-02", "2024-01-02 03:04:05 +1"),
  CHARACTERS.map((text) => JSON.stringify(text)),
  CHARACTERS.map((text) => `'${text.replaceAll("'", "''").replaceAll("\n", " ")}'`),
  flowText(),
).map((text) => ({ kind: "text", text }));
const LINES: fc.Arbitrary<Node> = fc.record({
  header: fc.constantFrom("|", ">", "|-", ">-", "|+", ">+", "|2", ">2-", "| # why"),
  lines: fc.array(fc.constantFrom("x", "y z", "", "  more", "# text", "k: v", "- i"), { minLength: 1, maxLength: 5 }),
}).map(({ header, lines }) => ({ kind: "lines", header, lines: ["first", ...lines] }));

const { map: MAP } = fc.letrec<{ node: Node; map: MapNode; list: Node }>((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, TEXT, LINES, tie("map"), tie("list")),
  map: fc.record({
    kind: fc.constant<"map">("map"),
    pairs: fc.array(
      fc.oneof(
        { weight: 9, arbitrary: fc.tuple(KEY, tie("node")) },
        { weight: 1, arbitrary: fc.constantFrom("*m", "[*m, {x: 3}]").map(mergePair) },
      ),
      { minLength: 1, maxLength: 4 },
    ),
    comment: fc.constantFrom("", "", "# comment\n", "\n"),
  }),
  list: fc.record({
    kind: fc.constant<"list">("list"),
    items: fc.array(tie("node").filter((node) => node.kind !== "text" || node.text !== ""), {
      minLength: 1,
      maxLength: 4,
    }),
    isFlush: fc.boolean(),
  }),
}));

function mergePair(text: string): [string, Node] {
  return ["<<", { kind: "text", text }];
}

function flowText(): fc.Arbitrary<string> {
  return fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(
        "1",
        "a",
        "0.5",
        "'x, y'",
        '"z]"',
        "~",
        "a b",
        "2024-01-02",
        "yes",
        "1:30",
        "*m",
        "{<<: *m, x: 2}",
      ),
      fc.array(tie("value"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
      fc.array(tie("value"), { maxLength: 3 }).map((items) => `[\n${items.join(",\n")}\n]`),
      fc.array(fc.tuple(KEY, tie("value")), { maxLength: 3 })
        .map((pairs) => `{ ${pairs.map(([key, value]) => `${key}: ${value}`).join(",\n")}\n}`),
    ),
  })).value;
}

function writeMap({ pairs, comment }: MapNode, indent: number): string {
  const pad = " ".repeat(indent);
  return pairs.map(([key, node]) => `${pad}${key}:${writeAfter(node, indent)}`).join(comment);
}

/** A value behind the colon or the dash of the block it is in. */
function writeAfter(node: Node, indent: number, isItem = false): string {
  const inner = indent + 2;
  switch (node.kind) {
    case "text":
      return ` ${node.text.replaceAll("\n  ", `\n${" ".repeat(inner)}`)}\n`;
    case "lines":
      return ` ${node.header}\n${node.lines.map((line) => `${line && " ".repeat(inner)}${line}\n`).join("")}`;
    case "map":
      return isItem ? ` ${writeMap(node, inner).trimStart()}` : `\n${writeMap(node, inner)}`;
    case "list":
      if (isItem) return ` ${writeList(node.items, inner).trimStart()}`;
      return `\n${writeList(node.items, node.isFlush ? indent : inner)}`;
  }
}

function writeList(items: readonly Node[], indent: number): string {
  return items.map((item) => `${" ".repeat(indent)}-${writeAfter(item, indent, true)}`).join("");
}
