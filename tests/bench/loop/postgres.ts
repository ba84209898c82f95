/**
 * Loops kept in Postgres, beside DBOS on the same server.
 *
 * @module
 */

import { postgresStore } from "../../../mod.ts";
import { startPostgres } from "../../support/postgres.ts";
import { grouped, type Row } from "../support/row.ts";
import { SMALL } from "./full.ts";
import { contest, timingsOf } from "./support/contest.ts";
import { Ground } from "./support/ground.ts";
import { nodePeer, setUpNodePeers } from "./support/node_peers.ts";
import { OURS, ours } from "./support/ours.ts";

const STEPS = 1_000;
const DBOS = "DBOS";

/** The same server for all, with its own settings. */
export const loopPostgres: Row = {
  name: "loop-postgres",
  about: "a loop kept in Postgres, beside DBOS on the same server",
  measure: async (settings) => {
    const steps = settings.sizes?.[0] ?? STEPS;
    using ground = new Ground(SMALL);
    await using server = await startPostgres();
    const given = () => ({ url: server.address, steps });
    const isAsked = settings.peers.includes("dbos");
    if (isAsked) await setUpNodePeers();
    const peers = [
      nodePeer(ground, { name: DBOS, role: "peer", program: "dbos.cjs", given }),
      nodePeer(ground, { name: "Postgres insert", role: "floor", program: "postgres_insert.cjs", given }),
    ];
    const store = postgresStore(server.address);
    const contested = await contest([...isAsked ? peers : [], ours(ground, { steps, store })], settings.rounds);
    await store.close();
    return [{
      row: "loop-postgres",
      what: `${grouped(steps)} steps, 1 KB of state, in Postgres`,
      unit: "µs",
      figures: timingsOf(contested, "micros"),
      budgets: { [OURS]: { kind: "ratio", to: DBOS, max: 0.5 } },
    }];
  },
};
