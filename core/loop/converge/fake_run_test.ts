import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import type { Later } from "../../ports/loop_store.ts";
import type { Asked, Cost, Descriptor, History, HistoryEntry, ProviderUsage } from "../types/mod.ts";

/** What a test says of a step; a text is an error. */
export type Told<S> = Partial<HistoryEntry<S>> | number | null | string;

/** Entries with steps counted from 0: a number is a score, `null` a step without one, a text an error. */
export function entriesOf<S>(told: readonly Told<S>[]): HistoryEntry<S>[] {
  return told.map((it, step) => ({ ...blank<S>(step), ...membersOf(it) }));
}

function blank<S>(step: number): HistoryEntry<S> {
  const input = { inputStep: step === 0 ? null : step - 1, state: undefined as S };
  const cost = { cost: {}, tokens: 0, durationMs: 1 };
  return { step, branch: "", attempt: 1, status: "ok", score: null, decision: "advance", ...cost, ...input };
}

function membersOf<S>(told: Told<S>): Partial<HistoryEntry<S>> {
  if (typeof told === "string") return { status: "error", error: told };
  return typeof told === "object" && told !== null ? told : { score: told };
}

/** A history of the first `length` of these entries. */
export function historyOf<S>(entries: readonly HistoryEntry<S>[], length = entries.length): History<S> {
  return {
    length,
    last: entries[length - 1],
    get best() {
      const scored = entries.slice(0, length).filter(({ score }) => score !== null);
      return scored.reduce<HistoryEntry<S> | undefined>(
        (top, it) => top === undefined || (it.score as number) >= (top.score as number) ? it : top,
        undefined,
      );
    },
    at: (index) => entries.slice(0, length).at(index),
    window: (count) => entries.slice(Math.max(0, length - count), length),
  };
}

/** Notes what is spent. */
export class FakeAsked<S> implements Asked<S> {
  readonly runId = "0123456789ab";
  readonly signal = new AbortController().signal;
  readonly journal: unknown[] = [];
  history: History<S> = historyOf<S>([]);

  spend(cost: Cost | ProviderUsage): void {
    this.journal.push({ spend: cost });
  }

  reserve(cost: Cost) {
    this.journal.push({ reserve: cost });
    const settle = (actual: Cost | ProviderUsage) => void this.journal.push({ settle: actual });
    return { settle, release: () => void this.journal.push("release"), stored: Promise.resolve() };
  }
}

interface Observer<S, Answer> {
  readonly descriptor: Descriptor;
  begin(): unknown;
  observe(memory: unknown, entry: HistoryEntry<S>, asked: Asked<S>): Later<Answer & { memory: unknown }>;
}

/** What is remembered at most, as JSON text. */
export interface Driven<Answer> {
  readonly answers: readonly Omit<Answer, "memory">[];
  readonly memoryChars: number;
}

/** Shows it every step. What it remembers goes through JSON each time, as it does between two processes. */
export async function drive<S, Answer>(
  observer: Observer<S, Answer>,
  told: readonly Told<S>[],
  asked: FakeAsked<S> = new FakeAsked(),
): Promise<Driven<Answer>> {
  const entries = entriesOf(told);
  const answers: Omit<Answer, "memory">[] = [];
  let [memory, memoryChars] = [observer.begin(), 0];
  deepEqual(JSON.parse(JSON.stringify(observer.descriptor)), observer.descriptor);
  for (const [index, entry] of entries.entries()) {
    asked.history = historyOf(entries, index + 1);
    const text = JSON.stringify(memory);
    deepEqual(JSON.parse(text), memory);
    memoryChars = Math.max(memoryChars, text.length);
    const { memory: next, ...answer } = await observer.observe(JSON.parse(text), entry, asked);
    equal(JSON.stringify(memory), text, "what was remembered has been altered in place");
    [memory] = [next];
    answers.push(answer);
  }
  return { answers, memoryChars };
}

/** The reasons a detector gives, step by step. */
export async function reasons<S>(
  detector: Observer<S, { reason?: string }>,
  told: readonly Told<S>[],
  asked?: FakeAsked<S>,
): Promise<readonly (string | undefined)[]> {
  return (await drive(detector, told, asked)).answers.map((it) => it.reason);
}

/** Steps after which a detector says that it is done. */
export async function firedAt<S>(
  detector: Observer<S, { reason?: string }>,
  told: readonly Told<S>[],
  asked?: FakeAsked<S>,
): Promise<readonly number[]> {
  return (await reasons(detector, told, asked)).flatMap((reason, step) => reason === undefined ? [] : [step]);
}

/** Messages of everything wrong that `make` tells at once. */
export function problemsOf(make: () => unknown): readonly string[] {
  try {
    make();
  } catch (error) {
    const { name, problems } = error as { name: string; problems: readonly { message: string }[] };
    equal(name, "LoopConfigError");
    return problems.map(({ message }) => message);
  }
  return [];
}
