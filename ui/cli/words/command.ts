/**
 * What a person asks for, before anything is done about it.
 *
 * @module
 */

import { AUTHORITY_FLAGS, type AuthorityFlags, type AuthorityVerb } from "./authority_flags.ts";
import { EXPERIMENT_FLAGS, type ExperimentFlags, type ExperimentVerb } from "./experiment_flags.ts";
import type { LookFlags, RunFlags, StatusFlags } from "./flags.ts";
import type { LoopFlags, LoopVerb } from "./loop_flags.ts";
import type { QuickCommand } from "./read_words.ts";

/** A verb about runs, with the words after it. */
export interface LoopCommand<V extends LoopVerb = LoopVerb> {
  readonly verb: V;
  readonly words: readonly string[];
  readonly flags: LoopFlags[V];
}

/** A verb about plugins, tools, authority or settings, with the words after it. */
export interface AuthorityCommand<V extends AuthorityVerb = AuthorityVerb> {
  readonly verb: V;
  readonly words: readonly string[];
  readonly flags: AuthorityFlags[V];
}

/** Any of them. */
export type AnyAuthorityCommand = { readonly [V in AuthorityVerb]: AuthorityCommand<V> }[AuthorityVerb];

/** A verb about experiments or pipeline files, with the words after it. */
export interface ExperimentCommand<V extends ExperimentVerb = ExperimentVerb> {
  readonly verb: V;
  readonly words: readonly string[];
  readonly flags: ExperimentFlags[V];
}

/** Any of them. */
export type AnyExperimentCommand = { readonly [V in ExperimentVerb]: ExperimentCommand<V> }[ExperimentVerb];

/** What is to be done. */
export type Command =
  | { readonly verb: "run"; readonly file: string; readonly flags: RunFlags }
  | { readonly verb: "status"; readonly file: string; readonly flags: StatusFlags }
  | { readonly verb: "explain"; readonly file: string; readonly step: string; readonly flags: LookFlags }
  | { readonly verb: "completions"; readonly shell: string }
  | { readonly verb: "schema"; readonly what?: string }
  | { readonly [V in LoopVerb]: LoopCommand<V> }[LoopVerb]
  | AnyAuthorityCommand
  | AnyExperimentCommand
  | QuickCommand;

/** Whether it is about plugins, tools, authority or settings. */
export function isAuthorityCommand(command: Command): command is AnyAuthorityCommand {
  return Object.hasOwn(AUTHORITY_FLAGS, command.verb);
}

/** Whether it is about experiments or pipeline files. */
export function isExperimentCommand(command: Command): command is AnyExperimentCommand {
  return Object.hasOwn(EXPERIMENT_FLAGS, command.verb);
}
