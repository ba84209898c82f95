/**
 * What a shell command would do. This is advice, which keeps honest mistakes from happening: what holds a command in is
 * the sandbox.
 *
 * @module
 */

import { checkGit } from "../git/check.ts";
import type { SimpleCommand, Word } from "../shell/command.ts";
import { allCommands, programName } from "../shell/unwrap.ts";

/** What was found in a command. */
export interface ShellAssessment {
  /** Each program with its words, as far as they can be told. */
  readonly commands: readonly (readonly string[])[];
  /** Why it is never run. */
  readonly refused?: { readonly why: string; readonly hint?: string };
}

/** In the place of what only a running shell knows. */
const UNKNOWN = "?";

/** Reads a command, and looks at everything that it starts. */
export function assessShell(text: string): ShellAssessment {
  const { commands } = allCommands(text);
  const told = commands.filter(({ words }) => words.length > 0).map(({ words }) => words.map(shownWord));
  const why = commands.map((command, at) => reasonAgainst(command, commands[at - 1])).find((it) => it !== undefined);
  return { commands: told, ...(why !== undefined && { refused: why }) };
}

function shownWord({ text }: Word): string {
  return text.replaceAll("\0", UNKNOWN);
}

type Reason = { readonly why: string; readonly hint?: string };

function reasonAgainst(command: SimpleCommand, before: SimpleCommand | undefined): Reason | undefined {
  return againstProgram(command) ?? againstRedirects(command) ?? againstPipe(command, before);
}

const OUTSIDE_HELP = "a person can do it, if it must be";

function againstProgram({ words }: SimpleCommand): Reason | undefined {
  const name = programName(words[0]);
  const [options, plain] = parted(words.slice(1));
  if (name === "sudo" || name === "doas" || name === "su") {
    return { why: `'${name}' is not allowed`, hint: OUTSIDE_HELP };
  }
  if (name.startsWith("mkfs")) return { why: "it formats a disk", hint: OUTSIDE_HELP };
  if (name === "dd" && plain.some((it) => /^of=\/dev\//.test(it))) return { why: "it writes to a device" };
  if (name === "rm" && isRecursive(options) && plain.some(isEverything)) return { why: "it deletes everything" };
  if ((name === "chmod" || name === "chown") && isRecursive(options) && plain.some(isEverything)) {
    return { why: "it changes the rights to everything" };
  }
  if (name === "find" && plain.some((it) => it === "-delete") && plain.some(isEverything)) {
    return { why: "it deletes everything" };
  }
  return name === "git" ? againstGit(words) : undefined;
}

/** The same as for the git tool; what that refuses is no better in a shell. */
function againstGit(words: readonly Word[]): Reason | undefined {
  const args = words.slice(1).map(({ text }) => text);
  // Where nothing is refused but the command itself, it is an honest one that the git tool happens not to have.
  const checked = checkGit(args.filter((arg) => !arg.includes("\0")));
  const isForceful =
    /--hard|--force|\bpush\b.*(\s-f|\s\+)|clean\b.*-\w*f|branch\s+-D|checkout\s+(--\s|\.)|--upload-pack|^-c|^-C/;
  return !checked.ok && isForceful.test(args.join(" ")) ? { why: checked.why, hint: checked.hint } : undefined;
}

function againstRedirects({ redirects }: SimpleCommand): Reason | undefined {
  const device = redirects.find(({ operator, target }) =>
    operator.includes(">") && /^\/dev\/(?!null$|stdout$|stderr$|fd\/\d+$|tty$)/.test(target.text)
  );
  return device === undefined ? undefined : { why: `it writes to the device ${shownWord(device.target)}` };
}

/** What comes over the net and is run unseen. */
function againstPipe(command: SimpleCommand, before: SimpleCommand | undefined): Reason | undefined {
  const isShell = /^(sh|bash|dash|zsh|ksh|python\d?|node|perl|ruby)$/.test(programName(command.words[0]));
  if (!command.piped || !isShell || before === undefined) return undefined;
  const fetches = /^(curl|wget|fetch)$/.test(programName(before.words[0]));
  return fetches
    ? { why: "it runs what it downloads, unseen", hint: "download it, look at it, then run it" }
    : undefined;
}

function parted(words: readonly Word[]): readonly [options: readonly string[], plain: readonly string[]] {
  const texts = words.map(({ text }) => text);
  return [texts.filter((it) => it.startsWith("-")), texts.filter((it) => !it.startsWith("-") || it === "-delete")];
}

function isRecursive(options: readonly string[]): boolean {
  return options.some((it) => /^-[a-zA-Z]*[rR]/.test(it) || it.startsWith("--rec"));
}

/** The root of the disk, the home folder, or all that is in either. A gap alone may be the home folder: `$HOME`. */
function isEverything(word: string): boolean {
  return /^(\/+\.?|~|\0)(\/?\*?)$/.test(word) || /^\/(\*|\.\.?\/?\*?)$/.test(word);
}
