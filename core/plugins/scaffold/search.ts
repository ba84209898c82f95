import type { PortFiles } from "./port_files.ts";

/** A search that tries a list. */
export function searchFiles(name: string): PortFiles {
  return { plugin: PLUGIN.replaceAll("NAME", name), test: TEST.replaceAll("NAME", name) };
}

const PLUGIN = `import { definePlugin } from "@loom/loom";

interface Task {
  readonly experiment_id: string;
  readonly tenant: string;
}

interface Executed {
  readonly term_out: readonly string[];
  readonly exc_type: string | null;
}

type Execute = (code: string, reset: boolean, context: { signal: AbortSignal; node_id: string }) => Promise<Executed>;

interface Context {
  readonly maximize?: boolean;
  readonly target?: number;
  readonly patience?: number;
  readonly owned_by?: string;
}

/** What is tried, in order. A real search asks a model: context.complete(request). */
const candidates = [0.5, 0.6, 0.7, 0.8, 0.9].map((value) => \`print("LOOM_METRIC accuracy=\${value}")\`);

/** What the program reported about itself; null if it failed or said nothing. */
function metricOf({ term_out, exc_type }: Executed): number | null {
  const found = /^LOOM_METRIC \\S+=(-?[\\d.]+(?:e[-+]?\\d+)?)\\s*$/m.exec(term_out.join(""));
  return exc_type !== null || found === null ? null : Number(found[1]);
}

async function run(
  task: Task,
  execute: Execute,
  on: (event: object) => unknown,
  budget: { readonly steps: number },
  signal: AbortSignal,
  { maximize = true, target, patience = Infinity, owned_by = "private" }: Context = {},
) {
  const best: { code: string | null; metric: number | null } = { code: null, metric: null };
  const isBetter = (a: number, b: number) => maximize ? a > b : a < b;
  let [node_count, sinceBest, stopped_by] = [0, 0, candidates.length < budget.steps ? "exhausted" : "steps"];
  await on({ type: "started", steps: budget.steps, maximize });
  for (const code of candidates.slice(0, budget.steps)) {
    if (signal.aborted) {
      stopped_by = "cancel";
      break;
    }
    const node_id = String(node_count + 1).padStart(32, "0");
    await on({ type: "node_started", node_id, parent_id: null, stage: "draft", reason: "the next of the list" });
    const done = await execute(code, true, { signal, node_id }).catch((error) => {
      if (!signal.aborted) throw error;
    });
    if (done === undefined) {
      stopped_by = "cancel";
      break;
    }
    node_count++;
    const metric = metricOf(done);
    const isBest = metric !== null && (best.metric === null || isBetter(metric, best.metric));
    if (isBest) Object.assign(best, { code, metric });
    sinceBest = isBest || metric === null ? 0 : sinceBest + 1;
    const node = {
      experiment_id: task.experiment_id,
      node_id,
      parent_id: null,
      stage: "draft",
      code,
      term_out: done.term_out,
      exc_type: done.exc_type,
      metric,
      judge_summary: metric === null ? "It reported no metric" : \`It reported \${metric}\`,
      model: null,
      tokens: null,
      tenant: task.tenant,
      owned_by,
      ts: new Date().toISOString(),
    };
    await on({ type: "node_finished", node, best: isBest });
    if (best.metric !== null && target !== undefined && !isBetter(target, best.metric)) {
      stopped_by = "target";
      break;
    }
    if (sinceBest >= patience) {
      stopped_by = "patience";
      break;
    }
  }
  await on({ type: "finished", stopped_by, node_count });
  const usage = { input: 0, output: 0, cache_read: 0, cache_write: 0, llm_calls: 0, usd: 0 };
  const found = { best_code: best.code, best_metric: best.metric, journal_path: null, tree_path: null };
  return { ...found, node_count, maximize, stopped_by, usage };
}

export default definePlugin({
  name: "NAME",
  version: "0.1.0",
  description: "Tries a list of programs",
  api: 1,
  permissions: {},
  provides: { search: { "NAME": { name: "NAME", run } } },
});
`;

const TEST = `import { equal } from "node:assert/strict";
import plugin from "./mod.ts";

Deno.test("NAME finds the best of its list", async () => {
  const { run } = plugin.provides.search["NAME"];
  const execute = (code: string) => {
    const said = /"(.*)"/.exec(code)![1];
    return Promise.resolve({ term_out: [\`\${said}\\n\`], exc_type: null });
  };
  const task = { experiment_id: "e", tenant: "default" };
  const { best_metric } = await run(task, execute, () => {}, { steps: 3 }, new AbortController().signal);
  equal(best_metric, 0.7);
});
`;
