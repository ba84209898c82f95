/**
 * Runs of the open pipelines that other programs drive: a command line in a terminal, another server. They are found in
 * the store, told as those of this server are, and looked at until they end or their driver is gone.
 *
 * @module
 */

import { isLoomError } from "../../../core/errors.ts";
import { relativePath } from "../../../core/graph/mod.ts";
import { sightOf } from "../../../core/look/mod.ts";
import type { Context } from "../../../core/context.ts";
import type { LeaseHolder, RunRecord, Store } from "../../../core/ports/store.ts";
import { standingOf } from "../base/standing.ts";
import { Followed } from "./followed.ts";
import type { Hub } from "./hub.ts";
import type { RunMemory } from "./run_memory.ts";
import type { Runs } from "./runs.ts";

/** What looking for them takes. */
export interface ElsewhereParts {
  readonly context: Context;
  readonly hub: Hub;
  /** The folder that was opened. */
  readonly root: string;
  readonly runs: Pick<Runs, "memory" | "hasStarted">;
}

/** A run that another program drives. */
export interface ElsewhereRun {
  readonly run: string;
  /** Absolute. */
  readonly file: string;
  readonly startedAt: number;
  readonly driver: LeaseHolder;
}

type Driven = ElsewhereRun & { readonly followed: Followed };

/** Runs whose standing is compared from look to look. */
const MOST_RUNS = 30;

/** Finds them, and tells what they do. */
export class Elsewhere {
  readonly #parts: ElsewhereParts;
  readonly #looks = new Map<string, StoreLook>();

  constructor(parts: ElsewhereParts) {
    this.#parts = parts;
  }

  /** Those that go on, of the pipelines that were looked at. */
  list(): readonly ElsewhereRun[] {
    return [...this.#looks.values()].flatMap(({ driven }) => driven ?? []);
  }

  /** What one of them has told so far. */
  memory(id: string): RunMemory | undefined {
    return [...this.#looks.values()].find(({ driven }) => driven?.run === id)?.driven?.followed.memory;
  }

  /** The files whose change is news of runs. */
  pathsOf(file: string): readonly string[] {
    const database = `${this.#parts.context.stores.projectOf(file)}/.loom/loom.db`;
    return [database, `${database}-wal`];
  }

  /** Looks for news of these pipelines (absolute paths), which are all that are open, and tells them. */
  look(files: readonly string[]): void {
    for (const file of this.#looks.keys()) if (!files.includes(file)) this.#looks.delete(file);
    for (const file of files) {
      const known = this.#looks.get(file) ?? new StoreLook(file, this.#parts);
      this.#looks.set(file, known);
      try {
        known.again(this.pathsOf(file));
      } catch (error) {
        // A store that cannot be read is told to who asks for the history; here is only looked for news.
        if (!isLoomError(error)) throw error;
      }
    }
  }
}

/** The store of one pipeline, looked at again and again. */
class StoreLook {
  driven: Driven | undefined;
  readonly #file: string;
  readonly #parts: ElsewhereParts;
  #sights: string | undefined;
  /** Runs of the whole project and how they stand, as text. */
  #list: string | undefined;
  /** Runs of this pipeline; `undefined` before the first look. */
  #known: ReadonlySet<string> | undefined;

  constructor(file: string, parts: ElsewhereParts) {
    this.#file = file;
    this.#parts = parts;
  }

  again(paths: readonly string[]): void {
    const { stores, files } = this.#parts.context;
    const sights = paths.map((path) => sightOf(path, files)).join("\n");
    // A driver that has died changes no file.
    if (this.#sights === sights && this.driven === undefined) return;
    this.#sights = sights;
    const project = stores.projectOf(this.#file);
    const store = stores.openReadOnly(project);
    try {
      this.#read(store, project);
    } finally {
      store?.close();
    }
  }

  #read(store: Store | undefined, project: string): void {
    const { hub, root } = this.#parts;
    const path = relativePath(this.#file, root);
    const name = relativePath(this.#file, project);
    const records = store?.journal.listRuns({ kind: "pipeline", name, limit: MOST_RUNS }) ?? [];
    if (store !== undefined && this.#follow(records, store, project)) hub.tell("status", { path });
    this.#known = new Set(records.map(({ id }) => id));
    const newest = store?.journal.listSummaries({ limit: MOST_RUNS }) ?? [];
    const list = newest.map(({ id, status }) => `${id} ${status}`).join("\n");
    if (this.#list !== undefined && this.#list !== list) hub.tell("history", { path });
    this.#list = list;
  }

  /** Tells what runs of others do; whether steps may stand otherwise now. */
  #follow(records: readonly RunRecord[], store: Store, project: string): boolean {
    const { context, hub } = this.#parts;
    const tell = (event: object) => hub.tell("run", { ...event, file: this.#file });
    const place = { store, project, context, tell };
    const before = this.driven;
    const now = this.#drivenNow(records, store);
    const over = before !== undefined && before.run !== now?.run ? before : undefined;
    const missed = records.find((record) => this.#isMissed(record, over));
    if (now !== undefined && now.run !== before?.run) hub.tell("live", { run: now.run, live: true });
    const followed = [over?.followed, missed && new Followed(missed.id), now?.followed].filter((it) =>
      it !== undefined
    );
    const hasNews = followed.map((it) => it.tell(place)).includes(true);
    this.driven = now;
    for (const id of [over?.run, missed?.id]) if (id !== undefined) hub.tell("live", { run: id, live: false });
    return hasNews || over !== undefined;
  }

  #drivenNow(records: readonly RunRecord[], store: Store): Driven | undefined {
    const { context, runs } = this.#parts;
    for (const record of records) {
      const { id, createdAt: startedAt } = record;
      const { elsewhere } = standingOf(record, { store, isOwn: runs.memory(id) !== undefined, context });
      if (elsewhere === undefined) continue;
      const followed = this.driven?.run === id ? this.driven.followed : new Followed(id);
      return { run: id, file: this.#file, startedAt, driver: elsewhere, followed };
    }
    return undefined;
  }

  /** Whether a run of another program came and went between two looks. */
  #isMissed({ id, status }: RunRecord, over: Driven | undefined): boolean {
    if (this.#known === undefined || this.#known.has(id) || id === over?.run) return false;
    return status !== "running" && !this.#parts.runs.hasStarted(id);
  }
}
