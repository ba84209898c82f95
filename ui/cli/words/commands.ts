/**
 * The typed commands, made from the tables of verbs and flags, and the scan of a regular command line by them.
 *
 * @module
 */

import {
  type Application,
  ArgumentScannerError,
  buildApplication,
  buildCommand,
  buildRouteMap,
  type CommandBuilderArguments,
  type CommandContext,
  formatMessageForArgumentScannerError,
  run,
  text_en,
} from "@stricli/core";
import {
  LOOK_FLAGS,
  type LookFlags,
  RUN_ALIASES,
  RUN_FLAGS,
  type RunFlags,
  STATUS_FLAGS,
  type StatusFlags,
} from "./flags.ts";
import { AUTHORITY_FLAGS } from "./authority_flags.ts";
import { EXPERIMENT_FLAGS } from "./experiment_flags.ts";
import { LOOP_FLAGS } from "./loop_flags.ts";
import type { Command } from "./command.ts";
import { kebab, type TableVerb, type VerbName, VERBS } from "./verbs.ts";

/** Where a scanned command is put down; nothing is run while the words are still being read. */
interface ScanContext extends CommandContext {
  command?: Command;
}

/** Reads a regular command line (see `expandArgv`) of one verb. */
export async function scan(verb: VerbName, words: readonly string[]): Promise<Command> {
  const problems: string[] = [];
  const process = { stdout: { write: () => {} }, stderr: { write: () => {} } };
  const context: ScanContext = { process };
  await run(application(problems), [routeOf(verb), ...words], context);
  return context.command ?? { verb: "usage", of: verb, problems };
}

function application(problems: string[]): Application<ScanContext> {
  function heard(error: unknown): string {
    problems.push(describe(error));
    return "";
  }
  return buildApplication<ScanContext>(routes(), {
    name: "loom",
    scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true },
    localization: { text: { ...text_en, exceptionWhileParsingArguments: heard } },
  });
}

function describe(error: unknown): string {
  if (!(error instanceof ArgumentScannerError)) throw error;
  return formatMessageForArgumentScannerError(error, {
    ArgumentParseError: ({ externalFlagNameOrPlaceholder: name, input, exception }) =>
      `Option --${kebab(name)} cannot be '${input}': ${exception instanceof Error ? exception.message : exception}`,
    UnexpectedPositionalError: ({ input }) => `Unexpected word '${input}'`,
    UnsatisfiedPositionalError: ({ placeholder }) => `${placeholder} is missing`,
  });
}

function routes() {
  return buildRouteMap<string, ScanContext>({
    docs: { brief: "Run pipelines of scripts, look after loops" },
    routes: {
      run: runCommand(),
      status: statusCommand(),
      explain: explainCommand(),
      ...tableCommands(),
      completions: completionsCommand(),
      schema: schemaCommand(),
    },
  });
}

/** The parser knows verbs of two words by one. */
function routeOf(verb: VerbName): string {
  return verb.replaceAll(" ", "-");
}

function word(verb: VerbName, at: number) {
  const { name, brief } = VERBS[verb].positionals[at];
  return { parse: String, placeholder: name, brief };
}

function runCommand() {
  return buildCommand<RunFlags, [string], ScanContext>({
    docs: { brief: VERBS.run.brief },
    parameters: {
      flags: RUN_FLAGS,
      aliases: RUN_ALIASES,
      positional: { kind: "tuple", parameters: [word("run", 0)] },
    },
    func(flags, file) {
      this.command = { verb: "run", file, flags };
    },
  });
}

function statusCommand() {
  return buildCommand<StatusFlags, [string], ScanContext>({
    docs: { brief: VERBS.status.brief },
    parameters: { flags: STATUS_FLAGS, positional: { kind: "tuple", parameters: [word("status", 0)] } },
    func(flags, file) {
      this.command = { verb: "status", file, flags };
    },
  });
}

function explainCommand() {
  const parameters = [word("explain", 0), word("explain", 1)] as const;
  return buildCommand<LookFlags, [string, string], ScanContext>({
    docs: { brief: VERBS.explain.brief },
    parameters: { flags: LOOK_FLAGS, positional: { kind: "tuple", parameters } },
    func(flags, file, step) {
      this.command = { verb: "explain", file, step, flags };
    },
  });
}

const TABLES = { ...LOOP_FLAGS, ...EXPERIMENT_FLAGS, ...AUTHORITY_FLAGS };

function tableCommands() {
  const verbs = Object.keys(TABLES) as TableVerb[];
  return Object.fromEntries(verbs.map((verb) => [routeOf(verb), tableCommand(verb)]));
}

/** These verbs differ in nothing but their tables: how many words there are, and which options, is said there. */
function tableCommand(verb: TableVerb) {
  const words = VERBS[verb].positionals.map(({ optional }, at) => ({ ...word(verb, at), optional }));
  const parameters = { flags: TABLES[verb], positional: { kind: "tuple", parameters: words } } as object;
  type Builder = CommandBuilderArguments<Readonly<Record<string, unknown>>, string[], ScanContext>;
  return buildCommand<Readonly<Record<string, unknown>>, string[], ScanContext>({
    docs: { brief: VERBS[verb].brief },
    parameters: parameters as Builder["parameters"],
    func(flags, ...words) {
      this.command = { verb, words: words.filter((word) => word !== undefined), flags } as Command;
    },
  });
}

function completionsCommand() {
  return buildCommand<Record<never, never>, [string], ScanContext>({
    docs: { brief: VERBS.completions.brief },
    parameters: { positional: { kind: "tuple", parameters: [word("completions", 0)] } },
    func(_flags, shell) {
      this.command = { verb: "completions", shell };
    },
  });
}

function schemaCommand() {
  return buildCommand<Record<never, never>, [string | undefined], ScanContext>({
    docs: { brief: VERBS.schema.brief },
    parameters: { positional: { kind: "tuple", parameters: [{ ...word("schema", 0), optional: true }] } },
    func(_flags, what) {
      this.command = { verb: "schema", what };
    },
  });
}
