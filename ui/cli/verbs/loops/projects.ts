/**
 * `loom runs --all`: the projects that this user has run.
 *
 * @module
 */

import type { Context } from "../../../../core/context.ts";
import { isLoomError, usage } from "../../../../core/errors.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { palette } from "../../view/colors.ts";
import { statusPaint } from "../../view/run_status.ts";
import { tableLines } from "../../view/table.ts";
import { timeText } from "../../view/time.ts";
import type { RunsFlags } from "../../words/loop_flags.ts";

/** One project, and the newest run in it. */
interface Listed {
  readonly project: string;
  readonly runs: number;
  readonly last?: { readonly id: string; readonly name: string; readonly status: string; readonly createdAt: number };
  /** Why its runs cannot be read. */
  readonly error?: string;
}

/** Prints the table, or the document; the project that was run last comes first. */
export async function projectsVerb(flags: RunsFlags, { context: outside, terminal, revoke }: Host): Promise<number> {
  const other = (["db", "name", "status"] as const).find((name) => flags[name] !== undefined);
  if (other !== undefined) throw usage(`Options --all and --${other} exclude each other`);
  const context = await outside();
  const noted = context.stores.projects();
  const listed = noted.flatMap((project) => read(project, context));
  revoke("runs", "opened");
  const shown = listed.sort((a, b) => (b.last?.createdAt ?? 0) - (a.last?.createdAt ?? 0))
    .slice(0, flags.limit || undefined);
  if (flags.json) terminal.write(`${JSON.stringify({ projects: shown.map(documentOf) }, null, 2)}\n`);
  else if (shown.length === 0) terminal.write("No projects found.\n");
  else {
    const paint = statusPaint(palette(terminal.color && !flags.noColor));
    terminal.write(`${tableLines([HEADINGS, ...shown.map((row) => cellsOf(row, paint))]).join("\n")}\n`);
  }
  const gone = noted.length - listed.length;
  if (gone > 0 && !flags.json) terminal.writeError(`hint: ${gone} more are no longer there\n`);
  return EXIT.done;
}

/** None if the project was removed, or what was kept of it. */
function read(project: string, { stores }: Context): readonly Listed[] {
  try {
    const store = stores.openReadOnly(project);
    if (store === undefined) return [];
    try {
      const runs = store.journal.listSummaries();
      return runs.length === 0 ? [] : [{ project, runs: runs.length, last: runs[0] }];
    } finally {
      store.close();
    }
  } catch (error) {
    // One database that cannot be read must not hide the others.
    if (isLoomError(error)) return [{ project, runs: 0, error: error.message }];
    throw error;
  }
}

const HEADINGS = ["PROJECT", "RUNS", "LAST", "STATUS", "NAME", "CREATED"];

function cellsOf({ project, runs, last, error }: Listed, paint: (status: string) => string): readonly string[] {
  if (last === undefined) return [project, "-", "-", "-", error ?? ""];
  return [project, String(runs), last.id, paint(last.status), last.name, timeText(last.createdAt)];
}

function documentOf({ project, runs, last, error }: Listed) {
  if (last === undefined) return { project, error };
  const { id, name, status, createdAt } = last;
  return { project, runs, last: { id, name, status, created_at: new Date(createdAt).toISOString() } };
}
