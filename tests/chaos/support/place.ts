import { postgresStore, sqliteStore, type Store } from "@loom/loom";

/** Where runs are kept. */
export interface Place {
  /** Where the bank is, and the database unless it is elsewhere. */
  readonly folder: string;
  readonly durability?: "full" | "process";
  readonly postgres?: { readonly address: string; readonly schema: string };
}

/** Opens the store of a place. */
export function storeAt({ folder, durability = "full", postgres }: Place): Store {
  if (postgres !== undefined) return postgresStore(postgres.address, { schema: postgres.schema, max: 4 });
  return sqliteStore(`${folder}/loop.db`, { durability });
}
