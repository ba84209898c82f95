/**
 * Commands that start other commands.
 *
 * @module
 */

import type { ShellCommands, SimpleCommand, Word } from "./command.ts";
import { parseShell } from "./parse.ts";

const MAX_DEPTH = 8;

/** Each with its options that take a value of their own. */
const PREFIXES: Readonly<Record<string, RegExp>> = {
  builtin: /^$/,
  command: /^$/,
  doas: /^-[uC]$/,
  env: /^(-[uCS]|--unset|--chdir)$/,
  exec: /^-a$/,
  ionice: /^-[cnp]$/,
  nice: /^(-n|--adjustment)$/,
  nohup: /^$/,
  setsid: /^$/,
  stdbuf: /^-[ioe]$/,
  sudo: /^-[ugpCThrtU]$/,
  time: /^-[fo]$/,
  timeout: /^(-[ks]|--kill-after|--signal)$/,
  xargs: /^-[aEIdLnPs]$/,
};

const SHELLS = /^(sh|bash|dash|zsh|ksh|ash|busybox)$/;

/** Name of a program without its folder. */
export function programName(word: Word | undefined): string {
  return word?.text.split("/").at(-1) ?? "";
}

/** All that a text starts, also through the shells, prefixes and `eval` in it. */
export function allCommands(text: string): ShellCommands {
  const { commands, complete } = parseShell(text);
  const all = commands.map((command) => unwrapped(command, MAX_DEPTH));
  return { commands: all.flatMap((it) => it.commands), complete: complete && all.every((it) => it.complete) };
}

function unwrapped(command: SimpleCommand, depth: number): ShellCommands {
  const plain = { ...command, words: withoutAssignments(command.words) };
  const inner = depth === 0 ? undefined : innerOf(plain);
  if (inner === undefined) return { commands: [plain], complete: depth > 0 };
  const all = inner.commands.map((it) => unwrapped({ ...it, piped: it.piped || plain.piped }, depth - 1));
  return {
    commands: [plain, ...all.flatMap((it) => it.commands)],
    complete: inner.complete && all.every((it) => it.complete),
  };
}

function withoutAssignments(words: readonly Word[]): readonly Word[] {
  const first = words.findIndex(({ text }) => !/^\w+\+?=/.test(text));
  return first < 0 ? [] : words.slice(first);
}

function innerOf(command: SimpleCommand): ShellCommands | undefined {
  const [program, ...rest] = command.words;
  const name = programName(program);
  if (name === "eval") return script(rest);
  if (SHELLS.test(name)) {
    const at = rest.findIndex(({ text }) => /^-[a-zA-Z]*c$/.test(text));
    return at < 0 ? undefined : script(rest.slice(at + 1, at + 2));
  }
  if (name === "find") return afterExec(command, rest);
  const takes = PREFIXES[name];
  if (takes === undefined) return undefined;
  const words = rest.slice(afterOptions(rest, takes, name));
  return words.length === 0 ? undefined : { commands: [{ ...command, words }], complete: true };
}

/** What a shell is given as its program: known only if there is no gap. */
function script(words: readonly Word[]): ShellCommands {
  if (words.some(({ text }) => text.includes("\0"))) return { commands: [], complete: false };
  return parseShell(words.map(({ text }) => text).join(" "));
}

function afterExec(command: SimpleCommand, rest: readonly Word[]): ShellCommands | undefined {
  const at = rest.findIndex(({ text }) => /^-(exec|execdir|ok|okdir)$/.test(text));
  return at < 0 ? undefined : { commands: [{ ...command, words: rest.slice(at + 1) }], complete: true };
}

function afterOptions(words: readonly Word[], takes: RegExp, name: string): number {
  let at = 0;
  while (at < words.length && (words[at].text.startsWith("-") || (name === "env" && /^\w+=/.test(words[at].text)))) {
    at += takes.test(words[at].text) ? 2 : 1;
  }
  // Its first word is how long.
  return name === "timeout" ? at + 1 : at;
}
