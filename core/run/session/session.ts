import type { Context } from "../../context.ts";
import type { Pipeline, Step } from "../../graph/pipeline.ts";
import type { Memo } from "../../ports/store.ts";
import type { Digester } from "./digests.ts";
import type { Launchers } from "./launchers.ts";
import type { Pool } from "../schedule/pool.ts";
import type { Recorder } from "./recorder.ts";
import type { RunControl, RunRequest } from "./request.ts";

/** The interpreter of a run and what it calls itself, such as `3.11.7`. */
export interface Interpreter {
  readonly path: string;
  readonly version: string;
}

/** Everything the steps of one run share. */
export interface Session {
  readonly pipeline: Pipeline;
  readonly context: Context;
  readonly request: RunRequest;
  readonly control: RunControl;
  readonly recorder: Recorder;
  readonly digester: Digester;
  readonly memos: MemoBook;
  readonly pool: Pool;
  /** Producers and their consumers, among all steps of the file. */
  readonly dependencies: ReadonlyMap<string, ReadonlySet<string>>;
  /** Absent when no step of the run needs one. */
  readonly interpreter?: Interpreter;
  /** What starts the tasks. */
  readonly launchers: Launchers;
  readonly parallel: boolean;
  /** Whether fresh steps are skipped, and on what ground. A sweep skips what is recorded as fresh without being told to. */
  readonly skipFresh: "never" | "cached" | "resumed" | "recorded";
  /** Names of the steps of a sweep's points. */
  readonly pointSteps: Pick<ReadonlySet<string>, "has">;
  /** Steps that the run being resumed had finished. */
  readonly finishedBefore: ReadonlySet<string>;
  /** Values that must not be shown or kept. */
  readonly secrets: readonly string[];
  /** Answers of conditions so far. */
  readonly answers: Map<string, boolean>;
  /** Branches that switches took so far. */
  readonly taken: Map<string, "then" | "else">;
  /** Aborts when nothing new may start because a step failed and the person wants that to be the end. */
  readonly halt: AbortController;
  /** Steps of which it was said that they are judged by times. */
  readonly judgedByTimes: Set<string>;
  /** Parsed imports by module path. */
  readonly imports: Map<string, readonly string[]>;
}

/** How one step, item or inner step of an iteration ended. */
export interface StepResult {
  readonly status: "done" | "failed" | "cancelled" | "fresh";
  readonly exitCode?: number;
  readonly signal?: string;
  readonly error?: string;
  /** What a condition or switch decided, or how many iterations were made. */
  readonly result?: string;
}

/** Which part of which step something is about. */
export interface Place {
  readonly step: Step;
  /** `""` for the step itself; the item's name; `iteration/inner step`. */
  readonly part: string;
}

/** Freshness records of one pipeline file, read once, with what this run adds. */
export class MemoBook {
  readonly scope: string;
  /** By step, then by part. */
  readonly #memos = new Map<string, Map<string, Memo>>();

  constructor(scope: string, memos: Iterable<Memo>) {
    this.scope = scope;
    for (const memo of memos) this.set(memo);
  }

  get(step: string, part = ""): Memo | undefined {
    return this.#memos.get(step)?.get(part);
  }

  /** All records of one step, its own and those of its parts. */
  ofStep(step: string): readonly Memo[] {
    return [...this.#memos.get(step)?.values() ?? []];
  }

  set(memo: Memo): void {
    const parts = this.#memos.get(memo.step);
    if (parts === undefined) this.#memos.set(memo.step, new Map([[memo.part, memo]]));
    else parts.set(memo.part, memo);
  }

  delete(step: string, part: string): void {
    this.#memos.get(step)?.delete(part);
  }
}
