/**
 * Execution in memory: programs of lines, files in a map, runs in a list.
 *
 * @module
 */

import { interrupted, LoomError } from "../../errors.ts";
import type { ExecCapabilities, ExecContext, MlopsProvider } from "../../ports/mlops.ts";
import type { ExecExtras, ExecutionResult, FlowId, JsonObject, RunResult, RunRow, Task } from "../../ports/values.ts";
import { reportedMetrics } from "../base/metric_line.ts";
import { runLines } from "./lines.ts";

/** What an execution provider in memory starts from. */
export interface MemoryMlopsOptions {
  /** `memory` unless given. */
  readonly name?: string;
  /** Files of the world outside, by absolute path. */
  readonly files?: Readonly<Record<string, string>>;
  /** What each flow does: a summary of its parameters, or an error. */
  readonly flows?: Readonly<Partial<Record<FlowId, (params: JsonObject) => JsonObject>>>;
  /** UTC milliseconds, for rows; 0 unless given. */
  readonly now?: () => number;
}

/** Output that is kept, characters. */
const MAX_OUTPUT = 10_000_000;
const TIMEOUT_MS = 3_600_000;

/**
 * A provider that executes programs of lines: `print TEXT`, `warn TEXT`, `raise CLASS TEXT`, `set NAME TEXT`,
 * `show NAME`, `read PATH`, `write PATH TEXT`, `variable NAME`, `flood COUNT`, `loop`, `die`, `exit`. A `loop` takes no
 * time: it is at its limit at once, unless the signal has aborted.
 *
 * @example Usage
 * ```ts
 * import { memoryMlops } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const mlops = memoryMlops({ files: { "/data/train.csv": "id\n1\n" } });
 * const task = { data_dir: "/data", goal: "", eval: "", experiment_id: "e", tenant: "default", dataset_ref: null };
 * await mlops.setup(task);
 * deepEqual((await mlops.execute("read input/train.csv")).term_out, ["id\n1\n"]);
 * ```
 */
export function memoryMlops(options: MemoryMlopsOptions = {}): MlopsProvider {
  const memory = new Memory(options);
  return {
    name: options.name ?? "memory",
    capabilities: () => memory.capabilities,
    setup: (task) => memory.setup(task),
    execute: (code, resetSession, context) => memory.inTurn(() => memory.execute(code, resetSession, context)),
    runFlow: (flow, params, tags) => memory.runFlow(flow, params, tags),
    runs: (experimentId) => Promise.resolve(memory.rows.filter((row) => row.experiment_id === experimentId)),
    teardown: () => memory.teardown(),
  };
}

interface Session {
  readonly task: Task;
  readonly files: Map<string, string>;
  readonly names: Map<string, string>;
}

class Memory {
  readonly capabilities: ExecCapabilities;
  readonly rows: RunRow[] = [];
  readonly #options: MemoryMlopsOptions;
  #session: Session | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: MemoryMlopsOptions) {
    this.#options = options;
    const flows = Object.keys(options.flows ?? {}) as FlowId[];
    const fixed = { language: "lines", version: null, sessions: true, parallel: 1, timeout_ms: TIMEOUT_MS };
    this.capabilities = { ...fixed, flows };
  }

  /** One execution at a time, in the order in which they were asked for. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work);
    this.#last = mine;
    return mine;
  }

  // deno-lint-ignore require-await -- what it refuses is a rejection
  async setup(task: Task): Promise<void> {
    const folder = `${task.data_dir.replace(/\/$/, "")}/`;
    const found = Object.entries(this.#options.files ?? {}).filter(([path]) => path.startsWith(folder));
    if (found.length === 0) {
      throw new LoomError("file-not-found", `No folder ${task.data_dir}`, { data: { path: task.data_dir } });
    }
    const files = new Map(found.map(([path, text]) => [`input/${path.slice(folder.length)}`, text]));
    this.#session = { task, files, names: new Map() };
  }

  teardown(): Promise<void> {
    this.#session = undefined;
    return Promise.resolve();
  }

  async execute(code: string, resetSession = true, context: ExecContext = {}): Promise<ExecutionResult> {
    if (context.signal?.aborted) throw interrupted("The execution was called off");
    const session = this.#session;
    if (session === undefined) throw new LoomError("not-set-up", "Cannot execute: nothing has been set up");
    if (resetSession) session.names.clear();
    const limit = context.timeoutMs ?? TIMEOUT_MS;
    const forever = () => limitOr(context.signal);
    const { term_out, ...end } = await runLines(code, { ...session, variables: {}, forever });
    const [kept, dropped_bytes] = capped(term_out);
    const exec_time = end.exc_type === "TimeoutError" ? limit / 1_000 : 0;
    const result = { term_out: kept, exec_time, ...end };
    await context.onExtras?.(this.#record(session.task, result, dropped_bytes));
    return result;
  }

  // deno-lint-ignore require-await -- what it refuses is a rejection
  async runFlow(flow: FlowId, params: JsonObject, tags: readonly string[]): Promise<RunResult> {
    const work = this.#options.flows?.[flow];
    if (work === undefined) throw new LoomError("unknown-flow", `Unknown flow '${flow}'`, { data: { flow } });
    const told = outcomeOf(() => work(params));
    const pathspec = this.#keep(flow, { successful: told.error === null, metric: null, tags });
    return { pathspec, successful: told.error === null, card_path: null, ...told };
  }

  #record(task: Task, result: ExecutionResult, dropped_bytes: number): ExecExtras {
    const reported = reportedMetrics(result.term_out);
    const metric = Object.values(reported).at(0) ?? null;
    const tags = [`loom_experiment:${task.experiment_id}`];
    const pathspec = this.#keep("EvalCandidate", { successful: result.exc_type === null, metric, tags });
    const died = result.exc_type === "ProcessDied";
    return {
      pathspec,
      reported,
      exit_code: died ? null : result.exc_type === null ? 0 : 1,
      signal: died ? "SIGKILL" : null,
      dropped_bytes,
    };
  }

  #keep(flow: FlowId, row: Pick<RunRow, "successful" | "metric" | "tags">): string {
    const pathspec = `${flow}/${this.rows.length + 1}`;
    const tagged = row.tags.find((tag) => tag.startsWith("loom_experiment:"))?.slice("loom_experiment:".length);
    const experiment_id = tagged ?? this.#session?.task.experiment_id ?? "none";
    this.rows.push({ pathspec, flow, experiment_id, ts: new Date(this.#options.now?.() ?? 0).toISOString(), ...row });
    return pathspec;
  }
}

/** A program without end is at its limit; what is called off meanwhile is called off. */
async function limitOr(signal: AbortSignal | undefined): Promise<"timeout"> {
  // A caller that aborts right after its call has done so by the next turn.
  await Promise.resolve();
  if (signal?.aborted) throw interrupted("The execution was called off");
  return "timeout";
}

function capped(output: readonly string[]): [kept: readonly string[], dropped: number] {
  let room = MAX_OUTPUT;
  let dropped = 0;
  const kept = output.map((chunk) => {
    const piece = chunk.slice(0, room);
    room -= piece.length;
    dropped += chunk.length - piece.length;
    return piece;
  });
  return [kept, dropped];
}

function outcomeOf(work: () => JsonObject): { readonly summary: JsonObject; readonly error: string | null } {
  try {
    return { summary: work(), error: null };
  } catch (error) {
    return { summary: {}, error: error instanceof Error ? error.message : String(error) };
  }
}
