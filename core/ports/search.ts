/**
 * Searches: programs that look for code that does a task well, by executing candidates.
 *
 * @module
 */

import type { Later } from "./loop_store.ts";
import type { ExecCallback } from "./mlops.ts";
import type { ModelRequest, ModelResponse } from "./model.ts";
import type { NodeRecord, NodeStage, Task, TokenUsage } from "./values.ts";

/** What a search may use up. Absent limits are none. */
export interface SearchBudget {
  /** Nodes that may be made, at least 1. */
  readonly steps: number;
  /** Nodes without a parent that are made first. */
  readonly num_drafts: number;
  /** Chance, from 0 to 1, that a node that failed is mended rather than a good one improved. */
  readonly debug_prob: number;
  /** Times in a row that one line of nodes is mended. */
  readonly max_debug_depth: number;
  readonly max_usd?: number;
  readonly max_tokens?: number;
  readonly max_minutes?: number;
}

/** Why a search ended. `exhausted`: it had nothing more to try. */
export type StoppedBy =
  | "steps"
  | "max_usd"
  | "max_tokens"
  | "max_minutes"
  | "target"
  | "patience"
  | "cancel"
  | "outage"
  | "exhausted";

/** What a search has used up. */
export interface SearchUsage extends TokenUsage {
  readonly llm_calls: number;
  /** `null` if a model without a known price was asked. */
  readonly usd: number | null;
}

/** What a search has found. */
export interface SearchResult {
  /** `null` if no candidate worked. */
  readonly best_code: string | null;
  readonly best_metric: number | null;
  readonly journal_path: string | null;
  readonly tree_path: string | null;
  /** Nodes made, failed ones too. */
  readonly node_count: number;
  /** Whether more is better; `null` if that was never settled. */
  readonly maximize: boolean | null;
  readonly stopped_by: StoppedBy;
  readonly usage: SearchUsage;
}

/**
 * A fact of a search. `started` is the first, `finished` the last; each node is told of twice, `node_started` before its
 * code is executed and `node_finished` after it was recorded.
 */
export type SearchEvent =
  | { readonly type: "started"; readonly steps: number; readonly maximize: boolean | null }
  | {
    readonly type: "node_started";
    readonly node_id: string;
    readonly parent_id: string | null;
    readonly stage: NodeStage;
    /** Why this parent and this stage. */
    readonly reason: string;
  }
  | { readonly type: "node_finished"; readonly node: NodeRecord; readonly best: boolean }
  | { readonly type: "progress"; readonly text: string }
  | { readonly type: "finished"; readonly stopped_by: StoppedBy; readonly node_count: number };

/** Hears every event, in order. The search goes on when it has returned. */
export type SearchEvents = (event: SearchEvent) => Later<void>;

/** What a search is given beside its task. */
export interface SearchContext {
  /** Asks the model of a role. Absent for searches that need none. */
  readonly complete?: (request: ModelRequest) => Promise<ModelResponse>;
  /** Whether more is better, if a person has said it. */
  readonly maximize?: boolean;
  /** Where its random choices begin; 0 unless given. The same seed and answers give the same search. */
  readonly seed?: number;
  /** Ends the search when the metric has reached it. */
  readonly target?: number;
  /** Good nodes in a row without a better one that end the search. */
  readonly patience?: number;
  /** To whom the nodes belong; `private` unless given. */
  readonly owned_by?: string;
}

/**
 * One kind of search.
 *
 * Code is executed by `execute` and by nothing else. A candidate that fails is a node with an exception, never an error
 * of the search. When `signal` aborts, the search executes nothing more and returns what it has, `stopped_by` being
 * `cancel`.
 *
 * A search in a plugin cannot hand functions on to `execute`: what a candidate reported, it reads in the output.
 *
 * @example A search of one candidate
 * ```ts
 * import type { SearchProvider } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const once: SearchProvider = {
 *   name: "once",
 *   async run(_task, execute) {
 *     const best_code = "print('LOOM_METRIC accuracy=0.5')";
 *     const { exc_type } = await execute(best_code, true);
 *     const usage = { input: 0, output: 0, cache_read: 0, cache_write: 0, llm_calls: 0, usd: 0 };
 *     return {
 *       best_code: exc_type === null ? best_code : null,
 *       best_metric: exc_type === null ? 0.5 : null,
 *       journal_path: null,
 *       tree_path: null,
 *       node_count: 1,
 *       maximize: true,
 *       stopped_by: "exhausted",
 *       usage,
 *     };
 *   },
 * };
 * equal(once.name, "once");
 * ```
 */
export interface SearchProvider {
  readonly name: string;
  run(
    task: Task,
    execute: ExecCallback,
    on: SearchEvents,
    budget: SearchBudget,
    signal: AbortSignal,
    context?: SearchContext,
  ): Promise<SearchResult>;
}
