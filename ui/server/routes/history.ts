/**
 * Looking back: the history, one run, what it made, what differs between two.
 *
 * @module
 */

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { compare, onlyChanged } from "../../../core/history/diff/mod.ts";
import type { Parts } from "../parts/parts.ts";
import { type Kept, reading, readingRun, scopeOf } from "../past/kept.ts";
import { listedLoop, listedPipeline } from "../past/listed.ts";
import { loopRecord, pipelineRecord } from "../past/record.ts";
import { diffDocument, readingSide } from "../past/side.ts";
import { ErrorSchema } from "../schemas/common.ts";
import { DiffQuery, DiffSchema } from "../schemas/compare.ts";
import { OfProject, RunRecordSchema, RunsQuery, RunsSchema } from "../schemas/history.ts";
import { json } from "./answers.ts";

const list = createRoute({
  method: "get",
  path: "/api/runs",
  summary: "The history of a pipeline, or of its project: pipelines, sweeps and loops, newest first",
  request: { query: RunsQuery },
  responses: { 200: json(RunsSchema, "Newest first") },
});

const one = createRoute({
  method: "get",
  path: "/api/runs/{run}",
  summary: "One run of any kind, with its attempts, points or steps",
  request: { params: z.object({ run: z.string() }), query: OfProject },
  responses: { 200: json(RunRecordSchema, "The run"), 404: json(ErrorSchema, "There is no such run") },
});

const diff = createRoute({
  method: "get",
  path: "/api/diff",
  summary: "What changed between two runs or points: parameters, inputs, code, outputs, metrics, times",
  request: { query: DiffQuery },
  responses: { 200: json(DiffSchema, "What changed"), 404: json(ErrorSchema, "There is no such run") },
});

/** Adds the routes. */
export function historyRoutes(app: OpenAPIHono, parts: Parts): void {
  app.openapi(list, async (c) => {
    const query = c.req.valid("query");
    const runs = await reading(query.path, parts, (kept) => listed(kept, query, parts));
    return c.json({ runs }, 200);
  });
  app.openapi(one, async (c) => {
    const { run } = c.req.valid("param");
    const { path } = c.req.valid("query");
    return await readingRun(run, { path, parts }, async (found) => {
      const isLive = parts.runs.memory(run) !== undefined;
      if (found.kind === "loop") return c.json(await loopRecord(found, parts.context), 200);
      return c.json(pipelineRecord(found, parts.context, isLive), 200);
    });
  });
  app.openapi(diff, async (c) => {
    const { path, a, b, all } = c.req.valid("query");
    const before = await readingSide(a, { path, parts }, ({ side }) => side);
    const found = await readingSide(b, { path, parts }, ({ side, objects }) => compare(before, side, objects));
    return c.json(diffDocument(all === "true" ? found : onlyChanged(found)), 200);
  });
}

async function listed({ store, loops }: Kept, query: z.infer<typeof RunsQuery>, parts: Parts) {
  const { path, of, kind, limit } = query;
  const name = path === undefined || of === "project" ? undefined : scopeOf(path, parts);
  const live = new Set(parts.runs.live());
  // Of each the one before is needed, to say what changed.
  const records = kind === "loop"
    ? []
    : store?.journal.listRuns({ kind: "pipeline", name, limit: limit * 2 + 1 }) ?? [];
  const pipelines = records.slice(0, limit).map((run, at) => {
    const before = records.slice(at + 1).find((other) => other.name === run.name);
    return listedPipeline(run, { before, isLive: live.has(run.id), store: store!, context: parts.context });
  });
  // Loops belong to no pipeline file.
  const asked = kind === "pipeline" || (name !== undefined && kind === undefined) ? undefined : loops;
  const found = await asked?.listRuns({ limit }) ?? [];
  const rows = await Promise.all(found.map((run) => listedLoop(run, asked!, parts.context)));
  return [...pipelines, ...rows].sort((a, b) => b.created_at - a.created_at).slice(0, limit);
}
