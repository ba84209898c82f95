/** The pairs `KEY=VALUE` by key: split at the first `=`; of a key given twice the last one counts. */
export function parsePairs(words: readonly string[]): ReadonlyMap<string, string> {
  return new Map(words.map((word) => {
    const at = word.indexOf("=");
    return [word.slice(0, at), word.slice(at + 1)];
  }));
}
