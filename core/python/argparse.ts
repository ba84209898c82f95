/**
 * What a script's own `argparse` takes, read from its text and never run.
 *
 * @module
 */

import { ParserReader } from "./argparse_find.ts";
import { type Statement, statementsOf } from "./argparse_lines.ts";
import { countMakers, isCreation, makersOf, settingsOf } from "./argparse_made.ts";
import { interferenceIn } from "./argparse_scope.ts";
import type { Value } from "../yaml/value.ts";

/** How many words an argument takes: an exact number, or as `argparse` writes it. `unknown` could not be told. */
export type Nargs = number | "?" | "*" | "+" | "..." | "unknown";

/** One `add_argument`. What could not be told is left open, never guessed. */
export interface ScriptArgument {
  /** As `-l` and `--learning-rate`, in order; none for a positional argument. */
  readonly flags: readonly string[];
  /** Name of the value: as `argparse` calls it, `learning_rate`; of a positional argument its name. */
  readonly dest: string;
  /**
   * `value` takes words, `switch` takes none (`store_true`, `store_false`, `store_const`, `BooleanOptionalAction`),
   * `count` is a switch that may be repeated, `list` may be repeated and takes words (`append`, `extend`), `exit` prints
   * and ends (`help`, `version`), `unknown` is an action of the script's own.
   */
  readonly action: "value" | "switch" | "count" | "list" | "exit" | "unknown";
  /** What a switch makes of its value: true, false, or something else (absent). */
  readonly stores?: boolean;
  /** How many words it takes. */
  readonly nargs: Nargs;
  /** What its words are read as; `unknown` is a function of the script's own. */
  readonly type: "str" | "int" | "float" | "bool" | "unknown";
  /** Absent: none, or not told by the text. */
  readonly default?: Value;
  /** Absent: anything goes, or it is not told by the text. */
  readonly choices?: readonly Value[];
  /** Whether it must be given, for certain. */
  readonly required: boolean;
  /** What `help=` says; empty without. */
  readonly description: string;
  readonly metavar?: string;
  /** Number of its mutually exclusive group, an index of {@linkcode ScriptArguments.exclusive}. */
  readonly exclusive?: number;
  /** Line of the source, from 1. */
  readonly line: number;
}

/** What a script takes. */
export interface ScriptArguments {
  /** Whether the script makes a parser of `argparse`. */
  readonly found: boolean;
  /**
   * Whether these are all of its arguments, for certain, and the words of the command are parsed by them. If not, there
   * may be others, and nothing may be called wrong.
   */
  readonly complete: boolean;
  /** Why it is not complete, in words for people. */
  readonly reason?: string;
  /** What `description=` says, when it is a plain text. */
  readonly description?: string;
  /** In order of the source; `-h` and `--help` are left out. */
  readonly arguments: readonly ScriptArgument[];
  /** Whether `-h` and `--help` exist. */
  readonly hasHelp: boolean;
  /** Whether `--learn` stands for `--learning-rate`. */
  readonly allowAbbrev: boolean;
  /** Whether other words are let be (`parse_known_args`). */
  readonly allowUnknown: boolean;
  /** The mutually exclusive groups, and whether one of each must be given. */
  readonly exclusive: readonly { readonly required: boolean }[];
}

/**
 * What a script takes by its own `argparse`, read from its text; nothing is imported or run.
 *
 * Never throws. A script without `argparse` gives `found: false`; one whose parser is put together while it runs (by
 * other functions, in branches, with subcommands) gives what is seen of it, and `complete: false` with a `reason`.
 *
 * @example Usage
 * ```ts
 * import { readArgparse } from "./argparse.ts";
 * import { equal } from "node:assert/strict";
 *
 * const source = 'import argparse\nparser = argparse.ArgumentParser()\n' +
 *   'parser.add_argument("--lr", type=float, default=0.1)\nargs = parser.parse_args()\n';
 * equal(readArgparse(source).arguments[0].type, "float");
 * ```
 *
 * @param source Text of the Python file.
 */
export function readArgparse(source: string): ScriptArguments {
  if (!source.includes("ArgumentParser")) return NONE;
  const statements = statementsOf(source);
  if (statements === undefined) return NONE;
  const makers = makersOf(statements);
  const created = statements.flatMap(({ tokens }, at) => isCreation(tokens, makers) ? [at] : []);
  if (created.length === 0) return NONE;
  return readParser(statements, created, makers);
}

const NONE: ScriptArguments = {
  found: false,
  complete: false,
  arguments: [],
  hasHelp: true,
  allowAbbrev: true,
  allowUnknown: false,
  exclusive: [],
};

function readParser(
  statements: readonly Statement[],
  created: readonly number[],
  makers: ReadonlySet<string>,
): ScriptArguments {
  const reader = new ParserReader(statements, created[0]);
  const disturbance = interferenceIn(statements);
  if (disturbance !== undefined) reader.doubt(disturbance);
  if (created.length > 1 || countMakers(statements, makers) !== 1) reader.doubt("it makes several parsers");
  const settings = settingsOf(statements[created[0]], reader.names, created[0]);
  if (settings.reason !== undefined) reader.doubt(settings.reason);
  reader.read();
  const { reason, exclusive, allowUnknown } = reader;
  const { hasHelp, allowAbbrev, description } = settings;
  const complete = reason === undefined;
  return {
    found: true,
    complete,
    reason,
    description,
    arguments: reader.arguments,
    hasHelp,
    allowAbbrev,
    allowUnknown,
    exclusive,
  };
}
