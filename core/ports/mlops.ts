/**
 * Where code is executed and runs are recorded.
 *
 * @module
 */

import type { Later } from "./loop_store.ts";
import type { CommandOutcome, CommandWish } from "./tool.ts";
import type { ExecExtras, ExecutionResult, FlowId, JsonObject, RunResult, RunRow, Task } from "./values.ts";
import type { Workspace } from "./workspace.ts";

/** What a provider is given for one call; it is of no use after it. */
export interface MlopsContext {
  readonly signal?: AbortSignal;
  /** Folder of the experiment: `input` and `working` are made in it. */
  readonly workspace?: Workspace;
  /** Starts a program in the sandbox, in the workspace. */
  readonly run?: (wish: CommandWish) => Promise<CommandOutcome>;
}

/** What one execution is given. */
export interface ExecContext extends MlopsContext {
  /** Milliseconds; as the provider's `capabilities().timeout_ms` unless given. */
  readonly timeoutMs?: number;
  /** Node of the search whose code it is. */
  readonly node_id?: string;
  /** Hears what is known beside the result, before that is returned. */
  readonly onExtras?: (extras: ExecExtras) => Later<void>;
}

/**
 * Executes a piece of code. Whatever the code does is a value: an exception, a timeout (`TimeoutError`, `exec_time`
 * being the limit) or a sudden death (`ProcessDied`) is told in the result.
 *
 * Ending with exit code 0 is no exception. Output beyond 10 MB is counted and not kept.
 *
 * `resetSession` (default `true`) forgets what earlier code has defined. Code sees the data in `./input`, which it
 * cannot change, and writes into `./working`.
 *
 * @throws {LoomError} `interrupted` if the signal aborts, `not-set-up` before `setup` and after `teardown`.
 */
export type ExecCallback = (
  code: string,
  resetSession?: boolean,
  context?: ExecContext,
) => Promise<ExecutionResult>;

/** What a provider executes, and how. */
export interface ExecCapabilities {
  /** In which code is written: `python`, or any other word that its author and the search agree on. */
  readonly language: string;
  /** Version of the interpreter, if known. */
  readonly version: string | null;
  /** Whether definitions outlive an execution when `resetSession` is `false`. */
  readonly sessions: boolean;
  /** Executions that may be in flight at once, at least 1. */
  readonly parallel: number;
  /** Limit of one execution, milliseconds. */
  readonly timeout_ms: number;
  /** Flows that `runFlow` knows. */
  readonly flows: readonly FlowId[];
}

/**
 * One place where code is executed and runs are recorded. `execute` is an {@linkcode ExecCallback}.
 *
 * `setup` puts a read-only copy of the task's data into `./input` and makes an empty `./working`. `teardown` is called
 * in the end whatever has happened, also without `setup` and more than once.
 *
 * @example What a provider says of itself
 * ```ts
 * import type { MlopsProvider } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const nowhere: MlopsProvider = {
 *   name: "nowhere",
 *   capabilities: () => ({
 *     language: "python",
 *     version: null,
 *     sessions: false,
 *     parallel: 1,
 *     timeout_ms: 3_600_000,
 *     flows: [],
 *   }),
 *   setup: () => Promise.resolve(),
 *   execute: () =>
 *     Promise.resolve({ term_out: [], exec_time: 0, exc_type: "NoPython", exc_info: null, exc_stack: null }),
 *   runFlow: () =>
 *     Promise.resolve({ pathspec: null, successful: false, card_path: null, summary: {}, error: "Knows no flow" }),
 *   runs: () => Promise.resolve([]),
 *   teardown: () => Promise.resolve(),
 * };
 * equal((await nowhere.execute("1 / 0")).exc_type, "NoPython");
 * ```
 */
export interface MlopsProvider {
  readonly name: string;
  capabilities(): Later<ExecCapabilities>;
  setup(task: Task, context?: MlopsContext): Promise<void>;
  readonly execute: ExecCallback;
  /**
   * A flow that fails is a result with an error.
   *
   * @throws {LoomError} `unknown-flow` for one that is not among `capabilities().flows`, before anything is done.
   */
  runFlow(flow: FlowId, params: JsonObject, tags: readonly string[], context?: MlopsContext): Promise<RunResult>;
  /** Runs of an experiment, oldest first; none for one that is not known. */
  runs(experimentId: string): Promise<readonly RunRow[]>;
  teardown(): Promise<void>;
}
