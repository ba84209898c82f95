/**
 * The first line of a script, where it names the program that runs it.
 *
 * @module
 */

/** The program that a script asks for, with the words that come before the script. */
export interface Shebang {
  /** A path, or a name that is looked for on PATH. */
  readonly program: string;
  readonly words: readonly string[];
}

/** Where nobody writes a longer line: of a file without line breaks no more is looked at. */
const LONGEST = 4_096;

/**
 * What `#!` in the first line asks for; `undefined` without one. `env` is seen through, with `-S` and without, unless it
 * sets variables or has other options. Words in quotes stay together, and the line may end as Windows ends lines.
 */
export function readShebang(source: string): Shebang | undefined {
  const head = source.slice(0, LONGEST).replace(/^\uFEFF/, "");
  if (!head.startsWith("#!")) return undefined;
  const line = /^#![^\n\r]*/.exec(head)![0].slice(2);
  const [program, ...words] = splitWords(line);
  if (program === undefined) return undefined;
  return /(^|[/\\])env$/.test(program) ? throughEnv(program, words) : { program, words };
}

function throughEnv(env: string, words: readonly string[]): Shebang | undefined {
  const [first = "", ...rest] = words;
  const split = /^(?:-S|--split-string=?)(.*)$/.exec(first);
  const asked = split === null ? words : split[1] === "" ? rest : [split[1], ...rest];
  const [program, ...own] = asked;
  if (program === undefined) return undefined;
  // What sets variables, or clears them, is left to env itself.
  return program.startsWith("-") || program.includes("=") ? { program: env, words: asked } : { program, words: own };
}

/** Words between blanks; those in quotes stay together, and a backslash stands before what means itself. */
function splitWords(line: string): readonly string[] {
  const words = line.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/g,
      (_, escaped, double, single) => escaped ?? single ?? double.replace(/\\(.)/g, "$1"),
    )
  );
}
