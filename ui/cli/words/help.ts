/**
 * Help pages, made from the table of verbs.
 *
 * @module
 */

import { nearest } from "../../../core/errors.ts";
import { type Palette, palette } from "../view/colors.ts";
import { EXIT } from "../base/exit_code.ts";
import { tableLines } from "../view/table.ts";
import type { Terminal } from "../base/terminal.ts";
import { type GroupName, GROUPS, isGroup, isVerb, kebab, type VerbName, VERBS, verbsOf } from "./verbs.ts";
import type { VerbInfo } from "./verb_info.ts";
import type { QuickCommand } from "./read_words.ts";

const EXIT_CODES: readonly (readonly [string, string])[] = [
  ["0", "done"],
  ["1", "a step failed, or the file is missing or invalid"],
  ["2", "wrong options, or no Python"],
  ["3", "another loom holds this pipeline"],
  ["130", "interrupted"],
];

const LOOP_EXIT_CODES: readonly (readonly [string, string])[] = [
  ["0", "done, the run is completed"],
  ["1", "no such run, or it failed, stalled or was cancelled"],
  ["2", "wrong options, or a definition that cannot be"],
  ["3", "another process drives the run"],
  ["4", "its budget is exhausted"],
  ["5", "it waits for an answer"],
  ["130", "interrupted"],
];

/** Verbs that end as the run does. */
const CODES: Readonly<Partial<Record<VerbName, readonly (readonly [string, string])[]>>> = {
  run: EXIT_CODES,
  show: LOOP_EXIT_CODES,
  resume: LOOP_EXIT_CODES,
  fork: LOOP_EXIT_CODES,
};

/** `loom help`, `loom --help`, `loom VERB --help`. */
export function helpVerb(command: Extract<QuickCommand, { verb: "help" }>, terminal: Terminal): number {
  const paint = palette(terminal.color);
  const { topic } = command;
  if (topic === undefined) terminal.write(overview(paint));
  else if (isVerb(topic)) terminal.write(page(topic, paint));
  else if (isGroup(topic)) terminal.write(groupPage(topic, paint));
  else return unknownTopic(topic, terminal);
  return EXIT.done;
}

/** Says what is wrong with the command line, all of it, and where to read more. */
export function usageVerb(command: Extract<QuickCommand, { verb: "usage" }>, terminal: Terminal): number {
  const word = palette(terminal.errorColor).bad("error");
  const more = command.of === undefined ? "loom --help" : `loom ${command.of} --help`;
  const lines = command.problems.map((problem) => `${word}: ${problem}`);
  terminal.writeError(`${[...lines, `See ${more}`].join("\n")}\n`);
  return EXIT.usage;
}

/** Every verb in a line each. */
export function overview(paint: Palette): string {
  const verbs = tableLines(overviewRows());
  const examples = exampleLines(VERBS.run.examples.slice(0, 5));
  return [
    `${paint.strong("loom")} runs pipelines of scripts that are written down in YAML, and looks after loops of agents.`,
    "",
    paint.strong("Usage"),
    ...verbs,
    ...["  loom --version", "  loom VERB --help"],
    "",
    paint.strong("Examples"),
    ...examples,
    "",
  ].join("\n");
}

/** A line for each verb of one word and for each group. */
function overviewRows(): readonly (readonly [string, string])[] {
  const alone = Object.keys(VERBS).filter(isVerb).filter((verb) => !verb.includes(" ") && !isGroup(verb));
  const groups = Object.entries(GROUPS).map((
    [group, brief],
  ): readonly [string, string] => [`  loom ${group} …`, brief]);
  const rows = alone.map((verb): readonly [string, string] => [`  loom ${VERBS[verb].usage}`, VERBS[verb].brief]);
  // What asks about loom itself comes last.
  return [...rows.slice(0, -3), ...groups, ...rows.slice(-3)];
}

/** The verbs of a group, a line each. */
export function groupPage(group: GroupName, paint: Palette): string {
  const verbs = verbsOf(group);
  const usage = tableLines(verbs.map((verb) => [`  loom ${VERBS[verb].usage}`, VERBS[verb].brief]));
  const examples = exampleLines(verbs.map((verb) => VERBS[verb].examples[0]));
  const more = `  loom ${group} COMMAND --help`;
  return [`${GROUPS[group]}.`, "", paint.strong("Usage"), ...usage, more, "", paint.strong("Examples"), ...examples, ""]
    .join("\n");
}

/** All about one verb. */
export function page(name: VerbName, paint: Palette): string {
  const verb = VERBS[name];
  const positionals = tableLines(verb.positionals.map((word) => [`  ${word.name}`, word.brief]));
  const sections = verb.sections.flatMap(([heading, flags]) => [
    "",
    paint.strong(heading),
    ...tableLines(flags.map((flag) => flagCells(verb, flag))),
  ]);
  const known = CODES[name];
  const codes = known === undefined ? [] : ["", paint.strong("Exit codes"), ...tableLines(known.map(indent))];
  const parts = [`${verb.brief}.`, "", paint.strong("Usage"), `  loom ${verb.usage}`, "", ...positionals, ...sections];
  return [...parts, "", paint.strong("Examples"), ...exampleLines(verb.examples), ...codes, ""].join("\n");
}

function indent([code, meaning]: readonly [string, string]): readonly string[] {
  return [`  ${code}`, meaning];
}

function flagCells(verb: VerbInfo, name: string): readonly string[] {
  const flag = verb.flags[name];
  const short = Object.entries(verb.aliases ?? {}).find(([, long]) => long === name)?.[0];
  const value = flag.placeholder === undefined ? "" : ` ${flag.placeholder}${flag.variadic ? "…" : ""}`;
  const lead = short === undefined ? "    " : `-${short}, `;
  return [`  ${lead}--${kebab(name)}${value}`, flag.brief];
}

function exampleLines(examples: VerbInfo["examples"]): readonly string[] {
  return tableLines(examples.map(([command, meaning]) => [`  ${command}`, `# ${meaning}`]));
}

function unknownTopic(topic: string, terminal: Terminal): number {
  const near = nearest(topic, Object.keys(VERBS));
  const hint = near === undefined ? `it knows ${Object.keys(VERBS).join(", ")}` : `did you mean '${near}'?`;
  return usageVerb({ verb: "usage", problems: [`Unknown command '${topic}'; ${hint}`] }, terminal);
}
