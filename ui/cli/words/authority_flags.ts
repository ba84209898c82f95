/**
 * The options of the verbs about plugins, tools, authority and settings, as tables like those of `flags.ts`.
 *
 * @module
 */

import type { CommandContext, FlagParametersForType } from "@stricli/core";
import { count, text, yes } from "./flag_kinds.ts";

/** Options of verbs that print one JSON document when asked. */
export interface JsonFlags {
  readonly json?: boolean;
}

/** Options of verbs that ask before they act. */
export interface AskFlags extends JsonFlags {
  readonly yes?: boolean;
}

/** Options of `loom plugin add`. */
export interface PluginAddFlags extends AskFlags {
  readonly dryRun?: boolean;
}

/** Options of `loom plugin new`. */
export interface PluginNewFlags extends JsonFlags {
  readonly port?: string;
}

/** Options of `loom plugin test`. */
export interface PluginTestFlags extends JsonFlags {
  readonly dev?: boolean;
}

/** Options of `loom tool run`. */
export interface ToolRunFlags {
  /** The arguments. */
  readonly json?: string;
  readonly workspace?: string;
  readonly format?: string;
  readonly yes?: boolean;
  readonly noSandbox?: boolean;
}

/** Options of `loom undo`. */
export interface UndoFlags extends JsonFlags {
  readonly task?: string;
  readonly all?: boolean;
  readonly dryRun?: boolean;
  readonly workspace?: string;
}

/** Options of `loom audit`. */
export interface AuditFlags extends JsonFlags {
  readonly limit?: number;
  readonly user?: boolean;
}

/** Options of `loom config show` and `loom config path`. */
export interface ConfigFlags extends JsonFlags {
  readonly config?: string;
}

/** Options of `loom config show`. */
export interface ConfigShowFlags extends ConfigFlags {
  readonly origin?: boolean;
}

/** Options of `loom config set`. */
export interface ConfigSetFlags extends JsonFlags {
  readonly user?: boolean;
}

/** Options by verb. */
export interface AuthorityFlags {
  readonly "plugin add": PluginAddFlags;
  readonly "plugin list": JsonFlags;
  readonly "plugin info": JsonFlags;
  readonly "plugin remove": AskFlags;
  readonly "plugin update": AskFlags;
  readonly "plugin verify": JsonFlags;
  readonly "plugin test": PluginTestFlags;
  readonly "plugin new": PluginNewFlags;
  readonly "tool list": JsonFlags;
  readonly "tool info": JsonFlags;
  readonly "tool run": ToolRunFlags;
  readonly "undo": UndoFlags;
  readonly "audit": AuditFlags;
  readonly "audit verify": AuditFlags;
  readonly "config show": ConfigShowFlags;
  readonly "config check": ConfigFlags;
  readonly "config set": ConfigSetFlags;
  readonly "config path": ConfigFlags;
  readonly "config schema": Record<never, never>;
  readonly "doctor": JsonFlags;
}

/** Name of a verb about plugins, tools, authority or settings. */
export type AuthorityVerb = keyof AuthorityFlags;

const JSON_FLAGS: FlagParametersForType<JsonFlags, CommandContext> = { json: yes("Print one JSON document") };

const ASK: FlagParametersForType<AskFlags, CommandContext> = { yes: yes("Do not ask"), ...JSON_FLAGS };

const CONFIG: FlagParametersForType<ConfigFlags, CommandContext> = {
  config: text("FILE", "This file instead of the project's loom.yaml"),
  ...JSON_FLAGS,
};

const AUDIT: FlagParametersForType<AuditFlags, CommandContext> = {
  limit: count("N", "The newest N; 0 is all"),
  user: yes("The user's own log, where plugins are added, instead of the project's"),
  ...JSON_FLAGS,
};

const WORKSPACE = text("DIR", "The folder to work in, instead of the project's");

/** The table of each verb. */
export const AUTHORITY_FLAGS: {
  readonly [V in AuthorityVerb]: FlagParametersForType<AuthorityFlags[V], CommandContext>;
} = {
  "plugin add": { dryRun: yes("Show what it asks for, and add nothing"), ...ASK },
  "plugin list": JSON_FLAGS,
  "plugin info": JSON_FLAGS,
  "plugin remove": ASK,
  "plugin update": ASK,
  "plugin verify": JSON_FLAGS,
  "plugin test": { dev: yes("Again whenever a file of the folder has changed, until interrupted"), ...JSON_FLAGS },
  "plugin new": { port: text("PORT", "search, mlops, model-builder, model or tool (the default)"), ...JSON_FLAGS },
  "tool list": JSON_FLAGS,
  "tool info": JSON_FLAGS,
  "tool run": {
    json: text("ARGS", "Its arguments, a JSON object; - reads standard input, @FILE a file"),
    workspace: WORKSPACE,
    format: text("FORMAT", "What to print: text (the default) or json, the whole result"),
    yes: yes("Do not ask"),
    noSandbox: yes("Start programs with your own rights; this is recorded"),
  },
  "undo": {
    task: text("TASK", "Everything that this task changed"),
    all: yes("Everything that can be undone"),
    dryRun: yes("Only show what would be undone"),
    workspace: WORKSPACE,
    ...JSON_FLAGS,
  },
  "audit": AUDIT,
  "audit verify": { user: AUDIT.user, json: AUDIT.json, limit: AUDIT.limit },
  "config show": { origin: yes("Where each value comes from"), ...CONFIG },
  "config check": CONFIG,
  "config set": { user: yes("In the user's own file, instead of the project's"), ...JSON_FLAGS },
  "config path": CONFIG,
  "config schema": {},
  "doctor": JSON_FLAGS,
};
