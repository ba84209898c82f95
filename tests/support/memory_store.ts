import { createHash } from "node:crypto";
import type {
  AttemptRecord,
  DigestRecord,
  Lease,
  LeaseHolder,
  Memo,
  PointRecord,
  RunFilter,
  RunRecord,
  StepRecord,
  Store,
  Stores,
} from "../../core/ports/store.ts";
import type { Approval, AuditRecord } from "../../core/ports/audit.ts";
import type { ChangeRecord } from "../../core/ports/changes.ts";
import type { RunEvent } from "../../core/ports/events.ts";
import { LoomError } from "../../core/errors.ts";
import { leaseLost } from "../../plugins/host/store/errors.ts";

interface Tables {
  runs: Map<string, RunRecord>;
  attempts: Map<string, AttemptRecord>;
  events: RunEvent[];
  steps: Map<string, StepRecord>;
  points: Map<string, PointRecord>;
  /** By run. */
  fresh: Map<string, number>;
  memos: Map<string, Memo>;
  digests: Map<string, DigestRecord>;
  leases: Map<string, { fence: number; holder?: LeaseHolder; expiresAt: number }>;
  receipts: Map<string, { request: string; body: string }>;
  objects: Map<string, Uint8Array>;
  changes: ChangeRecord[];
  audit: AuditRecord[];
  /** By the digest of their token. */
  approvals: Map<string, Omit<Approval, "token">>;
  /** How many transactions are open, one in the other. */
  open: number;
}

const empty = (): Tables => ({
  runs: new Map(),
  attempts: new Map(),
  events: [],
  steps: new Map(),
  points: new Map(),
  fresh: new Map(),
  memos: new Map(),
  digests: new Map(),
  leases: new Map(),
  receipts: new Map(),
  objects: new Map(),
  changes: [],
  audit: [],
  approvals: new Map(),
  open: 0,
});

/** Stores in memory, one for each project; a project is the folder of the file. */
export function memoryStores(): Stores {
  const projects = new Map<string, Tables>();
  const noted = new Set<string>();
  let user: Tables | undefined;
  return {
    projectOf: (path) => /\.ya?ml$/.test(path) ? path.slice(0, path.lastIndexOf("/")) || "/" : path,
    open: (project) => {
      const tables = projects.get(project) ?? empty();
      projects.set(project, tables);
      return toStore(tables, project);
    },
    openReadOnly: (project) => {
      const tables = projects.get(project);
      return tables && toStore(tables, project);
    },
    openUser: () => toStore(user ??= empty(), "/home/.loom"),
    openUserReadOnly: () => user && toStore(user, "/home/.loom"),
    noteProject: (project) => void noted.add(project),
    projects: () => [...noted],
  };
}

function toStore(tables: Tables, project: string): Store {
  const transaction: Store["transaction"] = (work, lease) => {
    const before = snapshot(tables);
    tables.open++;
    try {
      if (lease !== undefined && !holds(tables, lease)) throw leaseLost(lease.name);
      return work();
    } catch (error) {
      Object.assign(tables, { ...before, open: tables.open });
      throw error;
    } finally {
      tables.open--;
    }
  };
  return {
    journal: journal(tables),
    memos: memos(tables),
    digests: {
      all: () => [...tables.digests.values()],
      get: (path) => tables.digests.get(path),
      put: (record) => void tables.digests.set(record.path, record),
    },
    leases: leases(tables),
    receipts: {
      get: (scope, request) => {
        const receipt = tables.receipts.get(scope);
        return receipt?.request === request ? receipt.body : undefined;
      },
      put: (scope, request, body) => void tables.receipts.set(scope, { request, body }),
      remove: (scope) => void tables.receipts.delete(scope),
    },
    objects: objects(tables),
    changes: changes(tables),
    audit: audit(tables),
    approvals: approvals(tables),
    logFolder: (run) => `${project}/.loom/logs/${run}`,
    hasLostHistory: () => false,
    transaction,
    compact: () => true,
    close: () => {},
  };
}

function snapshot(tables: Tables): Tables {
  return {
    runs: new Map(tables.runs),
    attempts: new Map(tables.attempts),
    events: [...tables.events],
    steps: new Map(tables.steps),
    points: new Map(tables.points),
    fresh: new Map(tables.fresh),
    memos: new Map(tables.memos),
    digests: new Map(tables.digests),
    leases: new Map(tables.leases),
    receipts: new Map(tables.receipts),
    objects: tables.objects,
    changes: [...tables.changes],
    // Written in transactions of their own.
    audit: tables.audit,
    approvals: tables.approvals,
    open: tables.open,
  };
}

