/**
 * What `argparse` would say to the words of a command.
 *
 * @module
 */

import type { ScriptArgument, ScriptArguments } from "./argparse.ts";
import { isDefaultForSure, valueFault } from "./argparse_convert.ts";
import { type WordKind, WordReader } from "./argparse_words_kind.ts";

/** Why a command would be refused. */
export interface Refusal {
  readonly kind:
    | "unknown"
    | "ambiguous"
    | "missing"
    | "type"
    | "choice"
    | "too-few"
    | "no-value"
    | "extra"
    | "exclusive"
    | "one-of";
  /** Position of the word it is about; absent for what is missing. */
  readonly at?: number;
  readonly argument?: ScriptArgument;
  /** Of `ambiguous`: the flags it may mean. Of `exclusive`: the other one. Of `one-of`: all of them. */
  readonly flags?: readonly string[];
}

/**
 * Everything `argparse` would refuse in the words of a command. Empty if it would take them, or if that is not certain: in
 * no version of Python from 3.8 on is a command refused here that is taken there.
 *
 * @param words The command without interpreter and script.
 */
export function refusals(script: ScriptArguments, words: readonly string[]): readonly Refusal[] {
  if (!script.complete) return [];
  const reader = readerOf(script);
  if (reader === undefined) return [];
  const found = new Parsing(script, words, { reader, defersEmpty: true }).run();
  if (found === undefined || found.length === 0) return [];
  // Before 3.12 a positional argument that may be absent was used up by the first option behind it.
  const before = new Parsing(script, words, { reader, defersEmpty: false }).run();
  return before === undefined || before.length === 0 ? [] : found;
}

// Many steps run the same script.
const readers = new WeakMap<ScriptArguments, WordReader | null>();

function readerOf(script: ScriptArguments): WordReader | undefined {
  let reader = readers.get(script);
  if (reader === undefined) readers.set(script, reader = canBeTold(script) ? new WordReader(script) : null);
  return reader ?? undefined;
}

function canBeTold({ arguments: all, hasHelp }: ScriptArguments): boolean {
  const flags = [...all.flatMap((argument) => argument.flags), ...(hasHelp ? ["-h", "--help"] : [])];
  if (new Set(flags).size < flags.length) return false;
  return all.every(({ flags, nargs, action, exclusive }) =>
    flags.length > 0 || (typeof nargs !== "string" || ["?", "*", "+"].includes(nargs)) && nargs !== 0 &&
      action !== "unknown" && exclusive === undefined
  );
}

class Parsing {
  readonly #script: ScriptArguments;
  readonly #words: readonly string[];
  readonly #kinds: readonly WordKind[];
  readonly #pattern: string;
  readonly #defersEmpty: boolean;
  readonly #found: Refusal[] = [];
  readonly #seen = new Set<ScriptArgument>();
  readonly #certain = new Set<ScriptArgument>();
  readonly #extras: number[] = [];
  #waiting: readonly ScriptArgument[];
  #unsure = false;

  constructor(
    script: ScriptArguments,
    words: readonly string[],
    options: { readonly reader: WordReader; readonly defersEmpty: boolean },
  ) {
    this.#script = script;
    this.#words = words;
    this.#defersEmpty = options.defersEmpty;
    this.#kinds = words.map((word) => options.reader.kindOf(word));
    this.#pattern = this.#kinds.map(({ kind }) => kind === "value" ? "A" : "O").join("");
    this.#waiting = script.arguments.filter(({ flags }) => flags.length === 0);
  }

