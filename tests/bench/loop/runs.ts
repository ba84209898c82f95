/**
 * How long it takes to list the runs of a large database.
 *
 * @module
 */

import { must } from "../../../_tools/_run.ts";
import { Arena } from "../support/arena.ts";
import { emptyPrograms } from "../support/empty.ts";
import { venvProgram } from "../support/peers.ts";
import { type Entrant, race, runOnce } from "../support/race.ts";
import { type Finding, grouped, type Row, type Settings } from "../support/row.ts";
import { BINARY_ARGV, SOURCE_ARGV } from "../support/tools.ts";
import { fill, type Filling } from "./support/filled.ts";
import { peerFile } from "./support/node_peers.ts";

const RUNS = 5_000;
const STEPS = 50;
const MAX_MS = 80;

const FLOORS: Readonly<Record<string, string>> = { "loom (source)": "empty script", "loom (binary)": "empty binary" };

/** The list, beyond the start of a program that does nothing. */
export const loopRuns: Row = {
  name: "loop-runs",
  about: "loom runs over 5,000 runs of 50 steps",
  measure: async (settings) => {
    using arena = new Arena();
    const filling = { runs: settings.sizes?.[0] ?? RUNS, steps: STEPS };
    const database = `${arena.folder}/loops.db`;
    await fill(database, filling);
    const peers = settings.peers.includes("loomc") ? [await original(arena, filling)] : [];
    const empty = await emptyPrograms();
    const floors = [floor(arena, "empty script", empty.source), floor(arena, "empty binary", [empty.binary])];
    const about = `${grouped(filling.runs)} runs of ${STEPS} steps`;
    const whole = ours(settings, arena, ["runs", "--db", database, "--limit", `${filling.runs}`]);
    for (const entrant of whole) check(entrant, filling.runs);
    return [
      finding(settings, `the newest of ${about}`, [...floors, ...ours(settings, arena, ["runs", "--db", database])]),
      finding(settings, `all ${about}`, [...peers, ...floors, ...whole]),
    ];
  },
};

/** A list that lacks runs is quick for nothing. */
function check(entrant: Entrant, runs: number): void {
  const listed = runOnce(entrant).split("\n").filter((line) => /^[0-9a-f]{12} /.test(line)).length;
  if (listed !== runs) throw new Error(`Nothing to compare: ${listed} of ${runs} runs were listed`);
}

function finding(settings: Settings, what: string, entrants: readonly Entrant[]): Finding {
  const budgets = settings.ours.map(({ name }) => [name, { kind: "beyond", to: FLOORS[name], max: MAX_MS }] as const);
  return {
    row: "loop-runs",
    what,
    unit: "ms",
    figures: race(entrants, settings.rounds),
    budgets: Object.fromEntries(budgets),
  };
}

async function original(arena: Arena, filling: Filling): Promise<Entrant> {
  const cwd = arena.place("loomc");
  await Deno.mkdir(`${cwd}/.loomc`);
  await Deno.writeTextFile(`${cwd}/state.json`, '{"n":1}');
  const given = { file: `${cwd}/.loomc/checkpoints.db`, state: `${cwd}/state.json`, ...filling };
  await must([venvProgram("python"), peerFile("original_runs.py"), JSON.stringify(given)]);
  const argv = [venvProgram("python"), "-m", "loomc.cli", "runs"];
  return { name: "loomc 0.3.0", role: "peer", argv, cwd, env: arena.env };
}

function ours(settings: Settings, arena: Arena, words: readonly string[]): readonly Entrant[] {
  return settings.ours.map(({ name }) => {
    const argv = name === "loom (source)" ? SOURCE_ARGV : BINARY_ARGV;
    return { name, role: "ours", argv: [...argv, ...words], cwd: arena.folder, env: arena.env };
  });
}

function floor(arena: Arena, name: string, argv: readonly string[]): Entrant {
  return { name, role: "floor", argv, cwd: arena.folder, env: arena.env };
}