function journal(tables: Tables): Store["journal"] {
  return {
    createRun: (run) => void tables.runs.set(run.id, run),
    finishRun: (id, { metrics, fresh, ...result }) => {
      const run = tables.runs.get(id);
      if (fresh !== undefined) tables.fresh.set(id, fresh);
      if (run !== undefined) tables.runs.set(id, { ...run, ...result, ...(metrics && { metrics }) });
    },
    setDetails: (id, details) => {
      const run = tables.runs.get(id);
      if (run !== undefined) tables.runs.set(id, { ...run, details });
    },
    putAttempt: (record) => {
      const { run, step, part, attempt } = record;
      tables.attempts.set(JSON.stringify([run, step, part, attempt]), record);
    },
    appendEvent: (event) => void tables.events.push(event),
    getRun: (id) => tables.runs.get(id),
    listRuns: (filter) => listed(tables, filter),
    listSummaries: (filter) =>
      listed(tables, filter).map(({ id, kind, name, status, createdAt, durationMs }) => {
        const begun = [...tables.attempts.values()].filter(({ run }) => run === id);
        const steps = new Set(begun.map(({ step }) => step)).size;
        const points = [...tables.points.values()].filter(({ run }) => run === id);
        const done = points.filter(({ status }) => status === "done").length;
        return {
          ...{ id, kind, name, status, createdAt, steps },
          ...(durationMs !== undefined && { durationMs }),
          ...((tables.fresh.get(id) ?? 0) > 0 && { fresh: tables.fresh.get(id) }),
          ...(points.length > 0 && { points: { done, total: points.length } }),
        };
      }),
    results: ({ id = "", limit } = {}) =>
      [...tables.runs.values()]
        .filter((run) => run.kind === "pipeline" && run.id.startsWith(id))
        .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
        .slice(0, limit)
        .map(({ kind: _kind, endedAt: _endedAt, request: _request, source: _source, ...shown }) => shown),
    attempts: (run) => [...tables.attempts.values()].filter((attempt) => attempt.run === run),
    events: (run, afterSeq = 0) => tables.events.filter((event) => event.run === run && event.seq > afterSeq),
    putStep: (record) => void tables.steps.set(JSON.stringify([record.run, record.step, record.part]), record),
    steps: (run) => [...tables.steps.values()].filter((step) => step.run === run),
    lastStep: ({ name, step, part, at }) => {
      const runs = [...tables.runs.values()].filter((run) => run.name === name && run.createdAt <= at);
      const newest = runs.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
      const records = newest.map(({ id }) => tables.steps.get(JSON.stringify([id, step, part])));
      return records.find((record) => record !== undefined);
    },
    putPoint: (record) => void tables.points.set(JSON.stringify([record.run, record.point]), record),
    points: (run) =>
      [...tables.points.values()].filter((point) => point.run === run).sort((a, b) => a.number - b.number),
    lastSteps: ({ name, step, at }) => {
      const runs = [...tables.runs.values()].filter((run) => run.name === name && run.createdAt <= at);
      const oldestFirst = runs.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
      const newest = new Map<string, StepRecord>();
      for (const { id } of oldestFirst) {
        for (const record of tables.steps.values()) {
          if (record.run === id && record.step === step) newest.set(record.part, record);
        }
      }
      return [...newest.values()].sort((a, b) => (a.part < b.part ? -1 : 1));
    },
    sizes: () => {
      const runs = [...tables.runs.values()].filter(({ kind }) => kind === "pipeline");
      const kept = [...tables.attempts.values(), ...tables.events, ...tables.steps.values(), ...tables.points.values()];
      return new Map(runs.map((run) => [
        run.id,
        [run, ...kept.filter((it) => it.run === run.id)].reduce((sum, it) => sum + JSON.stringify(it).length, 0),
      ]));
    },
    removeRuns: (ids) => {
      for (const id of ids) {
        tables.runs.delete(id);
        for (const table of [tables.attempts, tables.steps, tables.points] as Map<string, { run: string }>[]) {
          for (const [key, { run }] of table) if (run === id) table.delete(key);
        }
        tables.events = tables.events.filter(({ run }) => run !== id);
      }
    },
  };
}

function listed(tables: Tables, { kind, name, status, limit }: RunFilter = {}): readonly RunRecord[] {
  return [...tables.runs.values()]
    .filter((run) => (kind ?? run.kind) === run.kind)
    .filter((run) => (name ?? run.name) === run.name && (status ?? run.status) === run.status)
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
    .slice(0, limit);
}

