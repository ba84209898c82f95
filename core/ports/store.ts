/** What loom remembers: `<project>/.loom/loom.db` and `objects/`. Synchronous, as SQLite is. */

import type { Approvals, AuditLog } from "./audit.ts";
import type { Changes } from "./changes.ts";
import type { RunEvent, RunStatus } from "./events.ts";
import type { Metrics, PointRecord, RunDetails, StepRecord } from "./store_rows.ts";

export type * from "./store_rows.ts";

/** One execution of anything. Of a loop only what a list shows; its statuses and the rest are in its own store. */
export interface RunRecord {
  /** 12 lower-case hex digits. */
  readonly id: string;
  readonly kind: "pipeline" | "loop";
  /** Name shown to people: the file's, relative to the project. */
  readonly name: string;
  readonly status: RunStatus;
  /** UTC milliseconds. */
  readonly createdAt: number;
  readonly endedAt?: number;
  readonly durationMs?: number;
  /** What was asked for, enough to ask again; JSON, no secret inside. */
  readonly request: Readonly<Record<string, unknown>>;
  /** Digest of the pipeline file's text, kept as an object. */
  readonly source?: string;
  /** What it was run with. */
  readonly details?: RunDetails;
  /** Name to value, of all `metrics:` files when it ended. */
  readonly metrics?: Metrics;
}

/** As much of a run as a list of thousands shows. */
export interface RunSummary extends Pick<RunRecord, "id" | "kind" | "name" | "status" | "createdAt" | "durationMs"> {
  /** How many of its steps were begun. */
  readonly steps: number;
  /** How many were passed over because they were fresh; known of a run that has ended. */
  readonly fresh?: number;
  /** Of a sweep. */
  readonly points?: { readonly done: number; readonly total: number };
}

/** Which runs are meant; all without it. */
export interface RunFilter {
  readonly kind?: RunRecord["kind"];
  readonly name?: string;
  readonly status?: RunStatus;
  readonly limit?: number;
}

/** A run of a pipeline as far as a table shows it. */
export type ResultRecord = Omit<RunRecord, "kind" | "endedAt" | "request" | "source">;

/** One step of one run. `part` is `""` for the step itself, else the item or `iteration/step` inside it. */
export interface AttemptRecord {
  readonly run: string;
  readonly step: string;
  readonly part: string;
  /** From 1. */
  readonly attempt: number;
  readonly status: "running" | "done" | "failed" | "cancelled" | "lost";
  /** The vector that was run, secrets masked. */
  readonly command: readonly string[];
  readonly pid?: number;
  readonly startedAt: number;
  readonly durationMs?: number;
  readonly exitCode?: number;
  readonly signal?: string;
  readonly error?: string;
  /** Path of the full log, relative to the store's folder. */
  readonly log?: string;
}

/** What made a step's outputs, remembered for freshness. */
export interface Memo {
  /** The pipeline file, relative to the project. */
  readonly scope: string;
  readonly step: string;
  /** As in {@linkcode AttemptRecord}. */
  readonly part: string;
  /** `running` from the intent to the result: outputs of such a step are never trusted. */
  readonly state: "running" | "done";
  /** Canonical JSON text of what went in; two are equal exactly when nothing that counts has changed. */
  readonly fingerprint: string;
  /** Output path (relative to the base directory) to digest, JSON text of a list of pairs. */
  readonly outputs: string;
  readonly run: string;
  /** UTC milliseconds. */
  readonly at: number;
}

/** A digest and the file state it was computed from. */
export interface DigestRecord {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly inode: number;
  readonly digest: string;
  /** When the file was read, UTC milliseconds. */
  readonly at: number;
}

/** Runs, attempts and events, in order. */
export interface Journal {
  createRun(run: RunRecord): void;
  /** `metrics` stay as they are when absent. `fresh`: how many steps were passed over. */
  finishRun(
    id: string,
    result: { status: RunStatus; endedAt: number; durationMs: number; metrics?: Metrics; fresh?: number },
  ): void;
  putAttempt(attempt: AttemptRecord): void;
  appendEvent(event: RunEvent): void;
  getRun(id: string): RunRecord | undefined;
  /** What was not known yet when the run began. */
  setDetails(id: string, details: RunDetails): void;
  /** Newest first. */
  listRuns(filter?: RunFilter): readonly RunRecord[];
  /** {@linkcode Journal.listRuns} for long lists. */
  listSummaries(filter?: RunFilter): readonly RunSummary[];
  /** Runs of pipelines, newest first, as far as tables show them: thousands are read at once. `id` is its beginning. */
  results(filter?: { id?: string; limit?: number }): readonly ResultRecord[];
  attempts(run: string): readonly AttemptRecord[];
  events(run: string, afterSeq?: number): readonly RunEvent[];
  putStep(step: StepRecord): void;
  /** What the run itself did; see {@linkcode lastStep} for what it found fresh. */
  steps(run: string): readonly StepRecord[];
  /** The newest record of a step of the pipeline `name` in runs begun at `at` or before. */
  lastStep(step: { readonly name: string; readonly step: string; readonly part: string; readonly at: number }):
    | StepRecord
    | undefined;
  /** As {@linkcode Journal.lastStep}, of each part of the step. */
  lastSteps(step: { readonly name: string; readonly step: string; readonly at: number }): readonly StepRecord[];
  /** Adds a point or takes the place of what was kept of it. */
  putPoint(point: PointRecord): void;
  /** In the order of the sweep. */
  points(run: string): readonly PointRecord[];
  /** Bytes that are kept here of each run of a pipeline, about. */
  sizes(): ReadonlyMap<string, number>;
  /** Forgets runs of pipelines with all that is kept of them, save logs and objects. */
  removeRuns(ids: readonly string[]): void;
}

