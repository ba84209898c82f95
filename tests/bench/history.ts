/**
 * How long it takes to look back on thousands of runs of a pipeline.
 *
 * @module
 */

import { Arena } from "./support/arena.ts";
import { emptyPrograms } from "./support/empty.ts";
import { makeCommits } from "./support/dvc_history.ts";
import { makeHistory } from "./support/history.ts";
import { venvProgram } from "./support/peers.ts";
import { type Entrant, race, runOnce } from "./support/race.ts";
import { budgetForAll, type Finding, grouped, type Row, type Settings } from "./support/row.ts";
import { BINARY_ARGV, SOURCE_ARGV } from "./support/tools.ts";

const RUNS = 10_000;

/** Rows of the table that is compared with DVC's: of more it makes a table by the minute. */
const TABLE = 100;

const MAX_MS = 150;

/** Two runs compared, a table of the newest hundred, the list of all. */
export const history: Row = {
  name: "history",
  about: "loom diff, table and runs over 10,000 runs of 8 steps",
  measure: async (settings) => {
    using arena = new Arena();
    const runs = settings.sizes?.[0] ?? RUNS;
    const ids = makeHistory(arena.folder, runs);
    const [older, newer] = ids.slice(-2);
    const dvc = settings.peers.includes("dvc") ? makeCommits(arena, Math.min(runs, TABLE)) : undefined;
    const peer = (name: string, words: readonly string[]): readonly Entrant[] =>
      dvc === undefined ? [] : [{ name, role: "peer", argv: [venvProgram("dvc"), ...words], cwd: dvc, env: arena.env }];
    const table = ours(settings, arena, ["table", "--limit", `${TABLE}`]);
    const list = ours(settings, arena, ["runs", "--limit", "0"]);
    for (const entrant of table) check(entrant, Math.min(runs, TABLE));
    for (const entrant of list) check(entrant, runs);
    const empty = await emptyPrograms();
    const floors: readonly Entrant[] = [
      { name: "empty script", role: "floor", argv: empty.source, cwd: arena.folder, env: arena.env },
      { name: "empty binary", role: "floor", argv: [empty.binary], cwd: arena.folder, env: arena.env },
    ];
    const among = `${grouped(runs)} runs`;
    return [
      finding(settings, `what changed between two of ${among}`, [
        ...peer("dvc params diff", ["params", "diff", "HEAD~1", "HEAD"]),
        ...floors,
        ...ours(settings, arena, ["diff", older, newer]),
      ]),
      finding(settings, `a table of the newest ${TABLE} of ${among}`, [
        ...peer("dvc exp show", ["exp", "show", "--num", `${TABLE}`, "--csv"]),
        ...floors,
        ...table,
      ]),
      finding(settings, `the list of all ${among}`, [...floors, ...list]),
    ];
  },
};

/** A list that lacks runs is quick for nothing. */
function check(entrant: Entrant, runs: number): void {
  const listed = runOnce(entrant).split("\n").filter((line) => /^[0-9a-f]{12} /.test(line)).length;
  if (listed !== runs) throw new Error(`Nothing to compare: ${listed} of ${runs} runs were listed`);
}

function finding(settings: Settings, what: string, entrants: readonly Entrant[]): Finding {
  return {
    row: "history",
    what,
    unit: "ms",
    figures: race(entrants, settings.rounds),
    budgets: budgetForAll(settings.ours, { kind: "limit", max: MAX_MS }),
    note: "dvc looks at 100 commits, each with other parameters and metrics",
  };
}

function ours(settings: Settings, arena: Arena, words: readonly string[]): readonly Entrant[] {
  return settings.ours.map(({ name }) => {
    const argv = name === "loom (source)" ? SOURCE_ARGV : BINARY_ARGV;
    return { name, role: "ours", argv: [...argv, ...words], cwd: arena.folder, env: arena.env };
  });
}
