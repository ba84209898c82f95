/**
 * Results: tables of sweeps and runs, and pictures of them.
 *
 * @module
 */

import { createRoute, type OpenAPIHono, type z } from "@hono/zod-openapi";
import { isLoomError } from "../../../core/errors.ts";
import { bestOf, plotOf, plotSpec } from "../../../core/report/mod.ts";
import {
  isNumeric,
  pointTable,
  type Result,
  resultOfPoint,
  resultOfRun,
  type ResultTable,
  runTable,
  select,
} from "../../../core/report/table/mod.ts";
import type { Parts } from "../parts/parts.ts";
import { reading, readingPipelineRun, scopeOf } from "../past/kept.ts";
import { documents, plain } from "../past/plain.ts";
import { ErrorSchema } from "../schemas/common.ts";
import { PlotQuery, PlotSchema, TableQuery, TableSchema } from "../schemas/results.ts";
import { json } from "./answers.ts";

const table = createRoute({
  method: "get",
  path: "/api/table",
  summary: "Parameters beside metrics: points of a sweep, or the newest runs",
  request: { query: TableQuery },
  responses: { 200: json(TableSchema, "Rows"), 400: json(ErrorSchema, "The filter or a column is not understood") },
});

const plot = createRoute({
  method: "get",
  path: "/api/plot",
  summary: "One column over another, as a picture",
  request: { query: PlotQuery },
  responses: { 200: json(PlotSchema, "The picture"), 400: json(ErrorSchema, "There is nothing to draw, and why") },
});

/** Runs that are looked at. */
const RUNS = 200;

interface Of {
  readonly id?: string;
  readonly path?: string;
}

/** Adds the routes. */
export function resultRoutes(app: OpenAPIHono, parts: Parts): void {
  app.openapi(table, async (c) => {
    const { filter, sort, reverse, limit, judge, ...of } = c.req.valid("query");
    const all = await tableOf(of, parts);
    const selected = select(all, { filter: filter ? [filter] : [], sort, reverse: reverse === "true", limit });
    const columns = selected.columns.map((column) => ({
      name: column.name,
      kind: column.kind,
      numeric: isNumeric(column, selected.rows.map(column.cell)),
    }));
    const rows = selected.rows.map((row) => ({
      key: keyOf(row),
      status: row.status,
      cells: plain(selected.columns.map((column) => column.cell(row) ?? null)),
    }));
    return c.json({ run: of.id, columns, rows, total: all.rows.length, best: best(all, judge) }, 200);
  });
  app.openapi(plot, async (c) => {
    const { x, y, color, log, ink, width, height, ...of } = c.req.valid("query");
    const made = plotOf(await tableOf(of, parts), { x, y, color, log: log === undefined ? [] : [log] });
    const spec = plotSpec(made, { theme: ink === undefined ? "paper" : "page", width, height });
    const charts = await parts.look?.charts();
    const [svg] = charts === undefined ? [] : await charts.svg([spec]);
    const { chosen, dots, left } = made;
    return c.json({
      svg: ink === undefined ? svg : svg?.replaceAll("currentColor", ink),
      spec: documents([spec])[0],
      chosen: [...chosen],
      dots: dots.length,
      left,
    }, 200);
  });
}

async function tableOf({ id, path }: Of, parts: Parts): Promise<ResultTable> {
  if (id !== undefined) {
    return await readingPipelineRun(id, { path, parts }, ({ run, store: { journal } }) => {
      const points = journal.points(run.id);
      return points.length > 0 ? pointTable(points.map(resultOfPoint)) : runTable([resultOfRun(run)]);
    });
  }
  const name = path === undefined ? undefined : scopeOf(path, parts);
  return await reading(path, parts, ({ store }) => {
    const records = store?.journal.results({ limit: RUNS * 5 }) ?? [];
    const own = records.filter((record) => name === undefined || record.name === name);
    return runTable(own.slice(0, RUNS).map(resultOfRun));
  });
}

function keyOf({ id, point, number }: Result): string {
  return point ?? id ?? String(number);
}

type Best = z.infer<typeof TableSchema>["best"];

/** The best by a metric, or by the first one whose name tells what is better. */
function best({ rows, columns }: ResultTable, judge: string | undefined): Best {
  const metrics = judge === undefined
    ? columns.filter(({ kind }) => kind === "metric").map(({ name }) => name)
    : [judge];
  for (const metric of metrics) {
    const found = bestBy(rows, metric);
    if (found !== undefined) return found;
  }
  return undefined;
}

function bestBy(rows: readonly Result[], metric: string): Best {
  try {
    const { best, ties, metric: name, mode } = bestOf(rows, { metric });
    return { key: keyOf(best), metric: name, mode, ties: ties.map(keyOf) };
  } catch (error) {
    // It does not tell, or holds no numbers.
    if (!isLoomError(error)) throw error;
    return undefined;
  }
}
