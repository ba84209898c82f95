import { usage } from "../../../../core/errors.ts";

/** A question's key and its answer. */
export interface KeyedAnswer {
  readonly key: string;
  readonly value: unknown;
}

/**
 * Reads `KEY=JSON`.
 *
 * @throws {LoomError} `usage` if it is not that.
 */
export function keyedAnswer(word: string): KeyedAnswer {
  const cut = word.indexOf("=");
  if (cut < 1) throw usage(`An answer is KEY=JSON, not '${word}'`, `such as approve=true or name='"Ada"'`);
  const key = word.slice(0, cut);
  return { key, value: jsonValue(word.slice(cut + 1), `answer to '${key}'`) };
}

/**
 * Reads JSON from a word of the command line.
 *
 * @throws {LoomError} `usage` if it is none.
 */
export function jsonValue(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw usage(`The ${what} is no JSON: ${text}`, `text is JSON in double quotes: '${JSON.stringify(text)}'`);
  }
}
