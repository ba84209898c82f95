import {
  deepStrictEqual as deepEqual,
  doesNotMatch,
  match,
  rejects,
  strictEqual as equal,
  throws,
} from "node:assert/strict";
import { inspect } from "node:util";
import postgres from "postgres";
import { postgresStore } from "../../plugins/host/loops/mod.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { begun, ownerOf, runRow, stepRow } from "./loop_rows.ts";
import { loopStoreContract } from "./loop_store_contract.ts";

let server: PostgresServer;
let schemas = 0;
Deno.test.beforeAll(async () => {
  server = await startPostgres();
});
Deno.test.afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

loopStoreContract("postgresStore()", () => {
  const schema = `s${++schemas}`;
  const stores = [postgresStore(server.address, { schema })];
  const another = () => {
    stores.push(postgresStore(server.address, { schema, max: 3 }));
    return Promise.resolve(stores[stores.length - 1]);
  };
  const close = () => Promise.all(stores.map((store) => store.close()));
  return Promise.resolve({ store: stores[0], another, close });
});

/** With a store of its own, closed at the end. */
async function withStore(
  body: (store: ReturnType<typeof postgresStore>, schema: string) => Promise<void>,
  address = server.address,
): Promise<void> {
  const schema = `Odd "name" ${++schemas}`;
  const store = postgresStore(address, { schema });
  try {
    await body(store, schema);
  } finally {
    await store.close();
  }
}

async function asked(sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = postgres(server.address, { max: 1 });
  try {
    return await client.unsafe(sql);
  } finally {
    await client.end();
  }
}

const terminate = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity";

Deno.test("postgresStore() shows its address without the password, in errors too", async () => {
  const { password } = server;
  const wrong = new URL(server.address);
  wrong.password = `${password}-wrong`;
  const store = postgresStore(wrong.href);
  match(store.place, /^postgres:\/\/loom@127\.0\.0\.1:\d+\/postgres \(schema loom\)$/);
  await rejects(async () => await store.getRun("r"), (error: Error & { code: string }) => {
    equal(error.code, "not-permitted");
    doesNotMatch(inspect(error, { depth: 9, showHidden: true }), new RegExp(password));
    return true;
  });
  await store.close();
  throws(() => postgresStore(`${password} no address`), (error: Error) => {
    doesNotMatch(inspect(error), new RegExp(password));
    return true;
  });
});

Deno.test("postgresStore() says when nobody answers, and tries again when it is asked again", async () => {
  const store = postgresStore("postgres://loom@127.0.0.1:1/loom");
  for (const _ of [1, 2]) {
    await rejects(async () => await store.getRun("r"), { code: "store-unreachable", retryable: true });
  }
  await store.close();
});

Deno.test("postgresStore() makes its tables once, however many begin at the same time", async () => {
  const schema = `s${++schemas}`;
  const stores = Array.from({ length: 6 }, () => postgresStore(server.address, { schema, max: 1 }));
  deepEqual(await Promise.all(stores.map(async (store) => await store.listRuns({}))), [[], [], [], [], [], []]);
  await Promise.all(stores.map((store) => store.close()));
});

Deno.test("postgresStore() refuses tables of a newer loom", async () => {
  await withStore(async (store, schema) => {
    await store.listRuns({});
    await asked(`UPDATE "${schema.replaceAll('"', '""')}".loom_schema SET version = 999`);
    const again = postgresStore(server.address, { schema });
    await rejects(async () => await again.listRuns({}), { code: "store-too-new", message: /schema 999/ });
    await again.close();
  });
});

Deno.test("postgresStore() goes on with a new connection when the server has dropped the old one", async () => {
  await withStore(async (store) => {
    const lease = await begun(store);
    await asked(`${terminate} WHERE application_name = 'postgres.js' AND pid <> pg_backend_pid()`);
    await store.commit({ leases: [lease], steps: [stepRow("r", 0)] });
    deepEqual(await store.steps("r"), [stepRow("r", 0)]);
  });
});

Deno.test("postgresStore() does once more what broke off before it was to be kept", async () => {
  await withStore(async (store, schema) => {
    const lease = await begun(store);
    const event = { run: "r", seq: 1, type: "run.started", data: "{}", at: 1 };
    let committed: Promise<void> | undefined;
    const other = postgres(server.address, { max: 1 });
    await other.begin(async (holding) => {
      await holding.unsafe(`SELECT * FROM "${schema.replaceAll('"', '""')}".leases FOR UPDATE`);
      committed = Promise.resolve(store.commit({ leases: [lease], steps: [stepRow("r", 0)], events: [event] }));
      while ((await asked(`${terminate} WHERE wait_event_type = 'Lock'`)).length === 0) continue;
    });
    await committed;
    await other.end();
    deepEqual(await store.steps("r"), [stepRow("r", 0)]);
    deepEqual(await store.events("r"), [event]);
  });
});

Deno.test("postgresStore() answers more at once than it has connections", async () => {
  await withStore(async (store) => {
    const ids = Array.from({ length: 40 }, (_, index) => `r${index}`);
    await Promise.all(ids.map((id) => store.createRun(runRow(id), {}, ownerOf(1))));
    equal((await store.listRuns({})).length, 40);
  });
});
