/**
 * A workflow of DBOS whose steps give back what they were given.
 *
 * Takes one JSON argument `{url, state, steps}` and prints `{micros}` per step.
 */
const { readFileSync } = require("node:fs");
const { DBOS } = require("@dbos-inc/dbos-sdk");

const { url, state, steps } = JSON.parse(process.argv[2]);
const input = JSON.parse(readFileSync(state, "utf8"));

async function repeat(doc, count) {
  for (let left = count; left > 0; left--) doc = await DBOS.runStep(() => Promise.resolve(doc), { name: "step" });
  return doc;
}

async function main() {
  DBOS.setConfig({ name: "bench", systemDatabaseUrl: url, logLevel: "error", runAdminServer: false });
  const workflow = DBOS.registerWorkflow(repeat, { name: "repeat" });
  await DBOS.launch();
  await workflow(input, Math.ceil(steps / 10));
  const start = performance.now();
  await workflow(input, steps);
  const micros = (performance.now() - start) * 1_000 / steps;
  await DBOS.shutdown();
  console.log(JSON.stringify({ micros }));
}

main();
