/**
 * Tools: what a model, or a person by `loom tool run`, can have done.
 *
 * Fields that cross to models and plugins have the names of the contract, in snake case.
 *
 * @module
 */

import type { Tier } from "./policy.ts";
import type { Workspace } from "./workspace.ts";

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Where a tool may be called from. */
export type Surface = "tui" | "api" | "cli";

/** What is known of a tool without running it. */
export interface ToolInfo {
  /** Lower case with underscores, unique among all tools. */
  readonly name: string;
  /** For the model: what it does and when to use it. */
  readonly description: string;
  /** JSON Schema of an object. */
  readonly parameters: { readonly [key: string]: Json };
  /** The least tier that holds its effects; a call may be raised above it, never lowered. */
  readonly tier: Tier;
  /** Seconds, 30 unless given. */
  readonly timeout_seconds?: number;
  /** Whether it changes anything. */
  readonly is_mutating: boolean;
  /** Arguments that name what is written: paths relative to the workspace. */
  readonly mutation_target_arg_keys?: readonly string[];
  /** Names of variables that it needs. */
  readonly auth_requirements?: readonly string[];
  /** All three unless given. */
  readonly supported_execution_surfaces?: readonly Surface[];
}

/** A piece of a result that is no text. `data` is base64. */
export interface ContentBlock {
  readonly type: "image" | "document";
  readonly media_type: string;
  readonly data: string;
}

/** What came of a call. A tool that fails says so here; it does not throw. */
export interface ToolResult {
  readonly success: boolean;
  /** Text for the model. */
  readonly output: string;
  readonly data?: Json;
  /** Relative to the workspace. */
  readonly files_changed: readonly string[];
  readonly content_blocks?: readonly ContentBlock[];
  readonly error?: string;
}

/** A program that a tool wants started. */
export interface CommandWish {
  /** No shell is involved, unless it is the program. It has no standard input. */
  readonly argv: readonly string[];
  /** Relative to the workspace; its root unless given. */
  readonly cwd?: string;
  readonly timeoutMs?: number;
}

/** How it went. Each stream is kept up to 1 MB, the rest is read and counted. */
export interface CommandOutcome {
  readonly exitCode?: number;
  readonly signal?: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly droppedBytes: number;
  readonly timedOut: boolean;
}

/** Everything a tool can reach. What it may do with it was decided before it was called. */
export interface ToolContext {
  readonly signal: AbortSignal;
  readonly workspace: Workspace;
  readonly surface: Surface;
  /** Starts a program in the sandbox. Refused unless the plugin's manifest names it. */
  run(wish: CommandWish): Promise<CommandOutcome>;
  /** Says how far it is, for people. */
  progress(text: string): void;
}

/**
 * One tool.
 *
 * @example A tool that greets
 * ```ts
 * import type { Tool } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const greet: Tool = {
 *   info: {
 *     name: "greet",
 *     description: "Greet somebody by name.",
 *     parameters: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
 *     tier: "read-only",
 *     is_mutating: false,
 *   },
 *   run: ({ name }) => Promise.resolve({ success: true, output: `Hello, ${name}!`, files_changed: [] }),
 * };
 * equal((await greet.run({ name: "Ada" }, undefined as never)).output, "Hello, Ada!");
 * ```
 */
export interface Tool {
  readonly info: ToolInfo;
  /** `args` fit `info.parameters`; they were checked. */
  run(args: { readonly [key: string]: Json }, context: ToolContext): Promise<ToolResult>;
}
