/**
 * The first look at a command line: which verb, which words, is it a question about loom itself.
 *
 * @module
 */

import { nearest } from "../../../core/errors.ts";
import { expandArgv, type FlagShape, isPipelineFile, type Shapes } from "./expand.ts";
import { type GroupName, GROUPS, isGroup, isVerb, kebab, type VerbName, VERBS, verbsOf } from "./verbs.ts";
import type { FlagInfo } from "./verb_info.ts";

/** What a first look can settle. */
export type QuickCommand =
  | { readonly verb: "help"; readonly topic?: string }
  | { readonly verb: "version" }
  | { readonly verb: "complete"; readonly words: readonly string[] }
  | { readonly verb: "usage"; readonly of?: VerbName; readonly problems: readonly string[] };

/** What is left for the parser: regular words of one verb. */
export interface ForParser {
  readonly verb: "parse";
  readonly of: VerbName;
  readonly words: readonly string[];
}

/** Reads a command line, without the program's name. One that names no verb but a pipeline's file runs that file. */
export function readWords(argv: readonly string[]): QuickCommand | ForParser {
  if (argv[0] === "__complete") return { verb: "complete", words: argv.slice(1) };
  if (argv.length === 0) return { verb: "help" };
  const split = splitVerb(argv);
  if (split === undefined) return isGroup(argv[0]) ? readGroup(argv[0], argv.slice(1)) : readBare(argv);
  const [verb, rest] = split;
  const { words, problems } = expandArgv(rest, shapesOf(verb));
  if (asksForHelp(words)) return { verb: "help", topic: verb };
  if (verb === "help") return { verb, topic: rest.length === 0 ? undefined : rest.join(" ") };
  return problems.length > 0 ? { verb: "usage", of: verb, problems } : { verb: "parse", of: verb, words };
}

/** The verb that `argv` is for and what it is given; `undefined` if it names none and no file. */
export function splitVerb(argv: readonly string[]): readonly [VerbName, readonly string[]] | undefined {
  const two = `${argv[0]} ${argv[1]}`;
  if (isVerb(two)) return [two, argv.slice(2)];
  if (isVerb(argv[0])) return [argv[0], argv.slice(1)];
  const startsRight = argv[0].startsWith("-") || isPipelineFile(argv[0]);
  return startsRight && argv.some(isPipelineFile) ? ["run", argv] : undefined;
}

/** How the options of a verb look, for {@linkcode expandArgv}. */
export function shapesOf(verb: VerbName): Shapes {
  const flags = new Map<string, FlagShape>(
    Object.entries(VERBS[verb].flags).map(([name, flag]) => [kebab(name), { name, takes: takes(flag) }]),
  );
  flags.set("help", { name: "help", takes: "nothing" });
  const aliases = new Map(Object.entries(VERBS[verb].aliases ?? {}).map(([letter, name]) => [letter, kebab(name)]));
  return { flags, aliases: aliases.set("h", "help") };
}

function takes(flag: FlagInfo): FlagShape["takes"] {
  if (flag.kind === "boolean") return "nothing";
  return flag.variadic ? "some" : "one";
}

// Whoever asks for help gets it, however wrong the rest is.
function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf("--");
  return words.slice(0, end < 0 ? undefined : end).includes("--help");
}

function readGroup(group: GroupName, rest: readonly string[]): QuickCommand {
  const [first] = rest;
  if (first === undefined || rest.includes("--help") || rest.includes("-h")) return { verb: "help", topic: group };
  const known = verbsOf(group).map((verb) => verb.slice(group.length + 1));
  const near = nearest(first, known);
  const advice = near === undefined ? `it knows ${known.join(", ")}` : `did you mean 'loom ${group} ${near}'?`;
  return { verb: "usage", problems: [`Unknown command '${group} ${first}'; ${advice}`] };
}

function readBare(argv: readonly string[]): QuickCommand {
  const [first] = argv;
  if (argv.includes("--help") || argv.includes("-h")) return { verb: "help" };
  if (argv.includes("--version") || first === "-V") return { verb: "version" };
  if (first.startsWith("-")) return { verb: "usage", problems: ["No pipeline file was given"] };
  return { verb: "usage", problems: [`Unknown command '${first}'; ${adviceOn(first)}`] };
}

function adviceOn(word: string): string {
  const there = lookAt(word);
  if (there?.isFile) return `say 'loom run ${word}' if it is a pipeline`;
  const near = [`${word}.yml`, `${word}.yaml`].find((name) => lookAt(name)?.isFile) ??
    nearest(word, [...Object.keys(VERBS), ...Object.keys(GROUPS)]);
  if (near !== undefined) return `did you mean '${near}'?`;
  return there?.isDirectory
    ? "it is a folder; name the pipeline file in it"
    : "a pipeline's name ends in .yml or .yaml";
}

function lookAt(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch {
    // Whatever the reason: nothing better can be advised.
    return undefined;
  }
}
