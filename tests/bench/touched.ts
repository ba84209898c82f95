/**
 * How many steps run again when the source was touched and holds what it held.
 *
 * @module
 */

import { Arena } from "./support/arena.ts";
import { runOnce, type Timing } from "./support/race.ts";
import { budgetForAll, type Finding, grouped, type Row, type Settings } from "./support/row.ts";
import { peersAmong, type Tool } from "./support/tools.ts";
import { SOURCE, stepsOf, type Workload } from "./support/workload.ts";

/** The source touched, its content unchanged. */
export const touched: Row = {
  name: "touched",
  about: "steps run again after the source of 100 steps was touched",
  measure: (settings) => Promise.resolve((settings.sizes ?? [100]).map((count) => measure(count, settings))),
};

function measure(count: number, settings: Settings): Finding {
  using arena = new Arena();
  const work: Workload = { kind: "copy", count, python: settings.python };
  const peers = peersAmong(settings.peers).filter((tool) => tool.skipsFresh ?? true);
  return {
    row: "touched",
    what: `source of ${grouped(count)} fresh steps touched, content unchanged`,
    unit: "steps",
    figures: [...peers, ...settings.ours].map((tool) => runAgain(tool, work, arena)),
    budgets: budgetForAll(settings.ours, { kind: "limit", max: 0 }),
    note: "steps that ran again, seen by their outputs being written again",
  };
}

function runAgain(tool: Tool, work: Workload, arena: Arena): Timing {
  const cwd = arena.prepare(tool, work);
  const { env } = arena;
  runOnce({ argv: tool.run, cwd, env });
  // Long ago, so that a file that is written again shows it on any file system.
  const long = new Date(Date.now() - 3_600_000);
  const paths = stepsOf(work).map(({ output }) => `${cwd}/${output}`);
  Deno.utimeSync(`${cwd}/${SOURCE}`, long, long);
  for (const path of paths) Deno.utimeSync(path, long, long);
  runOnce({ argv: tool.again ?? tool.run, cwd, env });
  const before = paths.map((path) => Deno.statSync(path).mtime!.getTime());
  Deno.utimeSync(`${cwd}/${SOURCE}`, new Date(), new Date());
  runOnce({ argv: tool.again ?? tool.run, cwd, env });
  const count = paths.filter((path, index) => Deno.statSync(path).mtime!.getTime() !== before[index]).length;
  return { name: tool.name, role: tool.role, median: count, samples: [count] };
}
