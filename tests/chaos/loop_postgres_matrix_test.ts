/**
 * Loops in PostgreSQL killed at many of the places at which something becomes durable or is paid.
 *
 * @module
 */

import { startPostgres } from "../support/postgres.ts";
import { killEverywhere } from "./support/matrix.ts";

/** Of so many points one, as each takes longer than in a file. */
const EVERY: Readonly<Record<string, number>> = { plain: 1, nested: 4, parallel: 2 };

Deno.test("loops in PostgreSQL killed at many points go on as if they had not been", async (context) => {
  await using server = await startPostgres();
  for (const shape of Object.keys(EVERY)) {
    await context.step(shape, async () => {
      await killEverywhere({
        shape,
        length: 2,
        every: EVERY[shape],
        postgres: { address: server.address, schema: shape },
      });
    });
  }
});
