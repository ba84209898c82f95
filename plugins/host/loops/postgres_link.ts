import type { Sql } from "postgres";
import { postgresError } from "./postgres_errors.ts";

/** Connections to one server. */
export type Client = Sql<{ bigint: number }>;

/** A client that is opened when it is needed, and again after it broke. */
export interface Link {
  /**
   * Does a job, and once more if the connection broke before the job said that it was `sealed`: until a transaction is
   * asked to commit, the server keeps nothing of it.
   */
  use<T>(job: (client: Client, sealed: () => void) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** How long what is in flight may go on when a client is given up. */
const endSeconds = 2;

/** Failures are LoomErrors of {@linkcode postgresError}. */
export function linked(open: () => Promise<Client>, place: string): Link {
  let current: Promise<Client> | undefined;
  const endings = new Set<Promise<void>>();

  async function once<T>(job: (client: Client) => Promise<T>): Promise<T> {
    const opening = current ??= open();
    try {
      return await job(await opening);
    } catch (cause) {
      const error = postgresError(place, cause);
      // A client hands out the error of a connection that broke once more, to whoever asks next: it is given up whole.
      if (error.code === "store-unreachable" || !await succeeded(opening)) giveUp(opening);
      throw error;
    }
  }

  function giveUp(opening: Promise<Client>): void {
    if (current !== opening) return;
    current = undefined;
    // One that could not be opened has nothing to end; `once` has thrown why.
    const ending = opening.then((client) => client.end({ timeout: endSeconds }), () => {});
    endings.add(ending);
    void ending.finally(() => endings.delete(ending));
  }

  return {
    use: async (job) => {
      let isSealed = false;
      const seal = () => {
        isSealed = true;
      };
      try {
        return await once((client) => job(client, seal));
      } catch (error) {
        if (isSealed || (error as { code?: unknown }).code !== "store-unreachable") throw error;
        return await once((client) => job(client, seal));
      }
    },
    close: async () => {
      if (current !== undefined) giveUp(current);
      await Promise.all(endings);
    },
  };
}

function succeeded(opening: Promise<unknown>): Promise<boolean> {
  return opening.then(() => true, () => false);
}
