/**
 * How many half-written files are taken for finished after `kill -9`.
 *
 * @module
 */

import { Arena } from "./support/arena.ts";
import { runOnce, type Timing } from "./support/race.ts";
import { budgetForAll, type Finding, grouped, type Row, type Settings } from "./support/row.ts";
import { killMarked } from "./support/kill.ts";
import { peersAmong, type Tool } from "./support/tools.ts";
import { stepsOf, type Workload } from "./support/workload.ts";

/** Steps of each trial: two chains, so that two steps are under way at most moments. */
const STEPS = 20;

/** Others hold their state in the same way as one of these, or take minutes for so many starts. */
const WATCHED: ReadonlySet<string> = new Set(["make", "ninja"]);

/** A power cut at a random moment, then a run to the end. */
export const killed: Row = {
  name: "killed",
  about: "half-written outputs trusted after kill -9 at 100 random moments",
  measure: async (settings) => {
    const findings: Finding[] = [];
    for (const trials of settings.sizes ?? [100]) findings.push(await measure(trials, settings));
    return findings;
  },
};

async function measure(trials: number, settings: Settings): Promise<Finding> {
  using arena = new Arena();
  const work: Workload = { kind: "slow", count: STEPS, python: settings.python };
  const peers = peersAmong(settings.peers, (name) => WATCHED.has(name));
  const figures: Timing[] = [];
  for (const tool of [...peers, ...settings.ours]) {
    const wrong = await falseFresh(tool, work, { arena, trials });
    figures.push({ name: tool.name, role: tool.role, median: wrong, samples: [wrong] });
  }
  return {
    row: "killed",
    what: `kill -9 of everything at ${grouped(trials)} random moments, then a run to the end`,
    unit: "steps",
    figures,
    budgets: budgetForAll(settings.ours, { kind: "limit", max: 0 }),
    note: "steps whose half-written output was taken for finished, over all moments",
  };
}

async function falseFresh(
  tool: Tool,
  work: Workload,
  { arena, trials }: { readonly arena: Arena; readonly trials: number },
): Promise<number> {
  const cwd = arena.prepare(tool, work);
  const random = randomFrom(trials);
  const wholeMs = timed(() => runOnce({ argv: tool.run, cwd, env: arena.env }));
  let wrong = 0;
  for (let trial = 0; trial < trials; trial++) {
    arena.forget(tool, cwd);
    await runAndKill(tool, { cwd, env: arena.env, afterMs: random() * wholeMs });
    runOnce({ argv: tool.again ?? tool.run, cwd, env: arena.env });
    wrong += stepsOf(work).filter((step) => !Deno.readTextFileSync(`${cwd}/${step.output}`).includes("second")).length;
  }
  return wrong;
}

async function runAndKill(
  tool: Tool,
  { cwd, env, afterMs }: { readonly cwd: string; readonly env: Arena["env"]; readonly afterMs: number },
): Promise<void> {
  const [program, ...args] = tool.run;
  const mark = crypto.randomUUID();
  const marked = { ...env, LOOM_BENCH_TRIAL: mark };
  const options = { args, cwd, env: marked, clearEnv: true, stdin: "null", stdout: "null", stderr: "null" } as const;
  const child = new Deno.Command(program, options).spawn();
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  killMarked(mark);
  await child.status;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** The same moments in every run: the lowest bits of a linear congruential generator are left out. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}
