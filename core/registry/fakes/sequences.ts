/**
 * Sequences of events, and what follows what in them.
 *
 * @module
 */

import { LoomError } from "../../errors.ts";
import type { JsonObject, Objective } from "../../ports/values.ts";

/** Events of one account in the order of time, and its label. */
export interface Sequence {
  readonly account: string;
  readonly events: readonly string[];
  readonly label: number;
}

/** Columns that a data object of sequences has. */
export const COLUMNS = ["account", "time", "event", "target"] as const;

type Row = readonly [account: string, time: number, event: string, target: number];

/** The sequences of a data object, accounts in the order of their first row. */
export function sequencesOf(data: JsonObject): readonly Sequence[] {
  const table = data.train as unknown as { readonly columns: readonly string[]; readonly rows: readonly Row[] };
  if (JSON.stringify(table?.columns) !== JSON.stringify(COLUMNS)) {
    throw new LoomError("bad-value", `Cannot read sequences: the table has no columns ${COLUMNS.join(", ")}`);
  }
  const rows = table.rows.toSorted((a, b) => a[1] - b[1]);
  const accounts = Map.groupBy(rows, ([account]) => account);
  return [...accounts].map(([account, its]) => {
    return { account, events: its.map(([, , event]) => event), label: its.at(-1)![3] };
  });
}

/** How much more often than by chance an event goes with another: by pair, never less than 0. */
export type Affinity = Readonly<Record<string, number>>;

const WINDOW = 5;

/** Pairs that an objective counts, with their weights. */
function* pairsOf(events: readonly string[], objective: Objective): Generator<readonly [string, string, number]> {
  if (objective === "masked-field") {
    const distinct = [...new Set(events)];
    for (const a of distinct) for (const b of distinct) if (a !== b) yield [a, b, 1];
    return;
  }
  const reach = objective === "next-event" ? 1 : WINDOW;
  for (let at = 0; at < events.length; at++) {
    for (let away = 1; away <= reach && at + away < events.length; away++) {
      yield [events[at], events[at + away], 1 / away];
      if (objective === "contrastive") yield [events[at + away], events[at], 1 / away];
    }
  }
}

/** Positive pointwise mutual information of the pairs. */
export function affinityOf(sequences: readonly Sequence[], objective: Objective): Affinity {
  const [pairs, left, right] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  let total = 0;
  const add = (map: Map<string, number>, key: string, weight: number) => map.set(key, (map.get(key) ?? 0) + weight);
  for (const { events } of sequences) {
    for (const [a, b, weight] of pairsOf(events, objective)) {
      add(pairs, `${a} ${b}`, weight);
      add(left, a, weight);
      add(right, b, weight);
      total += weight;
    }
  }
  const value = ([pair, weight]: [string, number]): [string, number] => {
    const [a, b] = pair.split(" ");
    return [pair, Math.max(0, Math.log(weight * total / (left.get(a)! * right.get(b)!)))];
  };
  return Object.fromEntries([...pairs].sort(([a], [b]) => a < b ? -1 : 1).map(value));
}

/** Mean, largest and last affinity of neighbours. */
export function embeddingOf({ events }: Sequence, affinity: Affinity): readonly number[] {
  const values = events.slice(1).map((event, index) => affinity[`${events[index]} ${event}`] ?? 0);
  if (values.length === 0) return [0, 0, 0];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, Math.max(...values), values.at(-1)!].map((value) => Math.round(value * 1e6) / 1e6);
}

/** Share of each event. */
export function sharesOf({ events }: Sequence, vocabulary: readonly string[]): readonly number[] {
  return vocabulary.map((word) => events.filter((event) => event === word).length / Math.max(1, events.length));
}
