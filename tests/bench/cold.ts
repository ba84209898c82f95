/**
 * How much a tool adds to the steps themselves: many small copies, and fewer scripts in Python.
 *
 * @module
 */

import { Arena } from "./support/arena.ts";
import { type Entrant, race } from "./support/race.ts";
import { type Budget, budgetForAll, type Finding, grouped, type Row, type Settings } from "./support/row.ts";
import { peersAmong, WORKERS } from "./support/tools.ts";
import { commandOf, FILES, SOURCE, stepsOf, type Workload } from "./support/workload.ts";

/** A cold run of copies. */
export const copies: Row = {
  name: "copies",
  about: "1,000 cp steps from nothing, 2 workers",
  measure: (settings) => each(settings, { kind: "copy", counts: [1_000], without: ["dvc"], most: 1.2 }),
};

/** A cold run of Python scripts. */
export const scripts: Row = {
  name: "scripts",
  about: "100 Python steps from nothing, 2 workers",
  measure: (settings) => each(settings, { kind: "python", counts: [100], without: [], most: 1.1 }),
};

interface Cold {
  readonly kind: "copy" | "python";
  readonly counts: readonly number[];
  /** Peers that would take minutes. */
  readonly without: readonly string[];
  /** How many times make's time ours may take. */
  readonly most: number;
}

function each(settings: Settings, cold: Cold): Promise<readonly Finding[]> {
  return Promise.resolve((settings.sizes ?? cold.counts).map((count) => measure(count, cold, settings)));
}

function measure(count: number, { kind, without, most }: Cold, settings: Settings): Finding {
  using arena = new Arena();
  const work: Workload = { kind, count, python: settings.python };
  const peers = peersAmong(settings.peers, (name) => !without.includes(name));
  const able = peers.filter((tool) => tool.kinds?.includes(kind) ?? true);
  const entrants = [...able, ...settings.ours].map((tool) => {
    const cwd = arena.prepare(tool, work);
    return arena.entrant(tool, tool.run, { cwd, before: () => arena.forget(tool, cwd) });
  });
  const budget: Budget = { kind: "ratio", to: "make", max: most };
  return {
    row: kind === "copy" ? "copies" : "scripts",
    what: `${grouped(count)} ${kind === "copy" ? "cp" : "Python"} steps, ${WORKERS} workers`,
    unit: "ms",
    figures: race([...entrants, floor(work, arena)], settings.rounds),
    budgets: budgetForAll(settings.ours, budget),
    note: kind === "python" ? "dvc runs one at a time; the original starts its own, equal interpreter" : undefined,
  };
}

/** The same commands with nobody watching: xargs starts them, each from the source. */
function floor(work: Workload, arena: Arena): Entrant {
  const cwd = arena.place("floor");
  for (const [name, text] of Object.entries(FILES)) Deno.writeTextFileSync(`${cwd}/${name}`, text);
  Deno.mkdirSync(`${cwd}/out`);
  const lines = stepsOf(work).map(({ output }) => commandOf(work, SOURCE, output).slice(1).join(" "));
  Deno.writeTextFileSync(`${cwd}/lines`, `${lines.join("\n")}\n`);
  const [program] = commandOf(work, "", "");
  const argv = ["xargs", "-a", "lines", "-P", `${WORKERS}`, "-L", "1", program];
  return { name: "xargs", role: "floor", argv, cwd, env: arena.env };
}
