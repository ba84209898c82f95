/**
 * From words to a command: what a person asks for, before anything is done about it.
 *
 * @module
 */

import { nearest } from "../../core/errors.ts";
import { expandArgv, type FlagShape, isPipelineFile, type Shapes } from "./expand.ts";
import type { LookFlags, RunFlags, StatusFlags } from "./flags.ts";
import { type FlagInfo, isVerb, kebab, type VerbName, VERBS } from "./verbs.ts";

/** What is to be done. */
export type Command =
  | { readonly verb: "run"; readonly file: string; readonly flags: RunFlags }
  | { readonly verb: "status"; readonly file: string; readonly flags: StatusFlags }
  | { readonly verb: "explain"; readonly file: string; readonly step: string; readonly flags: LookFlags }
  | { readonly verb: "completions"; readonly shell: string }
  | { readonly verb: "schema"; readonly what?: string }
  | { readonly verb: "help"; readonly topic?: string }
  | { readonly verb: "version" }
  | { readonly verb: "complete"; readonly words: readonly string[] }
  | { readonly verb: "usage"; readonly of?: VerbName; readonly problems: readonly string[] };

/**
 * Reads a command line, without the program's name.
 *
 * A command line that begins with no verb but names a `.yml` or `.yaml` file runs that file.
 */
export async function parseArgv(argv: readonly string[]): Promise<Command> {
  if (argv[0] === "__complete") return { verb: "complete", words: argv.slice(1) };
  if (argv.length === 0) return { verb: "help" };
  const split = splitVerb(argv);
  if (split === undefined) return parseBare(argv);
  const [verb, rest] = split;
  const expanded = expandArgv(rest, shapesOf(verb));
  if (asksForHelp(rest, expanded.words)) return { verb: "help", topic: verb };
  if (expanded.problems.length > 0) return { verb: "usage", of: verb, problems: expanded.problems };
  const { scan } = await import("./commands.ts");
  return await scan(verb, expanded.words);
}

/** The verb that `argv` is for and what it is given; `undefined` if it names none and no file. */
export function splitVerb(argv: readonly string[]): readonly [VerbName, readonly string[]] | undefined {
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
function asksForHelp(argv: readonly string[], words: readonly string[]): boolean {
  const end = words.indexOf("--");
  return words.slice(0, end < 0 ? undefined : end).includes("--help") && argv.some((word) => /^-/.test(word));
}

function parseBare(argv: readonly string[]): Command {
  const [first] = argv;
  if (argv.includes("--help") || argv.includes("-h")) return { verb: "help" };
  if (argv.includes("--version") || first === "-V") return { verb: "version" };
  if (first.startsWith("-")) return { verb: "usage", problems: ["No pipeline file was given"] };
  const near = nearest(first, Object.keys(VERBS));
  const hint = near === undefined ? "a pipeline's name ends in .yml or .yaml" : `did you mean '${near}'?`;
  return { verb: "usage", problems: [`Unknown command '${first}'; ${hint}`] };
}
