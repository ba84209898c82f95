/**
 * What every search keeps to.
 *
 * @module
 */

import type { SearchProvider } from "../../ports/search.ts";
import type { ContractCase } from "./case.ts";
import { broken, holds, keepsSecrets, same } from "./expect.ts";
import { metricOf, play, type Seen } from "./search_stage.ts";

type Case = ContractCase<SearchProvider>;

const MIXED = [0.2, 0.9, "fails", 0.5, 0.7] as const;

const spending: readonly Case[] = [
  {
    name: "run() executes code, and gives a result",
    async run(subject, tools) {
      const { executed, result } = await play(await subject(), { fates: [0.5] }, tools);
      holds(executed.length > 0, "run() executed nothing, though it had five steps");
      holds(result.best_code !== null, "run() found nothing, though a candidate worked");
    },
  },
  ...[1, 3].map((steps): Case => ({
    name: `run() makes at most ${steps} node(s) when the budget has ${steps} step(s)`,
    async run(subject, tools) {
      const { executed, nodes } = await play(await subject(), { fates: MIXED, steps }, tools);
      holds(nodes.length <= steps, `run() made ${nodes.length} nodes in ${steps} steps`);
      holds(executed.length <= steps, `run() executed ${executed.length} times in ${steps} steps`);
    },
  })),
  {
    name: "run() executes nothing when the signal has aborted before",
    async run(subject, tools) {
      const { executed, result } = await play(await subject(), { fates: MIXED, before: (_, it) => it.abort() }, tools);
      same(executed.length, 0, "Executions after the abort");
      same([result.stopped_by, result.best_code], ["cancel", null], "What was stopped by, and found");
    },
  },
  {
    name: "run() stops when the signal aborts, and gives what it has",
    async run(subject, tools) {
      let executions = 0;
      const before = (execution: number, controller: AbortController) => {
        executions = execution;
        if (execution === 2) controller.abort();
      };
      const { result, nodes } = await play(await subject(), { fates: [0.9], before }, tools);
      if (executions < 2) return same(result.node_count, executions, "Nodes of a search that ended by itself");
      same(executions, 2, "Executions that were begun");
      holds(nodes.length <= 2, `run() told of ${nodes.length} nodes, the second being called off`);
      same([result.stopped_by, result.best_metric], ["cancel", 0.9], "What it was stopped by, and the best so far");
    },
  },
];

const finding: readonly Case[] = [true, false].map((maximize): Case => ({
  name: `run() finds the best of what it executed when ${maximize ? "more" : "less"} is better`,
  async run(subject, tools) {
    const seen = await play(await subject(), { fates: MIXED, context: { maximize } }, tools);
    const metrics = seen.executed.flatMap(({ result }) => metricOf(result) ?? []);
    const best = maximize ? Math.max(...metrics) : Math.min(...metrics);
    same([seen.result.maximize, seen.result.best_metric], [maximize, best], "Direction and best metric");
    const codes = seen.executed.filter(({ result }) => metricOf(result) === best).map(({ code }) => code);
    holds(codes.includes(seen.result.best_code ?? ""), "best_code is not the code that reached best_metric");
  },
}));

const failing: readonly Case[] = [
  {
    name: "run() takes a whole number for a metric as it takes any other",
    async run(subject, tools) {
      const { result } = await play(await subject(), { fates: [1] }, tools);
      same(result.best_metric, 1, "The metric of a perfect candidate");
    },
  },
  {
    name: "run() records candidates that fail, and goes on",
    async run(subject, tools) {
      const { nodes, result } = await play(await subject(), { fates: ["fails", 0.5] }, tools);
      same(nodes.at(0)?.exc_type, "ValueError", "The exception of the first node");
      same(nodes.at(0)?.metric, null, "The metric of a candidate that failed");
      holds(nodes.length > 1 || result.stopped_by === "exhausted", "run() ended with the first candidate that failed");
    },
  },
  {
    name: "run() presents no candidate as the best when none worked",
    async run(subject, tools) {
      const { result } = await play(await subject(), { fates: ["fails"] }, tools);
      same([result.best_code, result.best_metric], [null, null], "What was found");
    },
  },
  {
    name: "run() does not take a broken executor for a broken candidate",
    async run(subject, tools) {
      const before = (execution: number) => {
        if (execution > 0) throw new TypeError("The machine is on fire");
      };
      const search = await subject();
      let seen: Seen;
      try {
        seen = await play(search, { fates: [0.5], before }, tools);
      } catch (error) {
        return holds(String(error).includes("on fire"), `The reason was lost: ${error}`);
      }
      same(seen.result.stopped_by, "outage", "What it was stopped by");
    },
  },
];

