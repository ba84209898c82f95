/** Longer texts stay as they are. */
export const MOST_PRETTY_BYTES = 2 * 1024 * 1024;

/**
 * JSON with each value on a line of its own. Texts and numbers stay as they are written, so that nothing is lost that a
 * parser would round; of a text that is no JSON, what is can be read as well.
 */
export function prettyJson(text: string): string {
  let [made, depth] = ["", 0];
  const line = () => `\n${"  ".repeat(Math.min(Math.max(depth, 0), DEEPEST))}`;
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === "{" || token === "[") made += (depth++, token + line());
    else if (token === "}" || token === "]") made += (depth--, line() + token);
    else if (token === ",") made += token + line();
    else if (token === ":") made += ": ";
    else made += /^[{[]/.test(token) ? token[0] + token.at(-1) : token;
  }
  return made;
}

/** Empty lists and maps, marks, texts with what belongs to them, and everything between. */
const TOKENS = /\{\s*\}|\[\s*\]|[{}[\],:]|"(?:[^"\\]+|\\[^])*"?|[^\s{}[\],:"]+/g;

/** What is nested deeper is not moved further to the right. */
const DEEPEST = 24;
