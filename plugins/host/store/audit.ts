import type { AuditLog, AuditRecord } from "../../../core/ports/audit.ts";
import { hostFileDigester } from "../files/digester.ts";
import type { Durable } from "./durable.ts";
import type { Row, Statements } from "./statements.ts";

const columns = "seq, at AS atMs, body, hash, before";

/** What the first record has in the place of a hash. */
const noRecord = "0".repeat(64);

/** The audit log in SQLite. The lock that is taken before the last record is looked at makes it one chain for all. */
export function sqliteAudit(statements: Statements, durably: Durable): AuditLog {
  return {
    append: (entry, atMs) => {
      const body = JSON.stringify(entry);
      return durably(() => append(statements, body, atMs));
    },
    records: ({ afterSeq = 0, limit = -1 } = {}) => {
      const sql = `SELECT ${columns} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`;
      return statements.all(sql, afterSeq, limit).map(toRecord);
    },
    newest: (limit) => {
      const sql = `SELECT ${columns} FROM audit ORDER BY seq DESC LIMIT ?`;
      return statements.all(sql, limit).map(toRecord).reverse();
    },
  };
}

function append(statements: Statements, body: string, atMs: number): AuditRecord {
  const last = statements.get("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1");
  const [seq, before] = [Number(last?.seq ?? 0) + 1, String(last?.hash ?? noRecord)];
  const hash = hostFileDigester.digestText(`${before}\n${seq}\n${atMs}\n${body}`);
  const sql = "INSERT INTO audit (seq, at, body, hash, before) VALUES (?, ?, ?, ?, ?)";
  statements.run(sql, seq, atMs, body, hash, before);
  return { seq, atMs, body, hash, before };
}

function toRecord(row: Row): AuditRecord {
  return { ...row } as unknown as AuditRecord;
}
