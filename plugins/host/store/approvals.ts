import type { Approvals } from "../../../core/ports/audit.ts";
import { hostFileDigester } from "../files/digester.ts";
import type { Durable } from "./durable.ts";
import type { Statements } from "./statements.ts";

/** Approvals in SQLite. Of a token only the digest is kept: who reads the database can approve nothing with it. */
export function sqliteApprovals(statements: Statements, durably: Durable): Approvals {
  return {
    put: ({ token, binding, origin, expiresMs }, nowMs) =>
      durably(() => {
        statements.run("DELETE FROM approvals WHERE expires_at <= ?", nowMs);
        const sql =
          `INSERT INTO approvals (token_hash, binding, origin, granted_at, expires_at) VALUES (?, ?, ?, ?, ?)`;
        statements.run(sql, hostFileDigester.digestText(token), binding, origin, nowMs, expiresMs);
      }),
    // On the disk before it is used: a power cut must not bring it back.
    use: ({ token, binding }, nowMs) =>
      durably(() => {
        const sql = "DELETE FROM approvals WHERE token_hash = ? AND binding = ? AND expires_at > ?";
        return statements.run(sql, hostFileDigester.digestText(token), binding, nowMs) === 1;
      }),
  };
}
