/**
 * Patterns for one name of a path.
 *
 * @module
 */

/** Whether a name matches. */
export type NameTest = (name: string) => boolean;

/** One position of a pattern: any run of characters, or one character that passes. */
type Item = "run" | ((char: string) => boolean);

/** Whether a part of a pattern stands for itself alone. */
export function isLiteralName(name: string): boolean {
  return !/[*?[]/.test(name);
}

/** A test for names: `*`, `?`, `[abc]`, `[a-z]`, `[!…]`; a `[` that is not closed stands for itself. */
export function compileName(pattern: string): NameTest {
  const items = parseItems([...pattern]);
  const hidden = pattern.startsWith(".");
  return (name) => (hidden || !name.startsWith(".")) && matches(items, [...name]);
}

/** Greedy with one point to go back to, the last `*`: what an earlier one took never needs to change. */
function matches(items: readonly Item[], chars: readonly string[]): boolean {
  let [item, char, lastRun, resumeAt] = [0, 0, -1, 0];
  while (char < chars.length) {
    const current = items[item];
    if (current === "run") [lastRun, resumeAt, item] = [item, char, item + 1];
    else if (current?.(chars[char])) [item, char] = [item + 1, char + 1];
    else if (lastRun < 0) return false;
    else [item, char] = [lastRun + 1, ++resumeAt];
  }
  while (items[item] === "run") item++;
  return item === items.length;
}

function parseItems(chars: readonly string[]): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at];
    const end = char === "[" ? classEnd(chars, at) : -1;
    if (char === "*") items.push("run");
    else if (char === "?") items.push(() => true);
    else if (end < 0) items.push((other) => other === char);
    else {
      items.push(parseClass(chars.slice(at + 1, end)));
      at = end;
    }
  }
  return items;
}

/** Index of the `]` that closes the class opened at `start`, or -1; one that stands first is a member. */
function classEnd(chars: readonly string[], start: number): number {
  const first = start + (chars[start + 1] === "!" ? 2 : 1);
  return chars.indexOf("]", first + 1);
}

function parseClass(chars: readonly string[]): Item {
  const negated = chars[0] === "!";
  const members = negated ? chars.slice(1) : chars;
  const ranges: (readonly [number, number])[] = [];
  for (let at = 0; at < members.length; at++) {
    const ranged = members[at + 1] === "-" && at + 2 < members.length;
    ranges.push([code(members[at]), code(members[ranged ? at + 2 : at])]);
    if (ranged) at += 2;
  }
  return (char) => ranges.some(([low, high]) => low <= code(char) && code(char) <= high) !== negated;
}

function code(char: string): number {
  return char.codePointAt(0) ?? 0;
}
