/**
 * Where the front matter stands in a docstring.
 *
 * @module
 */

/** The text between a line that is `---` and the next one, or `undefined`. Blank space behind the dashes is allowed. */
export function findBlock(docstring: string): string | undefined {
  const lines = docstring.split("\n");
  const open = lines.findIndex(isFence);
  if (open < 0) return undefined;
  const first = lines.findIndex((line, i) => i > open && line.trim() !== "");
  // Dashes right below the opening ones begin a YAML document instead of ending the block.
  const close = lines.findIndex((line, i) => i > first && isFence(line));
  return first < 0 || close < 0 ? undefined : lines.slice(first, close).join("\n");
}

function isFence(line: string): boolean {
  return line.startsWith("---") && line.slice(3).trim() === "";
}
