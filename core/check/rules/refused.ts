/**
 * What a script's `argparse` would refuse, in words for people.
 *
 * @module
 */

import { nearest, type Problem } from "../../errors.ts";
import type { ScriptArgument, ScriptArguments } from "../../python/argparse.ts";
import type { Refusal } from "../../python/argparse_accepts.ts";
import { pyRepr, pyStr, type Value } from "../../yaml/value.ts";
import type { WordOrigin } from "../base/words.ts";

/** What is wrong, without where. */
export type Words = Pick<Problem, "code" | "message" | "hint">;

/** What to know of a refusal to put it into words. */
export interface RefusedWord {
  readonly refusal: Refusal;
  readonly step: string;
  /** File name. */
  readonly script: string;
  readonly takes: ScriptArguments;
  readonly word?: string;
  /** What is passed behind an option. */
  readonly next?: string;
  readonly origin?: WordOrigin;
  /** Whether the file has a list there. */
  readonly isList?: boolean;
}

/** Puts one refusal into words. */
export function refusalWords(refused: RefusedWord): Words {
  switch (refused.refusal.kind) {
    case "unknown":
      return unknown(refused);
    case "ambiguous":
      return ambiguous(refused);
    case "missing":
      return missing(refused);
    case "type":
    case "choice":
      return wrongValue(refused);
    case "too-few":
      return tooFew(refused);
    case "no-value":
      return noValue(refused);
    case "extra":
      return extra(refused);
    case "exclusive":
      return exclusive(refused);
    case "one-of":
      return oneOf(refused);
  }
}

function unknown({ script, step, takes, word = "", origin }: RefusedWord): Words {
  const flags = takes.arguments.flatMap((argument) => argument.flags);
  const near = nearest(word, flags);
  const hint = near !== undefined
    ? `did you mean '${near}'?`
    : flags.length === 0
    ? "it has no options"
    : `it knows ${listed(flags)}`;
  const what = origin?.isFlag === false ? `'${word}', which looks like an option,` : `'${word}'`;
  return { code: "unknown-argument", message: `${script} does not know ${what} that step '${step}' passes`, hint };
}

function ambiguous({ script, word, refusal }: RefusedWord): Words {
  const flags = refusal.flags ?? [];
  const hint = "write the whole name";
  return { code: "ambiguous-argument", message: `'${word}' may be ${flags.join(" or ")} of ${script}`, hint };
}

function missing({ script, step, refusal }: RefusedWord): Words {
  const argument = refusal.argument!;
  if (argument.flags.length === 0) {
    const message = `Step '${step}' does not give the input '${argument.dest}' that ${script} requires`;
    return { code: "missing-input", message, hint: `add it to 'inputs', which are passed in their order` };
  }
  const message = `Step '${step}' does not give '${longest(argument)}', which ${script} requires`;
  return { code: "missing-argument", message, hint: `add '${longest(argument)}: …' to 'args', or to 'outputs'` };
}

function wrongValue({ script, step, refusal, word = "", isList }: RefusedWord): Words {
  const argument = refusal.argument!;
  const passed = `Step '${step}' passes ${shown(word)} as '${nameOf(argument)}', which`;
  if (refusal.kind === "type") {
    const message = `${passed} ${script} reads as ${argument.type}`;
    return { code: "wrong-type", message, hint: isList ? LIST_HINT : typeHint(argument.type, word) };
  }
  const choices = argument.choices ?? [];
  return { code: "not-a-choice", message: `${passed} is no choice of ${script}`, hint: choiceHint(word, choices) };
}

/** What can be chosen instead. */
export function choiceHint(word: string, choices: readonly Value[]): string {
  const near = nearest(word, choices.map(pyStr));
  return near === undefined ? `choose from ${listed(choices.map(pyRepr))}` : `did you mean '${near}'?`;
}

/** How to mend a value that is not of a type. */
export function typeHint(type: string, word: string): string {
  if (type === "int" && /^-?\d+\.0*$/.test(word)) return `write ${word.replace(/\..*/, "")}`;
  if (type === "int") return "give it a whole number";
  return type === "float" ? "give it a number" : "write true or false";
}

const LIST_HINT = "a list is one value on the command line; let the script take one";

function tooFew({ script, step, refusal, next, origin }: RefusedWord): Words {
  const argument = refusal.argument!;
  const isMany = typeof argument.nargs === "number" && argument.nargs > 1;
  const hint = next?.startsWith("-")
    ? `what begins with '-' is taken for an option; write "${origin?.key}=${next}": true`
    : isMany
    ? LIST_HINT
    : "true passes the option alone; write the value";
  const message = `'${nameOf(argument)}' of ${script} takes ${isMany ? `${argument.nargs} values` : "a value"}, ` +
    `and step '${step}' passes ${isMany ? "fewer" : "none"}`;
  return { code: "missing-value", message, hint };
}

function noValue({ script, step, refusal, word = "" }: RefusedWord): Words {
  const argument = refusal.argument!;
  const isSwitch = argument.action === "switch" || argument.action === "count";
  const takes = isSwitch ? "is a switch and takes no value" : "takes fewer values";
  const hint = isSwitch ? "write true to pass it, false to leave it out" : "a list is passed as one text";
  const message = `'${nameOf(argument)}' of ${script} ${takes}, and step '${step}' passes ${shown(word)}`;
  return { code: "unexpected-value", message, hint };
}

function extra({ script, step, takes, origin }: RefusedWord): Words {
  const names = takes.arguments.filter(({ flags }) => flags.length === 0).map(({ dest }) => dest);
  const what = names.length === 0 ? "no inputs" : names.length === 1 ? "one input" : `${names.length} inputs`;
  const hint = names.length === 0 ? "pass it under a flag, in 'args'" : `it takes ${names.join(", ")}, in this order`;
  const message = `${script} takes ${what}, and ${place(origin)} of step '${step}' is one too many`;
  return { code: "too-many-inputs", message, hint };
}

function exclusive({ script, step, refusal }: RefusedWord): Words {
  const message = `${(refusal.flags ?? []).map((flag) => `'${flag}'`).join(" and ")} of ${script} exclude each other`;
  return { code: "exclusive-arguments", message, hint: `keep one of them in step '${step}'` };
}

function oneOf({ script, step, refusal }: RefusedWord): Words {
  const message = `Step '${step}' gives none of ${(refusal.flags ?? []).join(", ")}; ${script} requires one`;
  return { code: "missing-argument", message, hint: "add one of them to 'args'" };
}

function nameOf(argument: ScriptArgument): string {
  return argument.flags.length === 0 ? argument.dest : longest(argument);
}

/** The long one of `-l` and `--learning-rate`. */
function longest({ flags }: ScriptArgument): string {
  return flags.reduce((best, flag) => flag.length > best.length ? flag : best);
}

const SINGULAR = { inputs: "input", outputs: "output", args: "arg" } as const;

function place(origin: WordOrigin | undefined): string {
  return origin === undefined ? "the command" : `${SINGULAR[origin.section]} '${origin.key}'`;
}

/** A value as it may stand in a message. */
export function shown(word: string): string {
  return `'${word.length > 60 ? `${word.slice(0, 57)}…` : word}'`;
}

const MOST_LISTED = 12;

/** Names with commas between them, not too many. */
export function listed(names: readonly string[]): string {
  const more = names.length - MOST_LISTED;
  return more > 0 ? `${names.slice(0, MOST_LISTED).join(", ")} and ${more} more` : names.join(", ");
}
