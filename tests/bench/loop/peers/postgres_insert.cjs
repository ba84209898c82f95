/**
 * The least that keeping a step in Postgres takes: one insert of the state, one commit.
 *
 * Takes one JSON argument `{url, state, steps}` and prints `{micros}` per insert.
 */
const { readFileSync } = require("node:fs");
const { Client } = require("pg");

const { url, state, steps } = JSON.parse(process.argv[2]);
const body = readFileSync(state, "utf8");

async function insert(client, count) {
  const start = performance.now();
  for (let left = count; left > 0; left--) {
    await client.query({ name: "insert", text: "INSERT INTO floor (body) VALUES ($1)", values: [body] });
  }
  return (performance.now() - start) * 1_000 / count;
}

async function main() {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("CREATE TABLE IF NOT EXISTS floor (id bigserial PRIMARY KEY, body text NOT NULL)");
  await insert(client, Math.ceil(steps / 10));
  const micros = await insert(client, steps);
  await client.end();
  console.log(JSON.stringify({ micros }));
}

main();
