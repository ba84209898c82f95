import { postgresStore } from "../../plugins/host/loops/mod.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { waiting } from "./behaviour/mod.ts";
import { behaves } from "./support/behaviour.ts";

let server: PostgresServer;
let schemas = 0;
Deno.test.beforeAll(async () => {
  server = await startPostgres();
});
Deno.test.afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

behaves("loops in PostgreSQL", () => {
  const store = postgresStore(server.address, { schema: `s${++schemas}`, max: 4 });
  return { store, close: () => store.close() };
}, waiting);
