/**
 * Recorded steps shown to detectors and strategies one after the other, in the order in which the engine does.
 *
 * @module
 */

import type { StepRow } from "../../ports/loop_store.ts";
import { toBacktrack } from "../backtrack/custom.ts";
import { type Flow, wait } from "../base/flow.ts";
import type { RunHistory } from "../drive/history.ts";
import type { Backtrack, BacktrackFunction, Detector, HistoryEntry, Stall } from "../types/mod.ts";
import type { ReplayAsked } from "./replay_asked.ts";

/** Where a state is: a step's number, or the run's input. */
export type Head = number | "input";

/** Who is asked. */
export interface ReplayStrategies<S> {
  readonly convergeOn?: Detector<NoInfer<S>>;
  readonly backtrack?: Backtrack<NoInfer<S>> | BacktrackFunction<NoInfer<S>>;
  /** A stall ends the replay, unless it has a `then`: that is not called, and the replay goes on. */
  readonly onStall?: Stall<NoInfer<S>>;
}

/** How the replay went. */
export interface Course {
  readonly end?: { readonly step: number; readonly reason: string };
  /** Rows up to the end. */
  readonly seen: number;
  readonly backtracks: readonly { readonly step: number; readonly to: Head }[];
  readonly stalls: readonly number[];
  readonly divergedAt?: number;
}

/** What is gone through, and who is asked. */
export interface CourseParts<S> {
  readonly rows: readonly StepRow[];
  /** Empty; the rows are added as they are come to. */
  readonly history: RunHistory<S>;
  readonly asked: ReplayAsked<S>;
  readonly options: ReplayStrategies<S>;
  /** Is done before a row is shown. */
  readonly before: (row: StepRow) => Flow<void>;
}

/** Those who are asked, with what each remembers. */
class Asking<S> {
  readonly #detector: Detector<S> | undefined;
  readonly #backtrack: Backtrack<S> | undefined;
  readonly #stall: Stall<S> | undefined;
  readonly #asked: ReplayAsked<S>;
  readonly #memory: { detector: unknown; backtrack: unknown; stall: unknown };
  readonly backtracks: { step: number; to: Head }[] = [];
  readonly stalls: number[] = [];
  #head: Head = "input";
  #errors = 0;

  constructor({ asked, options }: Pick<CourseParts<S>, "asked" | "options">) {
    const { convergeOn, backtrack, onStall } = options;
    this.#asked = asked;
    this.#detector = convergeOn;
    this.#backtrack = backtrack && toBacktrack<S>(backtrack);
    this.#stall = onStall;
    this.#memory = {
      detector: this.#detector?.begin(),
      backtrack: this.#backtrack?.begin(),
      stall: this.#stall?.begin(),
    };
  }

  /** Whether a step was made from the state that it would have been made from. */
  isFaithful({ input }: StepRow): boolean {
    // Without a strategy nothing is said about where steps begin: the recorded way stands.
    return this.#backtrack === undefined || (input?.step ?? "input") === this.#head;
  }

  /** Goes on from where the recorded run did. */
  follow({ input }: StepRow): void {
    this.#head = input?.step ?? "input";
  }

  /** Why the loop would have ended after this step, if it would have. */
  *ask(entry: HistoryEntry<S>): Flow<string | undefined> {
    yield* this.#goBack(entry);
    const reason = yield* this.#converged(entry);
    if (reason !== undefined) return `converged:${reason}`;
    this.#errors = entry.status === "error" ? this.#errors + 1 : 0;
    if (this.#errors > (this.#backtrack?.maxConsecutive ?? Infinity)) return "too_many_errors";
    return (yield* this.#stalled(entry)) ? "stalled" : undefined;
  }

  *#goBack(entry: HistoryEntry<S>): Flow<void> {
    if (entry.status === "ok") this.#head = entry.step;
    if (this.#backtrack === undefined) return;
    const { memory, restore } = yield* wait(this.#backtrack.observe(this.#memory.backtrack, entry, this.#asked));
    this.#memory.backtrack = memory;
    if (restore === undefined || restore === this.#head) return;
    this.#head = restore;
    this.backtracks.push({ step: entry.step, to: restore });
  }

  *#converged(entry: HistoryEntry<S>): Flow<string | undefined> {
    if (this.#detector === undefined) return undefined;
    const { memory, reason } = yield* wait(this.#detector.observe(this.#memory.detector, entry, this.#asked));
    this.#memory.detector = memory;
    return reason;
  }

  *#stalled(entry: HistoryEntry<S>): Flow<boolean> {
    if (this.#stall === undefined) return false;
    const { memory, since } = yield* wait(this.#stall.observe(this.#memory.stall, entry, this.#asked));
    this.#memory.stall = memory;
    if (since !== undefined) this.stalls.push(entry.step);
    return since !== undefined && this.#stall.then === undefined;
  }
}

/** Shows the rows until something ends the loop. */
export function* goThrough<S>({ rows, history, asked, options, before }: CourseParts<S>): Flow<Course> {
  const asking = new Asking({ asked, options });
  let divergedAt: number | undefined;
  const course = (seen: number) => ({
    seen,
    backtracks: asking.backtracks,
    stalls: asking.stalls,
    ...(divergedAt !== undefined && { divergedAt }),
  });
  for (const [index, row] of rows.entries()) {
    yield* before(row);
    const entry = history.add(row);
    if (row.decision === "dropped") continue;
    if (!asking.isFaithful(row)) {
      divergedAt ??= row.step;
      asking.follow(row);
    }
    const reason = yield* asking.ask(entry);
    if (reason !== undefined) return { ...course(index + 1), end: { step: row.step, reason } };
  }
  return course(rows.length);
}
