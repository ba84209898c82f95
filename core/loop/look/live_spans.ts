/**
 * Spans of runs that are going on, made of their events as they are told.
 *
 * @module
 */

import type { StateTools } from "../../ports/loop_store.ts";
import type { LoopEvent, LoopEvents, LoopEventType } from "../types/mod.ts";
import { attributesOf, eventOf, nanoTime, type OtlpEvent, type OtlpSpan, type OtlpTraces, tracesOf } from "./otlp.ts";
import { type SpanIds, spanIds } from "./span_ids.ts";

/** A run that goes on, as far as it was told of. */
interface Open {
  readonly name: string;
  readonly since: number;
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly events: OtlpEvent[];
  readonly steps: Map<number, { readonly since: number; readonly events: OtlpEvent[] }>;
}

/** What a run's first event says of the step that called it. */
interface Parent {
  readonly run: string;
  readonly step: number;
  readonly branch: string;
}

/** Listeners for the `on` of a loop, or of several. */
export function spanListeners(
  send: (traces: OtlpTraces) => void,
  tools: Pick<StateTools, "sha256">,
): Partial<LoopEvents> {
  const live = new LiveSpans(send, spanIds(tools));
  const hear = (event: LoopEvent) => live.hear(event);
  return Object.fromEntries(heard.map((type) => [type, hear]));
}

const heard = [
  "run.started",
  "forked",
  "resumed",
  "step.started",
  "step.finished",
  "step.failed",
  "step.lost",
  "cost.missing",
  "cost.failed",
  "score.failed",
  "budget.warning",
  "budget.overrun",
  "breaker.changed",
  "breaker.refused",
  "backtrack",
  "converged",
  "stalled",
  "paused",
  "answered",
  "run.finished",
] as const satisfies readonly LoopEventType[];

class LiveSpans {
  readonly #send: (traces: OtlpTraces) => void;
  readonly #ids: SpanIds;
  readonly #open = new Map<string, Open>();

  constructor(send: (traces: OtlpTraces) => void, ids: SpanIds) {
    [this.#send, this.#ids] = [send, ids];
  }

  hear(event: LoopEvent): void {
    const run = this.#runOf(event);
    const step = event.step === undefined ? undefined : run.steps.get(event.step);
    switch (event.type) {
      case "run.started":
        return;
      case "step.started":
        // Its tries are one span: the first of them began it.
        if (step === undefined) run.steps.set(event.step!, { since: event.at, events: [] });
        return;
      case "step.finished":
        // A candidate that is not gone on from ends nothing: its step is told of once.
        return event.decision === "dropped" ? this.#note(run, event) : this.#endStep(run, event);
      case "step.failed":
        return event.retry ? this.#note(run, event) : this.#endStep(run, event);
      case "run.finished":
        return this.#endRun(run, event);
      default:
        return this.#note(run, event);
    }
  }

  #note(run: Open, event: LoopEvent): void {
    const { events } = run.steps.get(event.step ?? NaN) ?? run;
    events.push(eventOf(event.type, event.at, dataOf(event)));
  }

  /** A run is known from its first event on, or from the first that this process hears of it. */
  #runOf(event: LoopEvent): Open {
    const known = this.#open.get(event.runId);
    if (known !== undefined) return known;
    const { name, parent } = event as { name?: string; parent?: Parent };
    const around = parent && this.#open.get(parent.run);
    const run: Open = {
      name: name ?? event.runId,
      since: event.at,
      traceId: around?.traceId ?? this.#ids.trace(parent?.run ?? event.runId),
      ...(parent && { parentSpanId: this.#ids.step(parent.run, parent.step, parent.branch) }),
      events: [],
      steps: new Map(),
    };
    this.#open.set(event.runId, run);
    return run;
  }

  #endStep(run: Open, { runId, step, at, ...data }: LoopEvent): void {
    const begun = run.steps.get(step!);
    run.steps.delete(step!);
    const { usd, tokens, score, decision, error } = data as Partial<Record<string, number>> & Record<string, string>;
    this.#tell({
      traceId: run.traceId,
      spanId: this.#ids.step(runId, step!),
      parentSpanId: this.#ids.run(runId),
      name: `step ${step}`,
      kind: 1,
      startTimeUnixNano: nanoTime(begun?.since ?? at),
      endTimeUnixNano: nanoTime(at),
      attributes: attributesOf({
        "loom.run.id": runId,
        "loom.step": BigInt(step!),
        "loom.cost_usd": usd,
        "loom.tokens": BigInt(tokens ?? 0),
        "loom.score": score,
        "loom.decision": decision,
      }),
      events: begun?.events ?? [],
      status: error === undefined ? { code: 1 } : { code: 2, message: error },
    });
  }

  #endRun(run: Open, { runId, at, status, reason }: LoopEvent): void {
    this.#open.delete(runId);
    const code = status === "failed" ? 2 : status === "completed" ? 1 : 0;
    this.#tell({
      traceId: run.traceId,
      spanId: this.#ids.run(runId),
      ...(run.parentSpanId !== undefined && { parentSpanId: run.parentSpanId }),
      name: `loop ${run.name}`,
      kind: 1,
      startTimeUnixNano: nanoTime(run.since),
      endTimeUnixNano: nanoTime(at),
      attributes: attributesOf({
        "loom.run.id": runId,
        "loom.loop.name": run.name,
        "loom.status": String(status),
        "loom.reason": String(reason),
      }),
      events: run.events,
      status: { code },
    });
  }

  #tell(span: OtlpSpan): void {
    this.#send(tracesOf([span]));
  }
}

function dataOf({ type: _type, at: _at, seq: _seq, runId: _runId, ...data }: LoopEvent): Record<string, unknown> {
  return data;
}
