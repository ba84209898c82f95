/**
 * The words of `--extra`, split as a POSIX shell would: blanks part, quotes and backslashes keep together.
 *
 * Nothing is expanded: `$HOME` and `*` stay as they are.
 *
 * @throws {SyntaxError} If a quote is not closed.
 */
export function splitShellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const [piece, single, double, escaped, blank] of text.matchAll(PIECE)) {
    if (piece === "'" || piece === '"') throw new SyntaxError(`The quote ${piece} is not closed`);
    if (blank === undefined) {
      word = (word ?? "") + (single ?? unescape(double) ?? escaped ?? piece);
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}

const PIECE = /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|(\s+)|[^\s'"\\]+|[^]/g;

// Between double quotes a backslash is only special before these.
function unescape(text: string | undefined): string | undefined {
  return text?.replace(/\\(["\\$`])/g, "$1").replace(/\\\n/g, "");
}
