/**
 * Which words of a command `argparse` takes for options, and which for their values.
 *
 * @module
 */

import type { ScriptArgument, ScriptArguments } from "./argparse.ts";

/** What a word is. `explicit` is the value behind its `=`. */
export type WordKind =
  | { readonly kind: "value" }
  | { readonly kind: "option"; readonly argument: ScriptArgument; readonly explicit?: string }
  | { readonly kind: "no-option" }
  | { readonly kind: "ambiguous"; readonly flags: readonly string[] }
  /** Versions of Python differ in it, or it hangs on more than its letters. */
  | { readonly kind: "unsure" };

const NUMBER = /^-\d+$|^-\d*\.\d+$/;
/** What newer versions of Python take for a number too, such as `-1e-05`. */
const LIKE_NUMBER = /^-\.?\d/;

/** Tells options of one parser from values. */
export class WordReader {
  readonly #script: ScriptArguments;
  readonly #options: ReadonlyMap<string, ScriptArgument>;
  readonly #hasNumbers: boolean;

  constructor(script: ScriptArguments) {
    this.#script = script;
    this.#options = optionsOf(script);
    this.#hasNumbers = [...this.#options.keys()].some((flag) => LIKE_NUMBER.test(flag));
  }

  /** The flags of the parser, `--help` included. */
  get flags(): readonly string[] {
    return [...this.#options.keys()];
  }

  /** What one word is, before anything is consumed. */
  kindOf(word: string): WordKind {
    if (!word.startsWith("-") || word === "-") return { kind: "value" };
    if (word === "--") return { kind: "unsure" };
    const exact = this.#options.get(word);
    if (exact !== undefined) return { kind: "option", argument: exact };
    const equals = word.indexOf("=");
    const named = equals < 0 ? undefined : this.#options.get(word.slice(0, equals));
    if (named !== undefined) return this.#explicit(named, word, equals);
    return this.#shortened(word, equals) ?? this.#other(word);
  }

  #explicit(argument: ScriptArgument, word: string, equals: number): WordKind {
    return word.startsWith("--") ? { kind: "option", argument, explicit: word.slice(equals + 1) } : { kind: "unsure" };
  }

  #shortened(word: string, equals: number): WordKind | undefined {
    if (!word.startsWith("--")) {
      // `-n5`, `-vx` and `-le` for `-length` are read in ways that hang on the version.
      const isNear = this.flags.some((flag) => flag === word.slice(0, 2) || flag.startsWith(word));
      return isNear ? { kind: "unsure" } : undefined;
    }
    if (!this.#script.allowAbbrev) return undefined;
    const prefix = equals < 0 ? word : word.slice(0, equals);
    const flags = this.flags.filter((flag) => flag.startsWith(prefix));
    if (flags.length === 0) return undefined;
    const meant = new Set(flags.map((flag) => this.#options.get(flag)!));
    const [argument] = meant;
    if (flags.length === 1) {
      return equals < 0 ? { kind: "option", argument } : this.#explicit(argument, word, equals);
    }
    return meant.size === 1 ? { kind: "unsure" } : { kind: "ambiguous", flags };
  }

  #other(word: string): WordKind {
    if (LIKE_NUMBER.test(word)) {
      return NUMBER.test(word) && !this.#hasNumbers ? { kind: "value" } : { kind: "unsure" };
    }
    return word.includes(" ") ? { kind: "value" } : { kind: "no-option" };
  }
}

const HELP: ScriptArgument = {
  flags: ["-h", "--help"],
  dest: "help",
  action: "exit",
  nargs: 0,
  type: "str",
  required: false,
  description: "",
  line: 1,
};

function optionsOf(script: ScriptArguments): ReadonlyMap<string, ScriptArgument> {
  const options = new Map<string, ScriptArgument>();
  for (const argument of script.hasHelp ? [HELP, ...script.arguments] : script.arguments) {
    for (const flag of argument.flags) options.set(flag, argument);
  }
  return options;
}
