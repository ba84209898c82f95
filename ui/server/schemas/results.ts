/**
 * What is asked and answered of results: tables and pictures.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";
import { OfProject, ScalarSchema } from "./history.ts";

/** Which rows. */
export const TableQuery = OfProject.extend({
  id: z.string().max(64).optional().describe("A sweep: its points; without it the newest runs of the project"),
  filter: z.string().max(2000).optional().describe("Such as: lr < 0.1 and seed != 3"),
  judge: z.string().max(400).optional().describe("The metric that says which row is the best"),
  sort: z.string().max(400).optional(),
  reverse: z.enum(["true", "false"]).default("false"),
  limit: z.coerce.number().int().min(0).max(10_000).default(0).describe("0: all points; of runs 200"),
});

/** Parameters beside metrics. */
export const TableSchema = z.object({
  run: z.string().optional(),
  columns: z.array(z.object({
    name: z.string(),
    kind: z.enum(["label", "count", "time", "duration", "parameter", "metric"]),
    numeric: z.boolean(),
  })),
  rows: z.array(z.object({
    key: z.string().describe("Id of a run, or name of a point"),
    status: z.string(),
    cells: z.array(ScalarSchema.optional()),
  })),
  total: z.number(),
  best: z.object({
    key: z.string(),
    metric: z.string(),
    mode: z.enum(["max", "min"]),
    ties: z.array(z.string()),
  }).optional().describe("Absent where no metric's name tells what is better"),
}).openapi("ResultTable");

/** What is drawn. */
export const PlotQuery = OfProject.extend({
  id: z.string().max(64).optional(),
  x: z.string().max(400).optional(),
  y: z.string().max(400).optional(),
  color: z.string().max(400).optional(),
  log: z.enum(["x", "y", "both"]).optional(),
  ink: z.string().regex(/^#[0-9a-fA-F]{6}$/).optional().describe("Colour of words and axes"),
  width: z.coerce.number().int().min(100).max(4000).default(520),
  height: z.coerce.number().int().min(80).max(4000).default(300),
});

/** A picture, and what it was made from. */
export const PlotSchema = z.object({
  svg: z.string().optional().describe("Absent where this server cannot draw"),
  spec: z.record(z.string(), z.unknown()).describe("Vega-Lite, its data included"),
  chosen: z.array(z.string()).describe("Axes that were not named"),
  dots: z.number(),
  left: z.number().describe("Rows that are not drawn: they lack a number"),
}).openapi("Plot");
