/**
 * How long it takes to put results beside each other.
 *
 * @module
 */

import { hostStores } from "../../plugins/host/store/mod.ts";
import { Arena } from "./support/arena.ts";
import { makeCommits } from "./support/dvc_history.ts";
import { emptyPrograms } from "./support/empty.ts";
import { makeHistory } from "./support/history.ts";
import { venvProgram } from "./support/peers.ts";
import { type Entrant, race, runOnce } from "./support/race.ts";
import { budgetForAll, type Finding, grouped, type Row, type Settings } from "./support/row.ts";
import { BINARY_ARGV, SOURCE_ARGV } from "./support/tools.ts";

const RUNS = 10_000;
const POINTS = 100;

/** Milliseconds. */
const LIMITS = { points: 60, runs: 150 } as const;

/** The points of a sweep, sorted; the best of all runs. */
export const table: Row = {
  name: "table",
  about: "loom table of a sweep of 100 points, and of 10,000 runs",
  measure: async (settings) => {
    using arena = new Arena();
    const runs = settings.sizes?.[0] ?? RUNS;
    const points = Math.min(runs, POINTS);
    const [sweep] = makeHistory(arena.folder, runs);
    putPoints(arena.folder, sweep, points);
    const cwd = settings.peers.includes("dvc") ? makeCommits(arena, points) : undefined;
    const argv = [venvProgram("dvc"), "exp", "show", "--num", `${points}`, "--csv", "--sort-by", "acc"];
    const peers: readonly Entrant[] = cwd === undefined
      ? []
      : [{ name: "dvc exp show", role: "peer", argv, cwd, env: arena.env }];
    const sorted = ours(settings, arena, ["table", sweep, "--sort", "acc", "--reverse"]);
    const whole = ours(settings, arena, ["table", "--sort", "acc", "--reverse", "--limit", "0"]);
    for (const entrant of sorted) check(entrant, points);
    for (const entrant of whole) check(entrant, runs);
    const empty = await emptyPrograms();
    const floors: readonly Entrant[] = [
      { name: "empty script", role: "floor", argv: empty.source, cwd: arena.folder, env: arena.env },
      { name: "empty binary", role: "floor", argv: [empty.binary], cwd: arena.folder, env: arena.env },
    ];
    return [
      finding(settings, `the ${points} points of a sweep, the best first`, {
        limit: LIMITS.points,
        entrants: [...peers, ...floors, ...sorted],
      }),
      finding(settings, `all ${grouped(runs)} runs, the best first`, {
        limit: LIMITS.runs,
        entrants: [...floors, ...whole],
      }),
    ];
  },
};

function putPoints(folder: string, run: string, count: number): void {
  const store = hostStores().open(folder, (message) => {
    throw new Error(message);
  });
  try {
    store.transaction(() => {
      for (let at = 0; at < count; at++) {
        const values = { lr: at / 1000, seed: at % 10 };
        const point = `lr=${values.lr},seed=${values.seed}`;
        const metrics = { acc: at / 10_000, loss: 1 / (at + 1) };
        store.journal.putPoint({ run, point, number: at + 1, values, status: "done", metrics, durationMs: 100 });
      }
    });
  } finally {
    store.close();
  }
}

/** A table that lacks rows is quick for nothing. */
function check(entrant: Entrant, rows: number): void {
  const listed = runOnce(entrant).split("\n").filter((line) => line.includes(" done ")).length;
  if (listed !== rows) throw new Error(`Nothing to compare: ${listed} of ${rows} rows were listed`);
}

function finding(
  settings: Settings,
  what: string,
  { limit, entrants }: { readonly limit: number; readonly entrants: readonly Entrant[] },
): Finding {
  return {
    row: "table",
    what,
    unit: "ms",
    figures: race(entrants, settings.rounds),
    budgets: budgetForAll(settings.ours, { kind: "limit", max: limit }),
    note: "dvc looks at as many commits, each with other parameters and metrics",
  };
}

function ours(settings: Settings, arena: Arena, words: readonly string[]): readonly Entrant[] {
  return settings.ours.map(({ name }) => {
    const argv = name === "loom (source)" ? SOURCE_ARGV : BINARY_ARGV;
    return { name, role: "ours", argv: [...argv, ...words], cwd: arena.folder, env: arena.env };
  });
}
