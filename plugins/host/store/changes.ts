import type { ChangeRecord, Changes } from "../../../core/ports/changes.ts";
import { defined, type Row, type Statements } from "./statements.ts";

const columns = `id, task, at, operation, path, new_path AS newPath, before_ref AS beforeRef, before_mode AS beforeMode,
  after_ref AS afterRef, after_mode AS afterMode, status`;

/** Changes of files in SQLite. */
export function sqliteChanges(statements: Statements): Changes {
  return {
    add: (change) => add(statements, change),
    setStatus: (id, status) => {
      statements.run("UPDATE changes SET status = ? WHERE id = ?", status, id);
    },
    list: ({ id, task, limit } = {}) => {
      const sql = `SELECT ${columns} FROM changes WHERE (?1 IS NULL OR id = ?1) AND (?2 IS NULL OR task = ?2)
        ORDER BY id DESC LIMIT ?3`;
      return statements.all(sql, id, task, limit ?? -1).map(toRecord);
    },
  };
}

function add(statements: Statements, change: Omit<ChangeRecord, "id">): number {
  const sql = `INSERT INTO changes
    (task, at, operation, path, new_path, before_ref, before_mode, after_ref, after_mode, status)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`;
  const { task, at, operation, path, newPath, beforeRef, beforeMode, afterRef, afterMode, status } = change;
  const values = [task, at, operation, path, newPath, beforeRef, beforeMode, afterRef, afterMode, status];
  return Number(statements.get(sql, ...values)?.id);
}

function toRecord(row: Row): ChangeRecord {
  return defined({ ...row }) as unknown as ChangeRecord;
}
