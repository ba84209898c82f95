/**
 * Where the front matter stands in a docstring.
 *
 * @module
 */

/** A block, and the line that it begins in: the first of the text is 0. */
export interface Block {
  readonly text: string;
  /** Of the line with the dashes. */
  readonly fence: number;
  /** Of the first line of the block that is not empty. */
  readonly line: number;
}

/** What is between a line that is `---` and the next one, or `undefined`. Blank space behind the dashes is allowed. */
export function findBlock(docstring: string): Block | undefined {
  const lines = docstring.split("\n");
  const open = lines.findIndex(isFence);
  if (open < 0) return undefined;
  const first = lines.findIndex((line, i) => i > open && line.trim() !== "");
  // Dashes right below the opening ones begin a YAML document instead of ending the block.
  const close = lines.findIndex((line, i) => i > first && isFence(line));
  if (first < 0 || close < 0) return undefined;
  return { text: lines.slice(first, close).join("\n"), fence: open, line: first };
}

function isFence(line: string): boolean {
  return line.startsWith("---") && line.slice(3).trim() === "";
}