const telling: readonly Case[] = [
  {
    name: "run() tells of its beginning, of each node twice, and of its end, in this order",
    async run(subject, tools) {
      const { events, result } = await play(await subject(), { fates: MIXED }, tools);
      const told = events.filter(({ type }) => type !== "progress");
      same([told.at(0)?.type, told.at(-1)?.type], ["started", "finished"], "First and last event");
      checkNodeEvents(told.slice(1, -1));
      const last = told.at(-1);
      if (last?.type !== "finished") broken("run() did not tell of its end");
      const { stopped_by, node_count } = result;
      same([last.stopped_by, last.node_count], [stopped_by, node_count], "What the last event and the result say");
    },
  },
  {
    name: "run() counts its nodes as it told of them",
    async run(subject, tools) {
      const { nodes, result, executed } = await play(await subject(), { fates: MIXED }, tools);
      same([result.node_count, nodes.length], [executed.length, executed.length], "Nodes counted and told of");
    },
  },
  {
    name: "run() gives complete records: whose they are, what was executed, what came of it",
    async run(subject, tools) {
      const task = { experiment_id: "e-7", tenant: "acme" };
      const seen = await play(await subject(), { fates: MIXED, task, context: { owned_by: "acme" } }, tools);
      const { nodes, executed } = seen;
      same(new Set(nodes.map((it) => it.node_id)).size, nodes.length, "Distinct ids of nodes");
      for (const node of nodes) {
        same([node.experiment_id, node.tenant, node.owned_by], ["e-7", "acme", "acme"], "Owner of a record");
        const done = executed.find(({ code }) => code === node.code) ??
          broken("A record holds code that was not executed");
        same(
          [node.term_out, node.exc_type],
          [done.result.term_out, done.result.exc_type],
          "What came of a record's code",
        );
        same(node.metric, metricOf(done.result), "Metric of a record");
        same(node.parent_id === null, node.stage === "draft", "A draft has no parent, all others have one");
        holds(node.parent_id === null || nodes.some((it) => it.node_id === node.parent_id), "A parent is not known");
      }
    },
  },
  {
    name: "run() keeps records private unless told otherwise",
    async run(subject, tools) {
      const { nodes } = await play(await subject(), { fates: [0.5] }, tools);
      for (const { owned_by } of nodes) same(owned_by, "private", "Owner of a record");
    },
  },
  {
    name: "run() does the same again, given the same seed and the same answers",
    async run(subject, tools) {
      const codes = async () => {
        const { executed } = await play(await subject(), { fates: MIXED, context: { seed: 7 } }, tools);
        return executed.map(({ code }) => code);
      };
      same(await codes(), await codes(), "Codes that were executed");
    },
  },
  {
    name: "run() gives away no secret",
    async run(subject, tools) {
      keepsSecrets(await play(await subject(), { fates: MIXED }, tools), tools, "What it gave and told of");
    },
  },
];

/** Nodes may overlap; each begins before it ends, and ends once. */
function checkNodeEvents(events: Seen["events"]): void {
  const open = new Set<string>();
  for (const event of events) {
    if (event.type === "node_started") {
      holds(!open.has(event.node_id), `Node ${event.node_id} was started twice`);
      open.add(event.node_id);
    } else if (event.type === "node_finished") {
      holds(open.delete(event.node.node_id), `Node ${event.node.node_id} ended without a beginning`);
    } else broken(`An event ${event.type} stands among the nodes`);
  }
  same([...open], [], "Nodes without an end");
}

/**
 * What every {@linkcode SearchProvider} keeps to.
 *
 * @example A provider of one's own
 * ```ts
 * import { memorySearch, memoryTools, searchSuite, trySuite } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const outcomes = await trySuite(
 *   searchSuite,
 *   () => Promise.resolve(memorySearch({ candidates: ["a", "b", "c"] })),
 *   memoryTools(),
 * );
 * deepEqual(outcomes.filter(({ error }) => error !== undefined), []);
 * ```
 */
export const searchSuite: readonly ContractCase<SearchProvider>[] = [...spending, ...finding, ...failing, ...telling];