function memos(tables: Tables): Store["memos"] {
  const key = (scope: string, step: string, part: string) => JSON.stringify([scope, step, part]);
  return {
    all: (scope) => [...tables.memos.values()].filter((memo) => memo.scope === scope),
    put: (memo) => void tables.memos.set(key(memo.scope, memo.step, memo.part), memo),
    remove: (scope, step, part) => void tables.memos.delete(key(scope, step, part)),
    runs: () => new Set([...tables.memos.values()].map(({ run }) => run)),
  };
}

function leases(tables: Tables): Store["leases"] {
  return {
    acquire: (name, holder, ttlMs, now, isAlive) => {
      const row = tables.leases.get(name);
      const current = row && row.expiresAt > now ? row.holder : undefined;
      if (current !== undefined && (current.host !== holder.host || isAlive(current))) return current;
      const fence = (row?.fence ?? 0) + 1;
      tables.leases.set(name, { fence, holder, expiresAt: now + ttlMs });
      return { name, fence };
    },
    renew: (lease, ttlMs, now) => {
      const row = tables.leases.get(lease.name);
      if (row === undefined || !holds(tables, lease)) return false;
      tables.leases.set(lease.name, { ...row, expiresAt: now + ttlMs });
      return true;
    },
    release: (lease) => {
      if (holds(tables, lease)) tables.leases.set(lease.name, { fence: lease.fence, expiresAt: 0 });
    },
    holder: (name, now) => {
      const row = tables.leases.get(name);
      return row && row.expiresAt > now ? row.holder : undefined;
    },
  };
}

function holds(tables: Tables, { name, fence }: Lease): boolean {
  const row = tables.leases.get(name);
  return row?.fence === fence && row.holder !== undefined;
}

function objects(tables: Tables): Store["objects"] {
  const putBytes = (bytes: Uint8Array): string => {
    const digest = createHash("sha256").update(bytes).digest("hex");
    tables.objects.set(digest, bytes.slice());
    return digest;
  };
  const getBytes = (digest: string) => tables.objects.get(digest)?.slice();
  return {
    putText: (text) => putBytes(new TextEncoder().encode(text)),
    getText: (digest) => {
      const bytes = getBytes(digest);
      return bytes && new TextDecoder().decode(bytes);
    },
    putBytes,
    getBytes,
    has: (digest) => tables.objects.has(digest),
    list: () => [...tables.objects].map(([digest, { length }]) => ({ digest, sizeBytes: length })),
    remove: (digest) => void tables.objects.delete(digest),
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function refuseInside({ open }: Tables): void {
  if (open > 0) throw new LoomError("store-failed", "Cannot write it inside a transaction");
}

function audit(tables: Tables): Store["audit"] {
  return {
    append: (entry, atMs) => {
      refuseInside(tables);
      const last = tables.audit.at(-1);
      const [seq, before, body] = [(last?.seq ?? 0) + 1, last?.hash ?? "0".repeat(64), JSON.stringify(entry)];
      const record = { seq, atMs, body, hash: sha256([before, seq, atMs, body].join("\n")), before };
      tables.audit.push(record);
      return record;
    },
    records: ({ afterSeq = 0, limit } = {}) => tables.audit.filter(({ seq }) => seq > afterSeq).slice(0, limit),
    newest: (limit) => tables.audit.slice(Math.max(0, tables.audit.length - limit)),
  };
}

function approvals(tables: Tables): Store["approvals"] {
  return {
    put: ({ token, ...approval }) => {
      refuseInside(tables);
      tables.approvals.set(sha256(token), approval);
    },
    use: ({ token, binding }, nowMs) => {
      refuseInside(tables);
      const known = tables.approvals.get(sha256(token));
      const isGood = known !== undefined && known.binding === binding && known.expiresMs > nowMs;
      return isGood && tables.approvals.delete(sha256(token));
    },
  };
}

function changes(tables: Tables): Store["changes"] {
  return {
    add: (change) => {
      const id = (tables.changes.at(-1)?.id ?? 0) + 1;
      tables.changes.push({ id, ...change });
      return id;
    },
    setStatus: (id, status) => {
      tables.changes = tables.changes.map((change) => change.id === id ? { ...change, status } : change);
    },
    list: ({ id, task, limit } = {}) =>
      tables.changes.filter((change) => (id ?? change.id) === change.id && (task ?? change.task) === change.task)
        .reverse().slice(0, limit),
  };
}
