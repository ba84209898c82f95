/** Longer texts stay as they are. */
export const MOST_PRETTY_BYTES = 2 * 1024 * 1024;

/**
 * JSON with each value on a line of its own. Texts and numbers stay as they are written, so that nothing is lost that a
 * parser would round; of a text that is no JSON, what is can be read as well.
 */
export function prettyJson(text: string): string {
  let [made, depth] = ["", 0];
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === "{" || token === "[") made += `${token}\n${"  ".repeat(++depth)}`;
    else if (token === "}" || token === "]") made += `\n${"  ".repeat(depth = Math.max(0, depth - 1))}${token}`;
    else if (token === ",") made += `,\n${"  ".repeat(depth)}`;
    else made += token === ":" ? ": " : token.replaceAll(/\s+/g, EMPTY.test(token) ? "" : " ");
  }
  return made;
}

/** Empty lists and maps, marks, texts with what belongs to them, and everything between. */
const TOKENS = /\{\s*\}|\[\s*\]|[{}[\],:]|"(?:[^"\\]|\\[^])*"?|[^\s{}[\],:"]+/g;
const EMPTY = /^[{[]/;
