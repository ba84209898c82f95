/**
 * How long it takes to know what would be done.
 *
 * @module
 */

import { inRepository } from "../../_tools/_run.ts";
import { Arena } from "./support/arena.ts";
import { pipelineFile } from "./support/descriptions.ts";
import { type Entrant, race, type Timing } from "./support/race.ts";
import { type Budget, budgetForAll, type Finding, grouped, type Row, type Settings } from "./support/row.ts";
import { peersAmong, SOURCE_ARGV, type Tool } from "./support/tools.ts";
import type { Workload } from "./support/workload.ts";

/** Steps beyond which a tool takes minutes. */
const MOST_STEPS: Readonly<Record<string, number>> = { original: 10_000, snakemake: 10_000 };

/** Steps and milliseconds of the first budget; ten times as many steps may take ten times as long. */
const LIMIT = { count: 10_000, ms: 300 };

/** A dry run of steps that are all pending. */
export const plan: Row = {
  name: "plan",
  about: "a dry run of 10,000 and 100,000 pending steps",
  measure: (settings) => {
    const findings: Finding[] = [];
    for (const count of settings.sizes ?? [10_000, 100_000]) findings.push(measure(count, settings, findings));
    return Promise.resolve(findings);
  },
};

function measure(count: number, settings: Settings, before: readonly Finding[]): Finding {
  using arena = new Arena();
  // The original runs Python scripts only.
  const work: Workload = { kind: "python", count, python: settings.python };
  const peers = peersAmong(settings.peers, (name) => count <= (MOST_STEPS[name] ?? Infinity));
  const able = [...peers, ...settings.ours].filter((tool) => tool.plan !== undefined);
  const entrants = able.map((tool) => arena.entrant(tool, tool.plan!, { cwd: arena.prepare(tool, work) }));

  return {
    row: "plan",
    what: `${grouped(count)} pending steps`,
    unit: "ms",
    figures: race([...entrants, floor(work, arena)], settings.rounds),
    budgets: budgetsOf(count, settings.ours, before[0]?.figures),
  };
}

function budgetsOf(
  count: number,
  ours: readonly Tool[],
  smaller: readonly Timing[] | undefined,
): Readonly<Record<string, Budget>> {
  if (count === LIMIT.count) return budgetForAll(ours, { kind: "limit", max: LIMIT.ms });
  if (smaller === undefined || count !== 10 * LIMIT.count) return {};
  const tenfold = (name: string) => 10 * smaller.find((figure) => figure.name === name)!.median;
  return Object.fromEntries(ours.map(({ name }) => [name, { kind: "limit", max: tenfold(name) }]));
}

/** Start and read the YAML: what the text of the file costs alone. */
function floor(work: Workload, arena: Arena): Entrant {
  const cwd = arena.place("floor");
  for (const [name, text] of Object.entries(pipelineFile(work))) Deno.writeTextFileSync(`${cwd}/${name}`, text);
  const program = inRepository("tests/bench/support/floor_read.ts");
  const argv = [...SOURCE_ARGV.slice(0, -1), program, "pipeline.yml"];
  return { name: "start, read", role: "floor", argv, cwd, env: arena.env };
}
