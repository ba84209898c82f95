/**
 * Options of git commands, as git reads them: long ones by any beginning, short ones in clusters.
 *
 * @module
 */

/** What a command is given, taken apart. */
export interface GitWords {
  /** Long options without their values, as they were written. */
  readonly long: readonly string[];
  /** Letters of short options. */
  readonly short: readonly string[];
  readonly plain: readonly string[];
  /** Whether `--` is there. */
  readonly dashes: boolean;
}

/**
 * Takes the words after a sub-command apart.
 *
 * @param values Letters of short options that take what follows them as their value.
 */
export function readGitWords(args: readonly string[], values: string = ""): GitWords {
  const end = args.indexOf("--");
  const before = end < 0 ? args : args.slice(0, end);
  const options = before.filter((arg) => arg.startsWith("-") && arg !== "-");
  return {
    long: options.filter((arg) => arg.startsWith("--")).map((arg) => arg.split("=")[0]),
    short: options.filter((arg) => !arg.startsWith("--")).flatMap((arg) => letters(arg, values)),
    plain: [...before.filter((arg) => !arg.startsWith("-") || arg === "-"), ...(end < 0 ? [] : args.slice(end + 1))],
    dashes: end >= 0,
  };
}

/** Up to the first one that takes the rest as its value. */
function letters(cluster: string, values: string): readonly string[] {
  const all = [...cluster.slice(1)];
  const end = all.findIndex((letter) => values.includes(letter));
  return end < 0 ? all : all.slice(0, end + 1);
}

/** The first of the options that is there, or could be meant by the beginning that is there. */
export function findOption(words: GitWords, options: readonly string[]): string | undefined {
  return options.find((option) =>
    option.startsWith("--") ? words.long.some((it) => isBeginning(it, option)) : words.short.includes(option.slice(1))
  );
}

/** Git takes `--forc` for `--force`, and `--force-with-lease` is one of its kind. */
function isBeginning(given: string, option: string): boolean {
  if (option.endsWith("*")) return given.startsWith(option.slice(0, -1)) || option.startsWith(given);
  return option.startsWith(given) && given.length > 2;
}
