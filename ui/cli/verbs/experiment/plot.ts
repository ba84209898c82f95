/**
 * `loom plot`: a metric over a parameter, in the terminal or as a picture.
 *
 * @module
 */

import { usage } from "../../../../core/errors.ts";
import { joinPath } from "../../../../core/graph/mod.ts";
import { type Plot, plotOf, plotSpec } from "../../../../core/report/mod.ts";
import { pointTable, resultOfRun, type ResultTable, runTable } from "../../../../core/report/table/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { plotLines } from "../../view/plot/mod.ts";
import type { ExperimentCommand } from "../../words/command.ts";
import type { PlotFlags } from "../../words/experiment_flags.ts";
import { lookingAt, lookingAtRun, nothingHint, requireSweep } from "./results.ts";

/** Runs that are drawn, the newest ones. */
const DRAWN_RUNS = 1000;

/** Draws, or writes the picture. */
export async function plotVerb({ words: [word], flags }: ExperimentCommand<"plot">, host: Host): Promise<number> {
  const kind = kindOf(flags);
  const { terminal } = host;
  const table = word === undefined ? await newest(flags, host) : await pointsOf(word, flags, host);
  if (table === undefined) {
    terminal.write("No runs found.\n");
    terminal.writeError(await nothingHint(flags, host));
    return EXIT.done;
  }
  const { xAxis: x, yAxis: y, color, log } = flags;
  const plot = plotOf(table, { x, y, color, log });
  if (plot.chosen.length > 0) terminal.writeError(`note: ${plot.chosen.join(", ")}; --x and --y choose\n`);
  if (kind === undefined) terminal.write(drawing(plot, host));
  else await writePicture(plot, { kind, path: flags.out }, host);
  return EXIT.done;
}

/** What is written; `undefined` to draw in the terminal. */
function kindOf({ out, json }: PlotFlags): "svg" | "json" | undefined {
  if (out === undefined) return json ? "json" : undefined;
  const ending = /\.[^./\\]*$/.exec(out)?.[0].toLowerCase();
  if (ending === ".svg") return "svg";
  if (ending === ".json") return "json";
  const hint = ending === ".png"
    ? "write .svg, which papers and browsers take; 'rsvg-convert -z 3 plot.svg -o plot.png' makes a PNG of it"
    : "its name ends in .svg or .json";
  throw usage(`Option --out cannot be '${out}'`, hint);
}

async function pointsOf(word: string, flags: PlotFlags, host: Host): Promise<ResultTable> {
  return await lookingAtRun(word, { flags, host }, (run) => {
    requireSweep(run);
    return pointTable(run.points);
  });
}

async function newest(flags: PlotFlags, host: Host): Promise<ResultTable | undefined> {
  return await lookingAt(flags, host, ({ store }) => {
    const records = store.journal.results({ limit: DRAWN_RUNS });
    return records.length === 0 ? undefined : runTable(records.map(resultOfRun));
  });
}

function drawing(plot: Plot, { terminal }: Host): string {
  const size = terminal.canRedraw ? terminal.size() : { columns: 80, rows: 24 };
  return plotLines(plot, { ...size, color: terminal.color }).map((line) => `${line}\n`).join("");
}

async function writePicture(
  plot: Plot,
  { kind, path }: { readonly kind: "svg" | "json"; readonly path?: string },
  host: Host,
): Promise<void> {
  const spec = plotSpec(plot);
  const text = kind === "json" ? `${JSON.stringify(spec, null, 2)}\n` : (await (await host.charts()).svg([spec]))[0];
  if (path === undefined) return host.terminal.write(text);
  const { files, cwd } = await host.context();
  files.writeAtomic(joinPath(cwd, path), text);
  const left = plot.left === 0 ? "" : `; ${plot.left} without a number there are not drawn`;
  host.terminal.write(`Wrote ${path}: ${plot.dots.length} points${left}\n`);
}
