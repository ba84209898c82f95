/**
 * Patterns of paths: `*` and `?` within a name, `**` for any folders, `[a-z]`, `{one,other}`.
 *
 * @module
 */

/** More alternatives are nobody's honest pattern. */
const MAX_ALTERNATIVES = 256;

/** Whether a path fits. A pattern without a slash is about the name alone. */
export type Matcher = (path: string) => boolean;

/**
 * Reads a pattern.
 *
 * @throws {RangeError} If it has too many alternatives.
 */
export function globMatcher(pattern: string): Matcher {
  const all = alternatives(pattern.replace(/^\.\//, "")).map((it) => it.split("/").filter((part) => part !== ""));
  return (path) => {
    const names = path.split("/");
    return all.some((parts) =>
      parts.length === 1 && parts[0] !== "**" ? fitsName(parts[0], names[names.length - 1]) : fitsPath(parts, names)
    );
  };
}

function alternatives(pattern: string): readonly string[] {
  let whole = [pattern];
  for (;;) {
    const next = whole.flatMap((it) => {
      const found = /\{([^{}]*,[^{}]*)\}/.exec(it);
      if (found === null) return [it];
      const [before, after] = [it.slice(0, found.index), it.slice(found.index + found[0].length)];
      return found[1].split(",").map((part) => before + part + after);
    });
    if (next.length > MAX_ALTERNATIVES) {
      throw new RangeError(`The pattern has more than ${MAX_ALTERNATIVES} alternatives`);
    }
    if (next.length === whole.length) return next;
    whole = next;
  }
}

/** Goes back to the last `**` only: that is enough, and takes no longer than the lengths multiplied. */
function fitsPath(parts: readonly string[], names: readonly string[]): boolean {
  let [p, n, star, from] = [0, 0, -1, 0];
  while (n < names.length) {
    if (parts[p] === "**") [star, from, p] = [p, n, p + 1];
    else if (p < parts.length && fitsName(parts[p], names[n])) [p, n] = [p + 1, n + 1];
    else if (star >= 0) [p, n, from] = [star + 1, from + 1, from + 1];
    else return false;
  }
  while (parts[p] === "**") p++;
  return p === parts.length;
}

/** Likewise, by characters and `*`. */
function fitsName(pattern: string, name: string): boolean {
  const tokens = pattern.match(/\[[!^]?\]?[^\]]*\]|[^]/gu) ?? [];
  const chars = [...name];
  let [p, n, star, from] = [0, 0, -1, 0];
  while (n < chars.length) {
    if (tokens[p] === "*") [star, from, p] = [p, n, p + 1];
    else if (p < tokens.length && fitsChar(tokens[p], chars[n])) [p, n] = [p + 1, n + 1];
    else if (star >= 0) [p, n, from] = [star + 1, from + 1, from + 1];
    else return false;
  }
  while (tokens[p] === "*") p++;
  return p === tokens.length;
}

function fitsChar(token: string, char: string): boolean {
  if (token === "?") return true;
  if (token.length < 3 || !token.startsWith("[")) return token === char;
  const not = /^\[[!^]/.test(token);
  const set = [...token.slice(not ? 2 : 1, -1)];
  let found = false;
  for (let i = 0; i < set.length; i++) {
    const isRange = set[i + 1] === "-" && i + 2 < set.length;
    found ||= isRange ? char >= set[i] && char <= set[i + 2] : char === set[i];
    if (isRange) i += 2;
  }
  return found !== not;
}
