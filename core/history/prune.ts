import type { Files } from "../ports/files.ts";
import type { RunSummary, Store } from "../ports/store.ts";

/** What may go; nothing goes that none of these names. */
export interface HistoryRetention {
  /** Since the run began. */
  readonly maxAgeMs?: number;
  /** So many of the newest stay. */
  readonly maxRuns?: number;
  /** Logs, objects and records together; the oldest runs go first. */
  readonly maxBytes?: number;
}

/** What went, or would. */
export interface HistoryReport {
  readonly runs: number;
  readonly bytes: number;
  /** Left over although `maxBytes` asks for more: of runs that must stay. */
  readonly remainingBytes: number;
}

/** Where it is, and how. */
export interface PruneHow {
  readonly files: Pick<Files, "list" | "stat" | "remove">;
  /** The folder of the store, `<project>/.loom`. */
  readonly folder: string;
  readonly now: number;
  readonly dryRun: boolean;
}

/** Less is not worth writing the whole database anew. */
const WORTH_BYTES = 1024 * 1024;

/**
 * Forgets old runs of pipelines, with their logs and with the texts that nothing refers to any longer. A run stays that
 * is under way, or that made what a pipeline still knows to be fresh.
 */
export function pruneHistory(store: Store, retention: HistoryRetention, how: PruneHow): HistoryReport {
  const { files, dryRun } = how;
  const kept = new Kept(store, how);
  const ids = store.transaction(() => {
    const going = departing(kept.read(), retention, how.now);
    if (dryRun) return going;
    store.journal.removeRuns(going);
    // Under the same lock: a run that starts now and needs one of these texts keeps it anew.
    for (const digest of kept.unneeded) store.objects.remove(digest);
    return going;
  });
  // After the records: a log without a run takes room, a run without its log is wrong.
  if (!dryRun) { for (const id of ids) files.remove(logsOf(id, how)); }
  if (!dryRun && kept.freedBytes >= WORTH_BYTES) store.compact();
  return { runs: ids.length, bytes: kept.freedBytes, remainingBytes: kept.totalBytes };
}

/** Ids of the runs that go, the oldest first; they are let go of. */
function departing(kept: Kept, retention: HistoryRetention, now: number): readonly string[] {
  const { maxAgeMs = Infinity, maxRuns = Infinity, maxBytes = Infinity } = retention;
  const going: string[] = [];
  for (const [rank, run] of [...kept.runs.entries()].reverse()) {
    const isDue = now - run.createdAt > maxAgeMs || rank >= maxRuns || kept.totalBytes > maxBytes;
    if (!isDue || kept.isPinned(run)) continue;
    kept.letGo(run.id);
    going.push(run.id);
  }
  return going;
}

function logsOf(run: string, { folder }: PruneHow): string {
  return `${folder}/logs/${run}`;
}

/** What is kept of the runs of pipelines, and what of it would be free without some of them. */
class Kept {
  /** Newest first. */
  runs: readonly RunSummary[] = [];
  totalBytes = 0;
  freedBytes = 0;
  /** Objects to which nothing refers any longer. */
  readonly unneeded: string[] = [];
  readonly #store: Store;
  readonly #how: PruneHow;
  #remembered: ReadonlySet<string> = new Set();
  /** Records and logs of each run. */
  readonly #ownBytes = new Map<string, number>();
  readonly #objectBytes = new Map<string, number>();
  /** Which objects a run refers to, and how many runs refer to each. */
  readonly #objectsOf = new Map<string, ReadonlySet<string>>();
  readonly #references = new Map<string, number>();

  constructor(store: Store, how: PruneHow) {
    [this.#store, this.#how] = [store, how];
  }

  read(): this {
    const { journal, memos, objects, changes } = this.#store;
    this.runs = journal.listSummaries({ kind: "pipeline" });
    this.#remembered = memos.runs();
    for (const { digest, sizeBytes } of objects.list()) this.#objectBytes.set(digest, sizeBytes);
    // What loom can undo refers to objects too: those are not ours to count.
    for (const { beforeRef, afterRef } of changes.list()) {
      for (const digest of [beforeRef, afterRef]) if (digest !== undefined) this.#objectBytes.delete(digest);
    }
    const rowBytes = journal.sizes();
    for (const { id } of this.runs) this.#readRun(id, rowBytes.get(id) ?? 0);
    return this;
  }

  #readRun(id: string, rowBytes: number): void {
    const own = rowBytes + this.#logBytes(id);
    this.#ownBytes.set(id, own);
    this.totalBytes += own;
    const used = this.#usedBy(id);
    this.#objectsOf.set(id, used);
    for (const digest of used) {
      const count = this.#references.get(digest) ?? 0;
      this.#references.set(digest, count + 1);
      if (count === 0) this.totalBytes += this.#objectBytes.get(digest)!;
    }
  }

  #logBytes(id: string): number {
    const { files } = this.#how;
    const folder = logsOf(id, this.#how);
    return files.list(folder).reduce((sum, { name }) => sum + (files.stat(`${folder}/${name}`)?.sizeBytes ?? 0), 0);
  }

  /** The text of the pipeline, and everything that the record of a step names by a digest. */
  #usedBy(id: string): ReadonlySet<string> {
    const { journal } = this.#store;
    const texts = journal.steps(id).map(({ fingerprint }) => fingerprint);
    const digests = [journal.getRun(id)?.source ?? "", ...texts].flatMap((text) => text.match(DIGEST) ?? []);
    return new Set(digests.filter((digest) => this.#objectBytes.has(digest)));
  }

  isPinned({ id, status }: RunSummary): boolean {
    return status === "running" || this.#remembered.has(id);
  }

  letGo(id: string): void {
    this.#free(this.#ownBytes.get(id)!);
    for (const digest of this.#objectsOf.get(id)!) {
      const count = this.#references.get(digest)! - 1;
      this.#references.set(digest, count);
      if (count > 0) continue;
      this.unneeded.push(digest);
      this.#free(this.#objectBytes.get(digest)!);
    }
  }

  #free(bytes: number): void {
    this.totalBytes -= bytes;
    this.freedBytes += bytes;
  }
}

const DIGEST = /\b[0-9a-f]{64}\b/g;
