/**
 * What is on the disk of the data of the open pipeline, as its text stands, saved or not.
 *
 * @module
 */

import { Store } from "../../graph/store.ts";
import { ask, ServerError } from "../api/client.ts";
import type { ConditionFact, DataFact } from "../api/types.ts";

/** Entries by key, and how often each was seen to change. */
export interface DataState {
  readonly facts: ReadonlyMap<string, DataFact>;
  readonly versions: ReadonlyMap<string, number>;
  /** What conditions and switches say now, by step. */
  readonly conditions: ReadonlyMap<string, ConditionFact>;
}

const NOTHING: DataState = { facts: new Map(), versions: new Map(), conditions: new Map() };

/** Knows the entries. */
export class DataStore extends Store<DataState> {
  #asked = 0;

  constructor() {
    super(NOTHING);
  }

  /** Another pipeline. */
  clear(): void {
    this.#asked++;
    this.set(NOTHING);
  }

  async load(path: string, text: string): Promise<void> {
    const number = ++this.#asked;
    void this.#loadConditions(path, text);
    try {
      const { data } = await ask("POST /api/data", { body: { path, text } });
      if (number !== this.#asked) return;
      const { facts: before, versions } = this.get();
      const facts = new Map(data.map((fact) => [fact.key, fact]));
      const changed = data.filter(({ key, mtime, size }) => {
        const known = before.get(key);
        return known !== undefined && (known.mtime !== mtime || known.size !== size);
      });
      this.update((state) => ({ ...state, facts, versions: raised(versions, changed.map(({ key }) => key)) }));
    } catch (error) {
      // A text that is no YAML for a moment keeps the last answer.
      if (!(error instanceof ServerError)) throw error;
    }
  }

  async #loadConditions(path: string, text: string): Promise<void> {
    const number = this.#asked;
    const isAny = /\bkind["']?\s*:\s*["']?(condition|switch)\b/.test(text);
    if (!isAny && this.get().conditions.size === 0) return;
    try {
      const { conditions } = isAny ? await ask("POST /api/conditions", { body: { path, text } }) : { conditions: [] };
      if (number !== this.#asked) return;
      this.update((state) => ({ ...state, conditions: new Map(conditions.map((fact) => [fact.step, fact])) }));
    } catch (error) {
      // As of the data: the last answer stays.
      if (!(error instanceof ServerError)) throw error;
    }
  }

  /** The files of these have changed. */
  touch(keys: readonly string[]): void {
    this.update((state) => ({ ...state, versions: raised(state.versions, keys) }));
  }
}

function raised(versions: ReadonlyMap<string, number>, keys: readonly string[]): ReadonlyMap<string, number> {
  const next = new Map(versions);
  for (const key of keys) next.set(key, (next.get(key) ?? 0) + 1);
  return next;
}
