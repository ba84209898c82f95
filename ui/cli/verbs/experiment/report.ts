/**
 * `loom report ID`: a page about a run, a sweep or one of its points.
 *
 * @module
 */

import settings from "../../../../deno.json" with { type: "json" };
import { isLoomError } from "../../../../core/errors.ts";
import { joinPath } from "../../../../core/graph/mod.ts";
import { addressOf, findPoint } from "../../../../core/history/mod.ts";
import { plotSpec } from "../../../../core/report/mod.ts";
import { collectReport, type ReportData, reportPage, reportPlots } from "../../../../core/report/page/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { displayPath } from "../../view/problems.ts";
import type { ExperimentCommand } from "../../words/command.ts";
import { type Looking, lookingAtRun } from "./results.ts";

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function drawParts(): Promise<typeof import("../../../../core/draw/mod.ts")> {
  return import(isReached ? "../../../../core/draw/mod.ts" : "../../../../core/draw/mod.ts");
}

/** Writes the page. */
export async function reportVerb({ words: [word], flags }: ExperimentCommand<"report">, host: Host): Promise<number> {
  const { id, point } = addressOf(word);
  const data = await lookingAtRun(id, { flags, host }, async ({ record }, looking) => {
    const run = looking.store.journal.getRun(record.id)!;
    const { project, context, store } = looking;
    const file = displayPath(joinPath(project, run.name), context.cwd);
    const found = point === undefined ? undefined : findPoint(point, run, store.journal);
    const collected = await collectReport(run, found, { ...looking, file, version: settings.version });
    return { ...collected, charts: await chartsOf(collected, host), graph: await graphOf(collected, looking, host) };
  });
  const page = reportPage(data);
  const { terminal } = host;
  if (flags.out === "-") {
    terminal.write(page);
    return EXIT.done;
  }
  const { files, cwd } = await host.context();
  const out = flags.out ?? `report-${data.run.id}${data.point === undefined ? "" : `-${data.point.number}`}.html`;
  files.writeAtomic(joinPath(cwd, out), page);
  terminal.write(flags.json ? `${JSON.stringify(documentOf(data, joinPath(cwd, out)), null, 2)}\n` : told(data, out));
  return EXIT.done;
}

type Collected = Omit<ReportData, "charts" | "graph">;

async function chartsOf(data: Collected, host: Host): Promise<readonly string[]> {
  const plots = reportPlots(data);
  if (plots.length === 0) return [];
  const specs = plots.map((plot) => plotSpec(plot, { theme: "page", width: 380, height: 230 }));
  return await (await host.charts()).svg(specs);
}

/** The pipeline as a picture, while its file still says what it said then. */
async function graphOf(
  { run, steps }: Collected,
  { project, context }: Looking,
  host: Host,
): Promise<string | undefined> {
  const file = joinPath(project, run.name);
  const { files, env } = context;
  const text = files.readText(file);
  if (text === undefined || run.source === undefined || files.digestText(text) !== run.source) return undefined;
  const { graphOf, graphSvg, withoutParameters } = await drawParts();
  try {
    const { pipeline } = await (await host.engine()).loadPipeline(file, context, {
      parameters: new Map(),
      data: new Map(),
    });
    const durations = new Map(
      steps.flatMap(({ name, durationMs }) => durationMs === undefined ? [] : [[name, durationMs]]),
    );
    const exists = (path: string) => files.stat(path) !== undefined;
    return await graphSvg(withoutParameters(graphOf(pipeline, { env, durations, exists })), {
      layouter: await host.layouter(),
    });
  } catch (error) {
    // The file was changed by what it includes, or names what is not there: the rest of the page stands without it.
    if (!isLoomError(error)) throw error;
    return undefined;
  }
}

function told({ outputs }: ReportData, out: string): string {
  const changed = outputs.filter(({ isSame }) => !isSame).length;
  const note = changed === 0
    ? ""
    : `; ${changed} of ${outputs.length} outputs are no longer what this run made, and marked`;
  return `Wrote ${out}${note}\n`;
}

function documentOf({ run, outputs }: ReportData, path: string): object {
  return { run: run.id, path, changed_outputs: outputs.filter(({ isSame }) => !isSame).map((output) => output.path) };
}
