/**
 * Surroundings in which a search is tried: an executor that plays a script, a model, a listener.
 *
 * @module
 */

import { LoomError } from "../../errors.ts";
import type { ExecCallback } from "../../ports/mlops.ts";
import type { ModelRequest, ModelResponse } from "../../ports/model.ts";
import type { SearchBudget, SearchContext, SearchEvent, SearchProvider, SearchResult } from "../../ports/search.ts";
import type { ExecutionResult, NodeRecord, Task } from "../../ports/values.ts";
import { answer } from "../fakes/answers.ts";
import { searchEvent, searchResult } from "../schemas/search.ts";
import { executionResult } from "../schemas/values.ts";
import { faultText } from "../base/fault.ts";
import type { ContractTools } from "./case.ts";
import { answered, broken, BrokenContract, show } from "./expect.ts";

/** What becomes of a candidate: the metric it reports, or an exception. */
export type Fate = number | "fails";

/** What is different in a case. */
export interface StageOptions {
  /** Of the candidates in turn; from the start again when it is at its end. */
  readonly fates: readonly Fate[];
  readonly steps?: number;
  readonly context?: SearchContext;
  readonly task?: Partial<Task>;
  /** Is called instead of the script before the execution with this number, from 1. */
  readonly before?: (execution: number, controller: AbortController) => void;
}

/** What was seen of a search. */
export interface Seen {
  readonly result: SearchResult;
  readonly executed: readonly { readonly code: string; readonly result: ExecutionResult }[];
  readonly events: readonly SearchEvent[];
  readonly nodes: readonly NodeRecord[];
}

const BUDGET: SearchBudget = { steps: 5, num_drafts: 2, debug_prob: 0.5, max_debug_depth: 3 };

/** Runs the search, checking the form of everything it says. */
export async function play(search: SearchProvider, options: StageOptions, tools: ContractTools): Promise<Seen> {
  const stage = new Stage(options);
  const controller = new AbortController();
  const task: Task = {
    data_dir: tools.dataDir,
    goal: "Predict target",
    eval: "score, higher is better",
    experiment_id: "contract",
    tenant: "default",
    dataset_ref: null,
    ...options.task,
  };
  const budget = { ...BUDGET, steps: options.steps ?? BUDGET.steps };
  const context: SearchContext = { complete: stage.complete, maximize: true, ...options.context };
  options.before?.(0, controller);
  const isLate = controller.signal.aborted;
  const work = search.run(task, stage.execute(controller), stage.on, budget, controller.signal, context);
  const found = searchResult.safeParse(
    await answered(work, tools, "run()").catch((error) => {
      // One that runs elsewhere may not even have been asked.
      if (isLate && error?.code === "interrupted") return CALLED_OFF;
      throw error;
    }),
  );
  if (stage.fault !== undefined) throw stage.fault;
  if (!found.success) broken(`run() gave what is no result: ${faultText(found.error)}`);
  return { result: found.data, executed: stage.executed, events: stage.events, nodes: stage.nodes() };
}

const CALLED_OFF: SearchResult = {
  ...{ best_code: null, best_metric: null, journal_path: null, tree_path: null, node_count: 0, maximize: null },
  stopped_by: "cancel",
  usage: { input: 0, output: 0, cache_read: 0, cache_write: 0, llm_calls: 0, usd: 0 },
};

class Stage {
  readonly executed: { readonly code: string; readonly result: ExecutionResult }[] = [];
  readonly events: SearchEvent[] = [];
  fault: BrokenContract | undefined;
  readonly #options: StageOptions;
  #asked = 0;
  #started = 0;

  constructor(options: StageOptions) {
    this.#options = options;
  }

  execute(controller: AbortController): ExecCallback {
    return async (code) => {
      if (typeof code !== "string" || code === "") this.#break("run() executed what is no code");
      this.#started++;
      this.#options.before?.(this.#started, controller);
      if (controller.signal.aborted) {
        return Promise.reject(new LoomError("interrupted", "The execution was called off"));
      }
      const result = this.#resultOf(this.#options.fates[(this.#started - 1) % this.#options.fates.length]);
      this.executed.push({ code, result });
      return await result;
    };
  }

  readonly on = (event: SearchEvent): void => {
    const checked = searchEvent.safeParse(event);
    if (checked.success) this.events.push(checked.data);
    else this.#break(`run() told of what is no event: ${show(event)}: ${faultText(checked.error)}`);
  };

  /** Writes code that differs each time; judges what was executed last. */
  readonly complete = (request: ModelRequest): Promise<ModelResponse> => {
    const last = this.executed.at(-1)?.result;
    const metric = last === undefined ? 0 : metricOf(last) ?? 0;
    const text = `One more way.\n\n\`\`\`python\nprint("candidate ${++this.#asked}")\n\`\`\`\n`;
    return Promise.resolve(answer(request, { text, number: metric, boolean: false }));
  };

  nodes(): readonly NodeRecord[] {
    return this.events.flatMap((event) => event.type === "node_finished" ? [event.node] : []);
  }

  /** Kept too, because a search may take it for a failure of the candidate's. */
  #break(message: string): never {
    this.fault ??= new BrokenContract(message);
    throw this.fault;
  }

  #resultOf(fate: Fate): ExecutionResult {
    const told = fate === "fails"
      ? { term_out: ["ValueError: no\n"], exc_type: "ValueError", exc_info: { args: ["no"] }, exc_stack: [] }
      : { term_out: [`LOOM_METRIC score=${fate}\n`], exc_type: null, exc_info: null, exc_stack: null };
    return executionResult.parse({ exec_time: 0.1, ...told });
  }
}

/** What an execution of this stage reported. */
export function metricOf({ term_out }: ExecutionResult): number | null {
  const text = /^LOOM_METRIC score=(.*)$/m.exec(term_out.join(""))?.[1];
  return text === undefined ? null : Number(text);
}
