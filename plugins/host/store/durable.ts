import type { Statements } from "./statements.ts";

/** Does some work in a transaction of its own, which is on the disk when it returns. */
export type Durable = <T>(work: () => T) => T;

/**
 * Transactions that wait for the disk, for what must not be lost; the others do not. Never inside another one: what is
 * written so must stay, whatever becomes of the work around it.
 *
 * @throws {LoomError} `store-failed` inside a transaction.
 */
export function durableTransactions(statements: Statements, transaction: Durable): Durable {
  return (work) => {
    // Refused by SQLite inside a transaction.
    statements.exec("PRAGMA synchronous = FULL");
    try {
      return transaction(work);
    } finally {
      statements.exec("PRAGMA synchronous = NORMAL");
    }
  };
}
