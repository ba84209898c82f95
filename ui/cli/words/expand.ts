/**
 * Makes a command line regular before it is parsed: one word per option and value (`--step=a --step=b`).
 *
 * What this adds to the parser: options that take one word or more, values that start with dashes, unique
 * beginnings of option names, options that may be repeated, and all mistakes told at once.
 *
 * @module
 */

import { nearest } from "../../../core/errors.ts";
import { DASHED_PAIR, DASHED_VALUE, KEY_VALUE } from "./flags.ts";

/** What is known of an option: its name in camel case and how many words follow it. */
export interface FlagShape {
  readonly name: string;
  readonly takes: "nothing" | "one" | "some";
}

/** How the options of a verb look. */
export interface Shapes {
  /** By their name on the command line, such as `dry-run`. */
  readonly flags: ReadonlyMap<string, FlagShape>;
  /** One letter to a name in `flags`. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** A regular command line, or what is wrong with it. */
export interface Expanded {
  readonly words: readonly string[];
  readonly problems: readonly string[];
}

/** Whether a word is a pipeline's file rather than anything else. */
export function isPipelineFile(word: string): boolean {
  return /\.ya?ml$/.test(word);
}

/** Reads `argv` (without the verb) by the options in `shapes`. */
export function expandArgv(argv: readonly string[], shapes: Shapes): Expanded {
  const reader = new Reader(argv, shapes);
  reader.readAll();
  return reader.result();
}

class Reader {
  readonly #argv: readonly string[];
  readonly #shapes: Shapes;
  readonly #positionals: string[] = [];
  readonly #values = new Map<string, readonly string[]>();
  readonly #problems: string[] = [];
  #at = 0;

  constructor(argv: readonly string[], shapes: Shapes) {
    this.#argv = argv;
    this.#shapes = shapes;
  }

  readAll(): void {
    while (this.#at < this.#argv.length) {
      const word = this.#argv[this.#at++];
      if (word === "--") return void this.#positionals.push(...this.#argv.slice(this.#at));
      if (word.startsWith("--")) this.#readLong(word.slice(2));
      else if (/^-[A-Za-z]/.test(word)) this.#readShort(word);
      else this.#positionals.push(word);
    }
  }

  result(): Expanded {
    const options = [...this.#values].flatMap(([flag, values]) => {
      if (this.#shapes.flags.get(flag)?.takes === "nothing") return [`--${flag}`];
      // The parser takes `--flag=` for a word of its own, and a value that starts with dashes for an option.
      return values.flatMap((value) => value === "" ? [`--${flag}`, ""] : [`--${flag}=${value}`]);
    });
    const rest = this.#positionals.length > 0 ? ["--", ...this.#positionals] : [];
    return { words: [...options, ...rest], problems: this.#problems };
  }

  #readShort(word: string): void {
    for (const letter of word.slice(1)) {
      const flag = this.#shapes.aliases.get(letter);
      if (flag === undefined) this.#problems.push(`Unknown option -${letter}`);
      else this.#values.set(flag, []);
    }
  }

  #readLong(body: string): void {
    const equals = body.indexOf("=");
    const written = equals < 0 ? body : body.slice(0, equals);
    const flag = this.#find(written);
    if (flag === undefined) return;
    const shape = this.#shapes.flags.get(flag)!;
    const given = equals < 0 ? undefined : body.slice(equals + 1);
    if (shape.takes === "nothing") this.#readSwitch(flag, given);
    else this.#readValues(flag, shape, given);
  }

  #readSwitch(flag: string, given: string | undefined): void {
    if (given !== undefined) this.#problems.push(`Option --${flag} takes no value, but '${given}' was given`);
    this.#values.set(flag, []);
  }

  #readValues(flag: string, shape: FlagShape, given: string | undefined): void {
    const words = given === undefined ? this.#takeWords(shape) : [given];
    if (words.length === 0) return void this.#problems.push(`Option --${flag} needs a value`);
    const keyless = KEY_VALUE.has(shape.name) ? words.filter((word) => !/^[^=]+=/.test(word)) : [];
    for (const word of keyless) this.#problems.push(`Option --${flag} needs KEY=VALUE, but '${word}' was given`);
    const before = shape.takes === "some" ? this.#values.get(flag) ?? [] : [];
    this.#values.set(flag, [...before, ...words]);
  }

  #takeWords(shape: FlagShape): string[] {
    const taken: string[] = [];
    while (this.#at < this.#argv.length && (shape.takes === "some" || taken.length === 0)) {
      const word = this.#argv[this.#at];
      if (!this.#isValue(word, shape)) break;
      taken.push(word);
      this.#at++;
    }
    return taken;
  }

  #isValue(word: string, shape: FlagShape): boolean {
    if (DASHED_VALUE.has(shape.name)) return true;
    if (this.#isDashedPair(word, shape)) return true;
    if (word.startsWith("-") && !/^-(\d|$)/.test(word)) return false;
    // `--step a b pipeline.yml`: the file is never the name of a step. `--set file=x.yml` is a value.
    return shape.takes === "one" || !isPipelineFile(word) || (KEY_VALUE.has(shape.name) && word.includes("="));
  }

  /** `--arg --lr=0.1`: a flag of a script with its value, unless loom has an option of that name. */
  #isDashedPair(word: string, shape: FlagShape): boolean {
    const flag = DASHED_PAIR.has(shape.name) ? /^--?([^=]+)=/.exec(word)?.[1] : undefined;
    return flag !== undefined && !this.#shapes.flags.has(flag);
  }

  #find(written: string): string | undefined {
    if (this.#shapes.flags.has(written)) return written;
    const names = [...this.#shapes.flags.keys()];
    const longer = written === "" ? [] : names.filter((name) => name.startsWith(written));
    if (longer.length === 1) return longer[0];
    this.#problems.push(`Unknown option --${written}${advice(written, longer, names)}`);
    return undefined;
  }
}

function advice(written: string, longer: readonly string[], names: readonly string[]): string {
  if (longer.length > 1) return `; it could be ${longer.map((name) => `--${name}`).join(" or ")}`;
  const near = nearest(written, names);
  return near === undefined ? "" : `; did you mean --${near}?`;
}
