/**
 * The verbs: their options, their words of help, in one table.
 *
 * @module
 */

import type { AuthorityVerb } from "./authority_flags.ts";
import { AUTHORITY_VERBS } from "./authority_verbs.ts";
import type { ExperimentVerb } from "./experiment_flags.ts";
import { EXPERIMENT_VERBS } from "./experiment_verbs.ts";
import type { LoopVerb } from "./loop_flags.ts";
import { LOOP_VERBS } from "./loop_verbs.ts";
import { LOOK_FLAGS, RUN_ALIASES, RUN_FLAGS, STATUS_FLAGS } from "./flags.ts";
import type { FlagInfo, VerbInfo } from "./verb_info.ts";

const FILE = { name: "FILE", brief: "The pipeline, a .yml or .yaml file" };

const RUN_SECTIONS: VerbInfo["sections"] = [
  ["Which steps", ["step", "from", "until", "group", "include"]],
  ["With what", ["set", "var", "extra", "python", "refreshUrls"]],
  ["Many values", ["sweep", "zip", "random", "seed"]],
  ["How", ["dryRun", "parallel", "sequential", "maxWorkers", "keepGoing", "failFast", "strict", "wait", "watch"]],
  ["What is already done", ["cached", "force", "resume", "dropRemoved"]],
  ["Look", ["list", "investigate"]],
  ["Clean up", ["cleanList", "clean", "permanent", "outside", "yes"]],
  ["Output and place", ["json", "quiet", "project"]],
];

const RUN: VerbInfo = {
  brief: "Run a pipeline",
  usage: "[run] FILE.yml [options]",
  positionals: [FILE],
  flags: RUN_FLAGS as Readonly<Record<string, FlagInfo>>,
  aliases: RUN_ALIASES,
  sections: RUN_SECTIONS,
  examples: [
    ["loom pipeline.yml", "run everything"],
    ["loom pipeline.yml --dry-run", "print the commands only"],
    ["loom pipeline.yml --cached", "run what is not fresh"],
    ["loom pipeline.yml --step extract train", "run two steps"],
    ["loom pipeline.yml --from train --set lr=0.01", "from one step on, with another value"],
    ["loom pipeline.yml --until report", "one step, and all that it needs"],
    ["loom pipeline.yml --sweep lr=0.1,0.01 seed=1..5", "every combination, each in its own folder"],
    ["loom pipeline.yml --cached --watch", "again whenever a file changes"],
    ["loom pipeline.yml --parallel --max-workers 4", "independent steps together"],
    ["loom pipeline.yml --step train --extra='--verbose'", "one more word for one command"],
    ["loom pipeline.yml --step train --investigate", "what a task takes and gives"],
    ["loom pipeline.yml --clean --permanent --yes", "delete what was produced"],
  ],
};

const STATUS: VerbInfo = {
  brief: "Show which steps are fresh, and why others are not",
  usage: "status FILE.yml [options]",
  positionals: [FILE],
  flags: STATUS_FLAGS as Readonly<Record<string, FlagInfo>>,
  sections: [["Options", Object.keys(STATUS_FLAGS)]],
  examples: [["loom status pipeline.yml", "a table"], ["loom status pipeline.yml --check", "for scripts: 1 if stale"]],
};

const EXPLAIN: VerbInfo = {
  brief: "Say why a step would run, and its exact command",
  usage: "explain FILE.yml STEP [options]",
  positionals: [FILE, { name: "STEP", brief: "Name of the step" }],
  flags: LOOK_FLAGS as Readonly<Record<string, FlagInfo>>,
  sections: [["Options", Object.keys(LOOK_FLAGS)]],
  examples: [["loom explain pipeline.yml train", "reasons, command, imports"]],
};

const COMPLETIONS: VerbInfo = {
  brief: "Print the completion script of a shell",
  usage: "completions bash|zsh|fish",
  positionals: [{ name: "SHELL", brief: "bash, zsh or fish" }],
  flags: {},
  sections: [],
  examples: [
    ['eval "$(loom completions bash)"', "in ~/.bashrc"],
    ['eval "$(loom completions zsh)"', "in ~/.zshrc"],
    ["loom completions fish > ~/.config/fish/completions/loom.fish", "once"],
  ],
};

const SCHEMA: VerbInfo = {
  brief: "Print the JSON Schema of what --json prints",
  usage: "schema [events|status|explain|error|check|graph|diff]",
  positionals: [{
    name: "WHAT",
    brief: "events (the default), status, explain, error, check, graph or diff",
    optional: true,
  }],
  flags: {},
  sections: [],
  examples: [["loom schema events", "of each line of loom FILE.yml --json"]],
};

const HELP: VerbInfo = {
  brief: "Show help, of one verb or of all",
  usage: "help [VERB]",
  positionals: [{ name: "VERB", brief: "Name of the verb", optional: true }],
  flags: {},
  sections: [],
  examples: [["loom help run", "the same as loom run --help"]],
};

/** Verbs that differ in nothing but their tables. */
export type TableVerb = LoopVerb | ExperimentVerb | AuthorityVerb;

/** Name of each verb; one of two words belongs to the group that the first one names. */
export type VerbName = "run" | "status" | "explain" | TableVerb | "completions" | "schema" | "help";

/** All verbs, in the order in which help names them. */
export const VERBS: Readonly<Record<VerbName, VerbInfo>> = {
  run: RUN,
  status: STATUS,
  explain: EXPLAIN,
  ...EXPERIMENT_VERBS,
  ...LOOP_VERBS,
  ...AUTHORITY_VERBS,
  completions: COMPLETIONS,
  schema: SCHEMA,
  help: HELP,
};

/** First words of verbs that are no verb themselves, or one that others go by, and what those are about. */
export const GROUPS = {
  add: "Add to a pipeline file",
  plugin: "Add and look after plugins",
  tool: "Look at tools and call them",
  audit: "See what was decided and done",
  config: "See and change settings",
} as const;

/** Name of a group of verbs. */
export type GroupName = keyof typeof GROUPS;

/** Whether `word` is the name of a group. */
export function isGroup(word: string | undefined): word is GroupName {
  return word !== undefined && Object.hasOwn(GROUPS, word);
}

/** The verbs of a group. */
export function verbsOf(group: GroupName): readonly VerbName[] {
  return Object.keys(VERBS).filter(isVerb).filter((verb) => verb === group || verb.startsWith(`${group} `));
}

/** Whether `word` is the name of a verb. */
export function isVerb(word: string | undefined): word is VerbName {
  return word !== undefined && Object.hasOwn(VERBS, word);
}

/** `dryRun` as it is typed: `dry-run`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
