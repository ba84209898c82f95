/**
 * How long it takes to find out that there is nothing to do.
 *
 * @module
 */

import { inRepository } from "../../_tools/_run.ts";
import { Arena } from "./support/arena.ts";
import { type Entrant, race, runOnce } from "./support/race.ts";
import { budgetForAll, type Finding, grouped, type Row, type Settings } from "./support/row.ts";
import { pipelineFile } from "./support/descriptions.ts";
import { peersAmong, SOURCE_ARGV, type Tool } from "./support/tools.ts";
import { stepsOf, type Workload } from "./support/workload.ts";

/** Beyond this many steps a tool takes minutes to make the outputs, or to see that they are there. */
const MOST_STEPS: Readonly<Record<string, number>> = { snakemake: 1_000, dvc: 100, original: 0 };

/** Milliseconds by number of steps. */
const LIMITS: Readonly<Record<number, number>> = { 1_000: 90, 10_000: 300 };

/** A run in which every step is fresh. */
export const noop: Row = {
  name: "noop",
  about: "a run in which every step is fresh, for 1,000 and 10,000 steps",
  measure: async (settings) => {
    const findings: Finding[] = [];
    for (const count of settings.sizes ?? [1_000, 10_000]) findings.push(await measure(count, settings));
    return findings;
  },
};

function measure(count: number, settings: Settings): Promise<Finding> {
  using arena = new Arena();
  const work: Workload = { kind: "copy", count, python: settings.python };
  const peers = peersAmong(settings.peers, (name) => count <= (MOST_STEPS[name] ?? Infinity));
  const entrants = [...peers, ...settings.ours].map((tool) => finished(tool, work, arena));
  const budgets = count in LIMITS ? budgetForAll(settings.ours, { kind: "limit", max: LIMITS[count] }) : {};
  return Promise.resolve({
    row: "noop",
    what: `${grouped(count)} fresh steps`,
    unit: "ms",
    figures: race([...entrants, floor(work, arena)], settings.rounds),
    budgets,
    note: "make and ninja compare times, doit and loom contents",
  });
}

/** A tool that has done all of it, and has seen once that it has. */
function finished(tool: Tool, work: Workload, arena: Arena): Entrant {
  const cwd = arena.prepare(tool, work);
  const argv = tool.again ?? tool.run;
  runOnce({ argv: tool.run, cwd, env: arena.env });
  runOnce({ argv, cwd, env: arena.env });
  return arena.entrant(tool, argv, { cwd });
}

function floor(work: Workload, arena: Arena): Entrant {
  const cwd = arena.place("floor");
  Deno.mkdirSync(`${cwd}/out`);
  Deno.writeTextFileSync(`${cwd}/pipeline.yml`, pipelineFile(work)["pipeline.yml"]);
  for (const path of ["source.txt", ...stepsOf(work).map((step) => step.output)]) {
    Deno.writeTextFileSync(`${cwd}/${path}`, "measured once\n");
  }
  const program = inRepository("tests/bench/support/floor_read.ts");
  const argv = [...SOURCE_ARGV.slice(0, -1), program, "pipeline.yml", "--stat"];
  return { name: "start, read, stat", role: "floor", argv, cwd, env: arena.env };
}
