/**
 * A search in memory: it executes the candidates it was given, one after the other.
 *
 * @module
 */

import type { ExecCallback } from "../../ports/mlops.ts";
import type { SearchContext, SearchEvents, SearchProvider, SearchResult, StoppedBy } from "../../ports/search.ts";
import type { ExecutionResult, NodeRecord, Task } from "../../ports/values.ts";
import { reportedMetrics } from "../base/metric_line.ts";

/** What is tried. */
export interface MemorySearchOptions {
  /** Codes, in order; each is a node without a parent. */
  readonly candidates: readonly string[];
  /** `memory` unless given. */
  readonly name?: string;
  /** UTC milliseconds, for the records; 0 unless given. */
  readonly now?: () => number;
}

const NO_USAGE = { input: 0, output: 0, cache_read: 0, cache_write: 0, llm_calls: 0, usd: 0 };

/**
 * A search that asks no model. A candidate's metric is the first that its output reports; without one it did not work.
 * More is better unless the context says otherwise.
 *
 * @example Usage
 * ```ts
 * import { memorySearch } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const search = memorySearch({ candidates: ["0.5", "0.75"] });
 * const execute = (code: string) =>
 *   Promise.resolve({
 *     term_out: [`LOOM_METRIC auc=${code}\n`],
 *     exec_time: 0,
 *     exc_type: null,
 *     exc_info: null,
 *     exc_stack: null,
 *   });
 * const task = { data_dir: "/data", goal: "", eval: "", experiment_id: "e", tenant: "default", dataset_ref: null };
 * const budget = { steps: 10, num_drafts: 3, debug_prob: 0.5, max_debug_depth: 3 };
 * const found = await search.run(task, execute, () => {}, budget, new AbortController().signal);
 * equal(found.best_code, "0.75");
 * ```
 */
export function memorySearch(options: MemorySearchOptions): SearchProvider {
  const { candidates, name = "memory", now = () => 0 } = options;
  return {
    name,
    async run(task, execute, on, { steps }, signal, context = {}) {
      const walk = new Walk(task, { execute, on, now, context });
      await on({ type: "started", steps, maximize: walk.maximize });
      const stopped = await walk.through(candidates.slice(0, steps), signal) ??
        (candidates.length < steps ? "exhausted" : "steps");
      await on({ type: "finished", stopped_by: stopped, node_count: walk.count });
      return walk.result(stopped);
    },
  };
}

interface Surroundings {
  readonly execute: ExecCallback;
  readonly on: SearchEvents;
  readonly now: () => number;
  readonly context: SearchContext;
}

class Walk {
  readonly maximize: boolean;
  count = 0;
  #best: { readonly code: string; readonly metric: number } | undefined;
  #sinceBest = 0;
  readonly #task: Task;
  readonly #around: Surroundings;

  constructor(task: Task, around: Surroundings) {
    this.#task = task;
    this.#around = around;
    this.maximize = around.context.maximize ?? true;
  }

  /** Why it ended before the last candidate. */
  async through(candidates: readonly string[], signal: AbortSignal): Promise<StoppedBy | undefined> {
    for (const code of candidates) {
      if (signal.aborted) return "cancel";
      if (!await this.#node(code, signal)) return "cancel";
      const { target, patience } = this.#around.context;
      if (this.#best !== undefined && target !== undefined && !this.#better(target, this.#best.metric)) return "target";
      if (patience !== undefined && this.#sinceBest >= patience) return "patience";
    }
  }

  result(stopped_by: StoppedBy): SearchResult {
    return {
      best_code: this.#best?.code ?? null,
      best_metric: this.#best?.metric ?? null,
      journal_path: null,
      tree_path: null,
      node_count: this.count,
      maximize: this.maximize,
      stopped_by,
      usage: NO_USAGE,
    };
  }

  /** `false` if it was called off meanwhile: then there is no such node. */
  async #node(code: string, signal: AbortSignal): Promise<boolean> {
    const { execute, on } = this.#around;
    const node_id = `${this.count + 1}`.padStart(32, "0");
    await on({ type: "node_started", node_id, parent_id: null, stage: "draft", reason: "the next candidate" });
    const done = await executed(execute, code, { signal, node_id });
    if (done === undefined) return false;
    this.count++;
    const metric = done.exc_type === null ? Object.values(reportedMetrics(done.term_out)).at(0) ?? null : null;
    await on({
      type: "node_finished",
      node: this.#record(node_id, code, done, metric),
      best: this.#isBest(code, metric),
    });
    return true;
  }

  #isBest(code: string, metric: number | null): boolean {
    if (metric === null) return false;
    const isBest = this.#best === undefined || this.#better(metric, this.#best.metric);
    if (isBest) this.#best = { code, metric };
    this.#sinceBest = isBest ? 0 : this.#sinceBest + 1;
    return isBest;
  }

  #better(a: number, b: number): boolean {
    return this.maximize ? a > b : a < b;
  }

  #record(node_id: string, code: string, done: ExecutionResult, metric: number | null): NodeRecord {
    const { experiment_id, tenant } = this.#task;
    const { now, context } = this.#around;
    return {
      experiment_id,
      node_id,
      parent_id: null,
      stage: "draft",
      code,
      term_out: done.term_out,
      exc_type: done.exc_type,
      metric,
      judge_summary: metric === null ? "It reported no metric" : `It reported ${metric}`,
      model: null,
      tokens: null,
      tenant,
      owned_by: context.owned_by ?? "private",
      ts: new Date(now()).toISOString(),
    };
  }
}

/** `undefined` if the signal aborted while it ran; any other failure of the callback is not the candidate's. */
async function executed(
  execute: ExecCallback,
  code: string,
  context: { readonly signal: AbortSignal; readonly node_id: string },
): Promise<ExecutionResult | undefined> {
  try {
    return await execute(code, true, context);
  } catch (error) {
    if (context.signal.aborted) return undefined;
    throw error;
  }
}
