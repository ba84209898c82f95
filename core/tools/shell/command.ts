/**
 * A shell command, as far as it can be told what it would start.
 *
 * @module
 */

/** One word. What only a running shell knows (variables, output of commands) is a gap. */
export interface Word {
  /** The text, quotes taken away; each gap is {@linkcode GAP}. */
  readonly text: string;
  /** Whether there is no gap in it, and nothing that a shell would expand to names of files. */
  readonly exact: boolean;
}

/** Stands for what cannot be told. No text of a command holds it: shells take none. */
export const GAP = "\0";

/** Where a command writes to or reads from. */
export interface Redirect {
  /** Such as `>>`. */
  readonly operator: string;
  readonly target: Word;
}

/** One program or builtin with its words. */
export interface SimpleCommand {
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  /** Reads what the one before it writes. */
  readonly piped: boolean;
  /** Whether its output becomes words of another command. */
  readonly substituted: boolean;
}

/** Everything a text would start. */
export interface ShellCommands {
  /** In the order in which they stand there; those inside a word before the command that the word is of. */
  readonly commands: readonly SimpleCommand[];
  /** `false` if the text is no whole command, or too deeply nested to be read. */
  readonly complete: boolean;
}
