/**
 * What may follow the words typed so far.
 *
 * @module
 */

import { joinPath } from "../../../core/graph/mod.ts";
import type { Pipeline } from "../../../core/graph/pipeline.ts";
import { EXIT } from "../base/exit_code.ts";
import { isPipelineFile } from "../words/expand.ts";
import type { Host } from "../base/host.ts";
import type { Command } from "../words/command.ts";
import { isKnown } from "../view/problems.ts";
import { type GroupName, GROUPS, isGroup, kebab, type VerbName, VERBS, verbsOf } from "../words/verbs.ts";
import { shapesOf, splitVerb } from "../words/read_words.ts";

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

/** A word that may follow, and what it means. */
type Proposal = readonly [word: string, brief: string];

/** Prints a proposal a line, the meaning after a tab. The last word is the one being typed; it may be empty. */
export async function completeVerb({ words }: Extract<Command, { verb: "complete" }>, host: Host): Promise<number> {
  const partial = words.at(-1) ?? "";
  const proposals = await propose(words.slice(0, -1), partial, host);
  const fitting = proposals.filter(([word]) => word.startsWith(partial));
  host.terminal.write(fitting.map(([word, brief]) => `${word}\t${brief}\n`).join(""));
  return EXIT.done;
}

async function propose(before: readonly string[], partial: string, host: Host): Promise<readonly Proposal[]> {
  if (before.length === 0 && !partial.startsWith("-")) return verbProposals();
  const [group, ...others] = before;
  if (isGroup(group) && others.length === 0 && !partial.startsWith("-")) return memberProposals(group);
  const [verb] = splitVerb(before.length === 0 ? [partial] : before) ?? ["run"];
  if (verb === "completions") return ["bash", "zsh", "fish"].map((shell) => [shell, ""]);
  if (verb === "schema") return ["events", "status", "explain", "error"].map((what) => [what, ""]);
  if (verb === "help") return verbProposals();
  const word = partial.startsWith("-") ? undefined : firstWord(verb, before);
  const known = word === undefined ? undefined : await firstProposals(verb, word, host);
  if (known !== undefined) return known;
  const file = before.find(isPipelineFile);
  const wanted = expectedNames(verb, before);
  if (!partial.startsWith("-") && wanted !== undefined) return await names(wanted, file, host);
  return partial.startsWith("-") || file !== undefined ? flagProposals(verb) : [];
}

/** What the next word is called, if it is the first one after the verb. */
function firstWord(verb: VerbName, before: readonly string[]): string | undefined {
  return before.length === verb.split(" ").length ? VERBS[verb].positionals[0]?.name : undefined;
}

function proposers(): Promise<typeof import("./propose.ts")> {
  return import(isReached ? "./propose.ts" : "./propose.ts");
}

/** Names that only this machine knows; `undefined` if the word is none of them. */
async function firstProposals(verb: VerbName, word: string, host: Host): Promise<readonly Proposal[] | undefined> {
  if (!/^(ID|KEY|NAME.*)$/.test(word) || verb === "plugin new") return undefined;
  const { keyProposals, pluginProposals, runProposals, toolProposals } = await proposers();
  if (word === "ID") return await runProposals(host);
  if (word === "KEY") return keyProposals();
  return await (verb.startsWith("tool ") ? toolProposals : pluginProposals)(host);
}

function verbProposals(): readonly Proposal[] {
  const verbs = Object.entries(VERBS).filter(([name]) => !name.includes(" ") && !isGroup(name));
  return [...verbs.map(([name, verb]): Proposal => [name, verb.brief]), ...Object.entries(GROUPS)];
}

function memberProposals(group: GroupName): readonly Proposal[] {
  return verbsOf(group).filter((verb) => verb !== group)
    .map((verb) => [verb.slice(group.length + 1), VERBS[verb].brief]);
}

function flagProposals(verb: VerbName): readonly Proposal[] {
  const flags = Object.entries(VERBS[verb].flags).map(([name, flag]): Proposal => [`--${kebab(name)}`, flag.brief]);
  return [...flags, ["--help", "Show help"]];
}

/** Names of what in the file the next word is, if any. */
type Wanted = "steps" | "makeable" | "optional" | "groups" | "parameters" | "data";

const WANTED: Readonly<Record<string, Wanted>> = {
  step: "steps",
  from: "steps",
  until: "makeable",
  include: "optional",
  group: "groups",
  set: "parameters",
  var: "data",
};

function expectedNames(verb: VerbName, before: readonly string[]): Wanted | undefined {
  const shapes = shapesOf(verb);
  let at = before.length - 1;
  while (at >= 0 && !before[at].startsWith("-") && !isPipelineFile(before[at])) at--;
  const flag = at < 0 ? undefined : shapes.flags.get(before[at].replace(/^--/, ""));
  if (flag === undefined) return verb === "explain" && at === before.length - 1 ? "steps" : undefined;
  if (flag.takes === "nothing" || (flag.takes === "one" && at < before.length - 1)) return undefined;
  return WANTED[flag.name];
}

async function names(wanted: Wanted, file: string | undefined, host: Host): Promise<readonly Proposal[]> {
  if (file === undefined) return [];
  try {
    const [engine, context] = [await host.engine(), await host.context()];
    const nothing = { parameters: new Map(), data: new Map() };
    const { pipeline } = await engine.loadPipeline(joinPath(context.cwd, file), context, nothing);
    return namesOf(wanted, pipeline).map((name) => [name, ""]);
  } catch (error) {
    // A file with mistakes in it offers no names; running it will say why.
    if (isKnown(error)) return [];
    throw error;
  }
}

function namesOf(wanted: Wanted, pipeline: Pipeline): readonly string[] {
  switch (wanted) {
    case "steps":
      return pipeline.steps.map((step) => step.name);
    case "makeable":
      return [...pipeline.steps.map((step) => step.name), ...pipeline.data.keys()];
    case "optional":
      return pipeline.steps.filter((step) => step.optional).map((step) => step.name);
    case "groups":
      return pipeline.groups;
    case "parameters":
      return [...pipeline.parameters.keys()].map((key) => `${key}=`);
    case "data":
      return [...pipeline.data.keys()].map((key) => `${key}=`);
  }
}
