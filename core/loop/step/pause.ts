import type { ZodType } from "zod";
import { durationMs } from "../base/duration.ts";
import type { PauseRow } from "../../ports/loop_store.ts";
import { LoopConfigError, Paused } from "../base/errors.ts";
import type { Flow } from "../base/flow.ts";
import { note } from "../drive/drive.ts";
import { canonicalJson } from "../state/canonical.ts";
import { schemaText } from "../state/json_schema.ts";
import type { PauseOptions } from "../types/mod.ts";
import type { Inside } from "./inside.ts";

/**
 * The answer to a question; without one the run is paused.
 *
 * An answer belongs to the step that asked: the same question of a later step is asked anew.
 *
 * @throws {Paused} While there is none.
 */
// deno-lint-ignore require-yield -- a flow as its neighbours are
export function* pause<S, T>(
  { frame }: Inside<S>,
  { key, request }: { readonly key: string; readonly request: unknown },
  { schema, timeout, onTimeout }: PauseOptions<T> = {},
): Flow<T> {
  frame.refuseIfOver();
  const { drive, place } = frame;
  const known = drive.memory.asked[key] === place.step ? drive.questions.get(key) : undefined;
  const answer = known === undefined
    ? undefined
    : answerOf<T>(known, { schema, onTimeout, now: drive.host.clock.now() });
  if (answer !== undefined) return answer.value;
  if (known === undefined) ask(frame, { key, request, schema, timeout });
  frame.paused = waitsFor({ run: drive.row.id, key, request }, place.step);
  throw frame.paused;
}

/** What says that a run waits for an answer. */
export function waitsFor(
  { run, key, request }: { readonly run: string; readonly key: string; readonly request: unknown },
  step: number,
): Paused {
  return new Paused(`Run ${run} waits for an answer to '${key}'`, {
    runId: run,
    step,
    hint: `answer it with: loom answer ${run} ${key}=JSON`,
    data: { key, request },
  });
}

function answerOf<T>(
  { answer, deadline }: PauseRow,
  { schema, onTimeout, now }: { readonly schema?: ZodType<T>; readonly onTimeout?: T; readonly now: number },
): { readonly value: T } | undefined {
  if (answer !== undefined) {
    const value: unknown = JSON.parse(answer);
    return { value: schema === undefined ? value as T : schema.parse(value) };
  }
  return deadline !== undefined && now >= deadline ? { value: onTimeout as T } : undefined;
}

function ask<S, T>(
  { drive, place }: Inside<S>["frame"],
  { key, request, schema, timeout }: { key: string; request: unknown; schema?: ZodType<T>; timeout?: string | number },
): void {
  const now = drive.host.clock.now();
  const ms = timeout === undefined ? undefined : durationMs(timeout);
  if (timeout !== undefined && ms === undefined) {
    throw new LoopConfigError(`The timeout of pause '${key}' is no duration: ${timeout}`, { runId: drive.row.id });
  }
  const row: PauseRow = {
    run: drive.row.id,
    key,
    request: canonicalJson(request ?? null, `pause(${JSON.stringify(key)})`),
    ...(schema !== undefined && { schema: schemaText(schema) }),
    ...(ms !== undefined && { deadline: now + ms }),
    // Later than the same key was asked before, also within one millisecond: it takes that one's place.
    askedAt: Math.max(now, (drive.questions.get(key)?.askedAt ?? 0) + 1),
  };
  drive.pending.pauses.push(row);
  drive.questions.set(key, row);
  drive.memory.asked[key] = place.step;
  note(drive, "paused", { key }, place.step);
}
