/**
 * Which git commands tools may give, and what each may touch.
 *
 * @module
 */

import type { Tier } from "../../ports/policy.ts";
import { findOption, type GitWords, readGitWords } from "./options.ts";

/** What is known of a command. */
export type GitCheck =
  | { readonly ok: false; readonly why: string; readonly hint?: string }
  | {
    readonly ok: true;
    readonly command: string;
    readonly tier: Tier;
    /** What it changes: nothing, the repository, or files too. */
    readonly writes: "nothing" | "repository" | "files";
    /** Whether it connects to another machine. */
    readonly connects: boolean;
  };

interface Rule {
  readonly writes: "nothing" | "repository" | "files";
  readonly connects?: boolean;
  readonly tier?: Tier;
  /** Options that are refused, and what they do. */
  readonly refused?: readonly string[];
  /** Letters of options that take a value. Left out, a value is taken for letters: that refuses more, never less. */
  readonly values?: string;
  readonly check?: (words: GitWords) => string | undefined;
}

/** Options that start programs or write files of anybody's choice, in any command. */
const NEVER = [
  ...["--upload-pack", "--receive-pack", "--exec", "--exec-path", "--ext-diff", "--textconv", "--output"],
  ...["--git-dir", "--work-tree", "--namespace", "--config", "--config-env", "--template", "--no-index"],
];

const THROWS_AWAY = "it throws away what is not committed";

const REMOTE_CHANGES = "it changes what others have";

const RULES: Readonly<Record<string, Rule>> = {
  "add": { writes: "repository" },
  "blame": { writes: "nothing", refused: ["--contents"] },
  "branch": { writes: "repository", refused: ["-D", "-M", "-C", "-f", "--force", "--edit-description"] },
  "checkout": {
    writes: "files",
    refused: ["-f", "--force", "-B", "-p", "--patch", "--ours", "--theirs", "-m", "--merge", "--pathspec*"],
    check: ({ dashes, plain }) => dashes || plain.some(isPlace) ? THROWS_AWAY : undefined,
  },
  "commit": { writes: "repository", values: "mcC", refused: ["-F", "--file", "-t", "-S", "--gpg-sign"] },
  "diff": { writes: "nothing" },
  "fetch": { writes: "repository", connects: true, refused: ["-f", "--force"], check: forced },
  "log": { writes: "nothing", refused: ["--show-signature"] },
  "ls-files": { writes: "nothing" },
  "merge": { writes: "files", values: "mX", refused: ["-s", "--strategy", "-S", "--gpg-sign", "-F", "--file"] },
  "pull": { writes: "files", connects: true, refused: ["-f", "--force", "-s", "--strategy", "-S"], check: forced },
  "push": {
    writes: "repository",
    connects: true,
    tier: "irreversible",
    refused: ["-f", "--force*", "-d", "--delete", "--mirror", "--prune", "--all", "--signed"],
    check: (words) => forced(words) ?? (words.plain.some((it) => it.startsWith(":")) ? REMOTE_CHANGES : undefined),
  },
  "rebase": {
    writes: "files",
    refused: ["-x", "-i", "--interactive", "--edit-todo", "-s", "--strategy", "-S", "--gpg-sign"],
  },
  "remote": { writes: "repository", check: remote },
  "reset": { writes: "repository", refused: ["--hard", "--merge", "-p", "--patch", "--pathspec*"] },
  "rev-parse": { writes: "nothing" },
  "show": { writes: "nothing", refused: ["--show-signature"] },
  "stash": {
    writes: "files",
    values: "m",
    refused: ["-p", "--patch"],
    check: ({ plain: [what] }) => what === "drop" || what === "clear" ? "it throws away what was put aside" : undefined,
  },
  "status": { writes: "nothing" },
  "switch": {
    writes: "files",
    refused: ["-f", "--force", "--discard-changes", "-C", "--force-create", "-m", "--merge"],
  },
  "tag": {
    writes: "repository",
    values: "m",
    refused: ["-f", "--force", "-d", "--delete", "-s", "--sign", "-u", "--local-user", "-v", "-F"],
  },
};

/** Names of the commands that tools may give. */
export const GIT_COMMANDS: readonly string[] = Object.keys(RULES);

/** Looks at a command, without the word `git`. */
export function checkGit(args: readonly string[]): GitCheck {
  const [command, ...rest] = args;
  if (command === undefined) return refuse("no command was given", `one of ${GIT_COMMANDS.join(", ")}`);
  if (args.some((arg) => arg.includes("\0"))) return refuse("it holds a null character");
  if (command.startsWith("-")) {
    return refuse(`options before the command (${shown(command)}) change what git itself does`);
  }
  const rule = Object.hasOwn(RULES, command) ? RULES[command] : undefined;
  if (rule === undefined) return refuse(`'git ${shown(command)}' is not allowed`, `one of ${GIT_COMMANDS.join(", ")}`);
  const words = readGitWords(rest, rule.values);
  const never = findOption({ ...words, short: [] }, NEVER);
  if (never !== undefined) return refuse(`${never} starts programs or writes files of anybody's choice`);
  const option = findOption(words, rule.refused ?? []);
  if (option !== undefined) {
    return refuse(`'git ${command} ${option.replace("*", "")}' is not allowed`, hintFor(command));
  }
  const why = rule.check?.(words);
  if (why !== undefined) return refuse(`'git ${command} ${rest.map(shown).join(" ")}': ${why}`, hintFor(command));
  const { writes, connects = false, tier = "workspace-write" } = rule;
  return { ok: true, command, tier, writes, connects };
}

function refuse(why: string, hint?: string): GitCheck {
  return { ok: false, why, hint };
}

/** A `+` before a name has the same effect as `--force`. Programs in the place of an address are refused too. */
function forced({ plain }: GitWords): string | undefined {
  if (plain.some((it) => it.startsWith("+"))) return "a '+' before a name forces it";
  return plain.some((it) => it.includes("::")) ? "an address with '::' starts a program" : undefined;
}

function remote(words: GitWords): string | undefined {
  const [what, ...rest] = words.plain;
  if (["update", "prune", "show", "set-head"].includes(what)) return "it connects; use fetch";
  if (findOption(words, ["-f", "--fetch"]) !== undefined) return "it connects; use fetch";
  return forced({ ...words, plain: rest });
}

/** Whether a word names files rather than a branch. */
function isPlace(word: string): boolean {
  return word === "." || word === ".." || /^(\.{1,2}|)\//.test(word) || /[*?[:]/.test(word) || word.endsWith("/");
}

function hintFor(command: string): string | undefined {
  const others: Readonly<Record<string, string>> = {
    branch: "branch -d deletes a branch that was merged",
    checkout: "it may change branches only; loom undo takes back what tools changed",
    push: "push without force; a person can do the rest",
    reset: "reset without --hard keeps the files as they are; stash puts changes aside",
    switch: "stash puts changes aside",
  };
  return others[command];
}

function shown(word: string): string {
  return word.length > 60 ? `${word.slice(0, 60)}…` : word;
}
