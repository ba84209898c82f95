/**
 * What rules are, once they have been read.
 *
 * @module
 */

/** What a rule does to what it fits. */
export type Effect = "allow" | "ask" | "deny";

/** Whose rules they are: a person's own may allow, a project's only narrow. */
export type RuleOwner = "user" | "project";

/** One rule. Each condition that is given must be met. */
export interface Rule {
  readonly effect: Effect;
  /** Pattern of a tool's name. */
  readonly tool?: string;
  /** Pattern of a real path, absolute. */
  readonly path?: string;
  /** The first words of a command, each a pattern. */
  readonly argv?: readonly string[];
  /** Pattern as in a policy; `*` is every host. */
  readonly host?: string;
  /** For people. */
  readonly reason?: string;
  /** Where it stands: `~/.loom/rules.yaml:3`. */
  readonly source: string;
}

/** What an action touches, as far as rules ask for it. */
export interface Touched {
  /** Name of the tool. */
  readonly tool?: string;
  /** Real paths, absolute. */
  readonly paths?: readonly string[];
  /** Each program that is started, with its words. */
  readonly commands?: readonly (readonly string[])[];
  /** Patterns of hosts, as in a policy. */
  readonly hosts?: readonly string[];
}