/** Freshness records. */
export interface Memos {
  /** All of one pipeline, for one read at the start of a run. */
  all(scope: string): readonly Memo[];
  put(memo: Memo): void;
  remove(scope: string, step: string, part: string): void;
  /** Ids of the runs that made what is remembered, of all pipelines. */
  runs(): ReadonlySet<string>;
}

/** The cache of file digests; rows may be dropped at any time. */
export interface Digests {
  all(): readonly DigestRecord[];
  get(path: string): DigestRecord | undefined;
  put(record: DigestRecord): void;
}

/** Who holds a lease. */
export interface LeaseHolder {
  readonly pid: number;
  readonly host: string;
  /** When its process started, to tell it from a later one of the same number. */
  readonly processStart: string;
  readonly run: string;
  /** UTC milliseconds. */
  readonly since: number;
}

/** A held lease; `fence` grows with every new holder. */
export interface Lease {
  readonly name: string;
  readonly fence: number;
}

/** One driver at a time for one thing. A lease whose holder is dead or silent past its expiry can be taken. */
export interface Leases {
  /** The lease, or who holds it. `isAlive` tells of a holder on this host. */
  acquire(
    name: string,
    holder: LeaseHolder,
    ttlMs: number,
    now: number,
    isAlive: (holder: LeaseHolder) => boolean,
  ): Lease | LeaseHolder;
  /** Push the expiry on. `false`: it was lost to another, and nothing more may be written under it. */
  renew(lease: Lease, ttlMs: number, now: number): boolean;
  release(lease: Lease): void;
  /** Who holds it and was heard of in time; whether their process still lives is not asked. Takes nothing. */
  holder(name: string, now: number): LeaseHolder | undefined;
}

/** Proof that nothing has changed since every step of a pipeline was found fresh; one for each pipeline. */
export interface Receipts {
  /** What was stored for this very request, as text. */
  get(scope: string, request: string): string | undefined;
  /** Takes the place of the pipeline's last one. */
  put(scope: string, request: string, body: string): void;
  remove(scope: string): void;
}

/** Content by digest: `objects/ab/<sha256>`. */
export interface Objects {
  /** Stores the text if it is not there yet and gives its SHA-256. */
  putText(text: string): string;
  getText(digest: string): string | undefined;
  /** As {@linkcode Objects.putText}, for content that may be no text. */
  putBytes(bytes: Uint8Array): string;
  getBytes(digest: string): Uint8Array | undefined;
  has(digest: string): boolean;
  /** Every object, in no order. */
  list(): Iterable<{ readonly digest: string; readonly sizeBytes: number }>;
  /** Absent is fine. */
  remove(digest: string): void;
}

/** All of it. */
export interface Store {
  readonly journal: Journal;
  readonly memos: Memos;
  readonly digests: Digests;
  readonly leases: Leases;
  readonly receipts: Receipts;
  readonly objects: Objects;
  readonly changes: Changes;
  /** What was decided and done. Never inside a transaction: what is written there stays. */
  readonly audit: AuditLog;
  /** Likewise. */
  readonly approvals: Approvals;
  /** The folder of logs of one run, absolute; made when first asked for. */
  logFolder(run: string): string;
  /** Whether a damaged database was set aside here, now or earlier: what is not recorded may have been, as unfinished. */
  hasLostHistory(): boolean;
  /** Everything `work` writes is kept, or nothing. With `lease`, throws LoomError `lease-lost` if it is no longer held. */
  transaction<T>(work: () => T, lease?: Lease): T;
  /** Gives back the room that removed records took; whether it could, for which nobody else may be at work. */
  compact(): boolean;
  close(): void;
}

/** Opens stores. */
export interface Stores {
  /** Folder of the project that `file` (a pipeline, absolute) or a folder belongs to; may not exist yet. */
  projectOf(path: string): string;
  /** For writing; makes `.loom/` when absent. A corrupt database is set aside and `onNotice` hears it. */
  open(project: string, onNotice: (message: string) => void): Store;
  /** For reading; `undefined` if there is nothing yet. Never creates or changes anything. */
  openReadOnly(project: string): Store | undefined;
  /** As {@linkcode Stores.open}, of the user's own state folder, `~/.loom` unless it was moved. @throws {LoomError} `no-home`. */
  openUser(onNotice: (message: string) => void): Store;
  /** As {@linkcode Stores.openReadOnly}, likewise. */
  openUserReadOnly(): Store | undefined;
  /** Notes in the user's own state folder that something was run in a project, if that is not noted yet. Never fails. */
  noteProject(project: string): void;
  /** Projects that were noted, in the order in which they first were; some may be gone. */
  projects(): readonly string[];
}
