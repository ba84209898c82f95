import type { DigestRecord, Digests, Memo, Memos, Receipts } from "../../../core/ports/store.ts";
import type { Row, Statements } from "./statements.ts";

/** Freshness records in SQLite. Column names are the record's own, so a row is a record. */
export function sqliteMemos(statements: Statements): Memos {
  return {
    all: (scope) => asRecords<Memo>(statements.all(`${selectMemos} WHERE scope = ?`, scope)),
    put: ({ scope, step, part, state, fingerprint, outputs, run, at }) => {
      const sql = "INSERT OR REPLACE INTO memos (scope, step, part, state, fingerprint, outputs, run, at) " +
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
      statements.run(sql, scope, step, part, state, fingerprint, outputs, run, at);
    },
    remove: (scope, step, part) => {
      statements.run("DELETE FROM memos WHERE scope = ? AND step = ? AND part = ?", scope, step, part);
    },
    runs: () => new Set(statements.all("SELECT DISTINCT run FROM memos").map((row) => String(row.run))),
  };
}

const selectMemos = "SELECT scope, step, part, state, fingerprint, outputs, run, at FROM memos";

/** File digests in SQLite. */
export function sqliteDigests(statements: Statements): Digests {
  return {
    all: () => asRecords<DigestRecord>(statements.all(selectDigests)),
    get: (path) => asRecords<DigestRecord>(statements.all(`${selectDigests} WHERE path = ?`, path))[0],
    put: ({ path, sizeBytes, mtimeMs, ctimeMs, inode, digest, at }) => {
      const sql = "INSERT OR REPLACE INTO digests (path, size_bytes, mtime_ms, ctime_ms, inode, digest, at) " +
        "VALUES (?, ?, ?, ?, ?, ?, ?)";
      statements.run(sql, path, sizeBytes, mtimeMs, ctimeMs, inode, digest, at);
    },
  };
}

/** Receipts in SQLite. */
export function sqliteReceipts(statements: Statements): Receipts {
  return {
    get: (scope, request) =>
      statements.get("SELECT body FROM receipts WHERE scope = ? AND request = ?", scope, request)?.body as
        | string
        | undefined,
    put: (scope, request, body) => {
      statements.run("INSERT OR REPLACE INTO receipts (scope, request, body) VALUES (?, ?, ?)", scope, request, body);
    },
    remove: (scope) => {
      statements.run("DELETE FROM receipts WHERE scope = ?", scope);
    },
  };
}

const selectDigests = `SELECT path, size_bytes AS sizeBytes, mtime_ms AS mtimeMs, ctime_ms AS ctimeMs, inode, digest, at
  FROM digests`;

/** Ten thousand rows are read at every start: they are not copied, only looked at as what the schema says they are. */
function asRecords<T>(rows: readonly Row[]): readonly T[] {
  return rows as unknown as readonly T[];
}