  /** What is refused; `undefined` if it cannot be told. */
  run(): readonly Refusal[] | undefined {
    if (this.#kinds.some(({ kind }) => kind === "unsure")) return undefined;
    let at = 0;
    while (at <= this.#pattern.lastIndexOf("O")) at = this.#next(at);
    const end = this.#positionals(at);
    for (let i = end; i < this.#words.length; i++) this.#extras.push(i);
    if (!this.#script.allowUnknown) this.#refuseExtras();
    this.#refuseMissing();
    return this.#unsure ? undefined : this.#found;
  }

  #next(at: number): number {
    const option = this.#pattern.indexOf("O", at);
    if (option !== at) {
      const end = this.#positionals(at);
      if (end > at) return end;
    }
    for (let i = at; i < option; i++) this.#extras.push(i);
    return this.#option(option);
  }

  #positionals(start: number): number {
    let at = start;
    const counts = matchPartly(this.#waiting, this.#pattern.slice(start), this.#defersEmpty);
    counts.forEach((count, i) => {
      this.#take(this.#waiting[i], at, at + count);
      at += count;
    });
    this.#waiting = this.#waiting.slice(counts.length);
    return at;
  }

  #option(at: number): number {
    const kind = this.#kinds[at];
    if (kind.kind === "ambiguous") this.#found.push({ kind: "ambiguous", at, flags: kind.flags });
    if (kind.kind !== "option") {
      if (kind.kind === "no-option") this.#extras.push(at);
      return at + 1;
    }
    const { argument, explicit } = kind;
    const { action, nargs } = argument;
    if (action === "unknown" || action === "exit" || nargs === "unknown" || nargs === "...") this.#unsure = true;
    if (explicit !== undefined) return this.#explicit(at, argument, explicit);
    const count = countFor(argument, this.#pattern.slice(at + 1));
    if (count === undefined) {
      this.#seen.add(argument);
      this.#found.push({ kind: "too-few", at, argument });
      return at + 1;
    }
    this.#take(argument, at + 1, at + 1 + count, at);
    return at + 1 + count;
  }

  #explicit(at: number, argument: ScriptArgument, explicit: string): number {
    if (countFor(argument, "A") === 1) this.#take(argument, at, at + 1, at, explicit);
    else {
      this.#seen.add(argument);
      this.#found.push({ kind: countFor(argument, "A") === 0 ? "no-value" : "too-few", at, argument });
    }
    return at + 1;
  }

  #take(argument: ScriptArgument, from: number, to: number, flagAt?: number, explicit?: string): void {
    this.#seen.add(argument);
    for (let at = from; at < to; at++) {
      const fault = valueFault(argument, explicit ?? this.#words[at]);
      if (fault !== undefined) this.#found.push({ kind: fault, at, argument });
    }
    const { exclusive, flags } = argument;
    if (exclusive === undefined) return;
    const words = explicit === undefined ? this.#words.slice(from, to) : [explicit];
    if (isDefaultForSure(argument, words) !== false) return;
    const other = [...this.#certain].find((it) => it.exclusive === exclusive && it !== argument);
    if (other !== undefined) {
      this.#found.push({ kind: "exclusive", at: flagAt, argument, flags: [flags[0], other.flags[0]] });
    }
    this.#certain.add(argument);
  }

  /** Words behind an option that is unknown, or takes none, belong to that. */
  #refuseExtras(): void {
    const extras = new Set(this.#extras);
    for (const at of this.#extras) {
      if (this.#pattern[at] === "O") {
        this.#found.push({ kind: "unknown", at });
        continue;
      }
      let first = at;
      while (extras.has(first - 1) && this.#pattern[first - 1] === "A") first--;
      const before = this.#kinds[first - 1] ?? { kind: "value" };
      if (before.kind === "value") this.#found.push({ kind: "extra", at });
      else if (before.kind === "option" && first === at) {
        this.#found.push({ kind: "no-value", at, argument: before.argument });
      }
    }
  }

  #refuseMissing(): void {
    const { arguments: all, exclusive } = this.#script;
    for (const argument of all) {
      if (argument.required && !this.#seen.has(argument)) this.#found.push({ kind: "missing", argument });
    }
    exclusive.forEach(({ required }, group) => {
      const members = all.filter((argument) => argument.exclusive === group);
      if (!required || members.some((argument) => this.#seen.has(argument))) return;
      this.#found.push({ kind: "one-of", flags: members.map(({ flags }) => flags[0]) });
    });
  }
}

/** How many words an option takes of those behind it; `undefined` if there are too few. */
function countFor({ nargs }: ScriptArgument, pattern: string): number | undefined {
  const there = /^A*/.exec(pattern)![0].length;
  if (typeof nargs === "number") return there < nargs ? undefined : nargs;
  if (nargs === "?") return Math.min(1, there);
  return nargs === "+" && there === 0 ? undefined : there;
}

/** Numbers of words for as many positional arguments as can have theirs. */
function matchPartly(waiting: readonly ScriptArgument[], pattern: string, defersEmpty: boolean): readonly number[] {
  for (let count = waiting.length; count > 0; count--) {
    const match = new RegExp(`^${waiting.slice(0, count).map(({ nargs }) => PATTERN(nargs)).join("")}`).exec(pattern);
    if (match === null) continue;
    const counts = match.slice(1).map((text) => text.length);
    if (defersEmpty && pattern[match[0].length] === "O") { while (counts.at(-1) === 0) counts.pop(); }
    return counts;
  }
  return [];
}

function PATTERN(nargs: ScriptArgument["nargs"]): string {
  return typeof nargs === "number" ? `(A{${nargs}})` : `(A${nargs})`;
}
