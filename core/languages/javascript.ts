/**
 * What JavaScript and TypeScript import, found by reading.
 *
 * @module
 */

/** One of: a comment, a text, a template, a pattern, a word, or one other character. Blank space is passed over. */
const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?|`(?:[^`\\]|\\[^])*`?|[\p{L}_$#][\p{L}\p{N}_$]*|[\d.]+\w*|[^]/gyu;
const PATTERN = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
/** A slash behind one of these begins a pattern; behind anything else it divides. */
const BEFORE_PATTERN = new Set([
  ..."(,=:[!&|?{};+-*%<>~^",
  "",
  "return",
  "typeof",
  "case",
  "in",
  "of",
  "void",
  "await",
]);

/**
 * What a source imports, as it is written: `import … from "x"`, `export … from "x"`, `import "x"`, `import("x")` and
 * `require("x")` of a literal, wherever they stand. Comments and texts are no imports.
 */
export function moduleSpecifiers(source: string): readonly string[] {
  const found = new Set<string>();
  // The three tokens before the one at hand, and what is called with a text that may go on.
  let [second, first, last, called] = ["", "", "", ""];
  for (const token of tokensOf(source)) {
    if (called !== "" && (token === ")" || token === ",")) found.add(called);
    const text = literalOf(token);
    const isCalled = last === "(" && (first === "import" || first === "require") && second !== ".";
    called = isCalled ? text ?? "" : "";
    if (text !== undefined && (last === "from" || last === "import") && first !== ".") found.add(text);
    [second, first, last] = [first, last, token];
  }
  return [...found];
}

function* tokensOf(source: string): Generator<string> {
  let last = "";
  for (let at = 0; at < source.length;) {
    if (source[at] === "/" && BEFORE_PATTERN.has(last)) {
      PATTERN.lastIndex = at;
      const pattern = /^\/[/*]/.test(source.slice(at, at + 2)) ? null : PATTERN.exec(source);
      if (pattern !== null) {
        at += pattern[0].length;
        last = "/";
        continue;
      }
    }
    TOKEN.lastIndex = at;
    const [token] = TOKEN.exec(source)!;
    at += token.length;
    if (/^(\s|\/\/|\/\*)/.test(token)) continue;
    last = token;
    yield token;
  }
}

/** The text between quotes; of a template only without anything put in. */
function literalOf(token: string): string | undefined {
  const text = /^(["'`])([^]*)\1$/.exec(token)?.[2];
  return text === undefined || text.includes("${") || text.includes("\\") ? undefined : text;
}
