import type { DatabaseSync } from "node:sqlite";
import { isLoomError, setUp } from "../../../core/errors.ts";
import type { Lease, Store, Stores } from "../../../core/ports/store.ts";
import { explained } from "../files/errors.ts";
import { hostFileReader } from "../files/reader.ts";
import { hostFileWriter } from "../files/writer.ts";
import { sqliteApprovals } from "./approvals.ts";
import { sqliteAudit } from "./audit.ts";
import { sqliteDigests, sqliteMemos, sqliteReceipts } from "./caches.ts";
import { sqliteChanges } from "./changes.ts";
import { durableTransactions } from "./durable.ts";
import { sqliteJournal } from "./journal.ts";
import { sqliteLeases, verifyLease } from "./leases.ts";
import { folderObjects } from "./objects.ts";
import { makeStateFolder, openForReading, openForWriting } from "./open.ts";
import { type ProjectLimits, projectOf, userFolderOf } from "./project.ts";
import { notedProjects, noteProject } from "./projects.ts";
import { Statements } from "./statements.ts";

/** Stores in `<project>/.loom/`: a SQLite database and files beside it. */
export function hostStores(limits: ProjectLimits = {}): Stores {
  return {
    projectOf: (path) => projectOf(path, limits),
    open: (project, onNotice) => {
      const folder = makeStateFolder(project);
      return toStore(openForWriting(`${folder}/loom.db`, onNotice), folder);
    },
    openReadOnly: (project) => openFolder(`${project}/.loom`),
    openUser: (onNotice) => {
      const folder = userFolder(limits);
      hostFileWriter.makeDirectory(folder);
      return toStore(openForWriting(`${folder}/loom.db`, onNotice), folder);
    },
    openUserReadOnly: () => openFolder(userFolder(limits)),
    noteProject: (project) => noteProject(project, limits),
    projects: () => notedProjects(limits),
  };
}

function openFolder(folder: string): Store | undefined {
  const database = openForReading(`${folder}/loom.db`);
  return database && toStore(database, folder);
}

/** @throws {LoomError} `no-home`. */
function userFolder(limits: ProjectLimits): string {
  const folder = userFolderOf(limits);
  if (folder !== undefined) return folder;
  throw setUp("no-home", "Cannot tell where your own state is kept: HOME is not set", "set HOME, or LOOM_HOME");
}

function toStore(database: DatabaseSync, folder: string): Store {
  const statements = new Statements(database, `${folder}/loom.db`);
  const transaction = transactions(statements);
  const durably = durableTransactions(statements, transaction);
  let madeLogFolder: string | undefined;
  return {
    journal: sqliteJournal(statements),
    memos: sqliteMemos(statements),
    digests: sqliteDigests(statements),
    leases: sqliteLeases(statements, transaction),
    receipts: sqliteReceipts(statements),
    objects: folderObjects(`${folder}/objects`),
    changes: sqliteChanges(statements),
    audit: sqliteAudit(statements, durably),
    approvals: sqliteApprovals(statements, durably),
    logFolder: (run) => {
      const path = `${folder}/logs/${run}`;
      if (path !== madeLogFolder) hostFileWriter.makeDirectory(path);
      return madeLogFolder = path;
    },
    hasLostHistory: () => hostFileReader.list(folder).some(({ name }) => name.startsWith("loom.db.corrupt-")),
    transaction,
    compact: () => compact(statements),
    close: () => explained("close", `${folder}/loom.db`, () => database.close()),
  };
}

function compact(statements: Statements): boolean {
  try {
    statements.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    return true;
  } catch (error) {
    // Somebody reads or writes; the room is used by what they write next. On a full disk there is no room to tidy up in.
    if (isLoomError(error) && (error.code === "busy" || error.code === "disk-full")) return false;
    throw error;
  }
}

/** All or nothing; one inside another belongs to the outer. The fence is checked under the same lock as the writes. */
function transactions(statements: Statements): Store["transaction"] {
  let open = false;
  return <T>(work: () => T, lease?: Lease): T => {
    if (open) return fenced(work, lease);
    statements.run("BEGIN IMMEDIATE");
    open = true;
    try {
      const result = fenced(work, lease);
      statements.run("COMMIT");
      return result;
    } catch (error) {
      rollBack(error);
      throw error;
    } finally {
      open = false;
    }
  };

  function fenced<T>(work: () => T, lease?: Lease): T {
    if (lease !== undefined) verifyLease(statements, lease);
    return work();
  }

  /** SQLite has sometimes rolled back already (a full disk): then there is nothing left to do. */
  function rollBack(because: unknown): void {
    try {
      statements.exec("ROLLBACK");
    } catch (error) {
      if (!/no transaction is active/.test(String((error as Error).cause))) throw because;
    }
  }
}
