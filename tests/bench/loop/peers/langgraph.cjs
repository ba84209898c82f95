/**
 * A loop of LangGraph JS with its SQLite saver: one node that runs again until it was run often enough.
 *
 * Takes one JSON argument `{file, state, steps, durability, change}` and prints `{micros, bytes}`, both per step.
 */
const { readFileSync, statSync } = require("node:fs");
const { Annotation, END, START, StateGraph } = require("@langchain/langgraph");
const { SqliteSaver } = require("@langchain/langgraph-checkpoint-sqlite");
const { changed } = require("./changed.cjs");

const { file, state, steps, durability, change } = JSON.parse(process.argv[2]);
const input = JSON.parse(readFileSync(state, "utf8"));

async function perStep(saver, thread, count) {
  let left = count;
  const step = ({ doc }) => {
    left -= 1;
    return { doc: change ? changed(doc) : doc };
  };
  const graph = new StateGraph(Annotation.Root({ doc: Annotation() }))
    .addNode("step", step)
    .addEdge(START, "step")
    .addConditionalEdges("step", () => left > 0 ? "step" : END)
    .compile({ checkpointer: saver });
  const options = { configurable: { thread_id: thread }, recursionLimit: count + 10, durability };
  const start = performance.now();
  await graph.invoke({ doc: input }, options);
  return (performance.now() - start) * 1_000 / count;
}

function sizeOf(saver) {
  saver.db.pragma("wal_checkpoint(TRUNCATE)");
  return statSync(file).size;
}

async function main() {
  const saver = SqliteSaver.fromConnString(file);
  await perStep(saver, "warm", Math.ceil(steps / 10));
  const before = sizeOf(saver);
  const micros = await perStep(saver, "measured", steps);
  console.log(JSON.stringify({ micros, bytes: (sizeOf(saver) - before) / steps }));
}

main();
