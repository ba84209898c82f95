/**
 * What a run made, as it stands on the disk now.
 *
 * @module
 */

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { dirname, isInside, joinPath } from "../../../core/graph/mod.ts";
import { findPoint, type Side, sideOf } from "../../../core/history/mod.ts";
import type { RunRecord, Store } from "../../../core/ports/store.ts";
import { outputPaths, outputsOf } from "../../../core/report/mod.ts";
import type { Parts } from "../parts/parts.ts";
import { readingPipelineRun } from "../past/kept.ts";
import { refusal } from "../base/refusal.ts";
import { ErrorSchema } from "../schemas/common.ts";
import { OutputFileQuery, PointQuery, RunOutputsSchema } from "../schemas/history.ts";
import { json } from "./answers.ts";

const params = z.object({ run: z.string() });

const outputs = createRoute({
  method: "get",
  path: "/api/runs/{run}/outputs",
  summary: "Files that a run or one point of it made, and whether they still are what it made",
  request: { params, query: PointQuery },
  responses: { 200: json(RunOutputsSchema, "Files"), 404: json(ErrorSchema, "There is no such run") },
});

const file = createRoute({
  method: "get",
  path: "/api/runs/{run}/file",
  summary: "One of these files as it is now",
  request: { params, query: OutputFileQuery },
  responses: {
    200: { description: "Its content", content: { "application/octet-stream": { schema: z.string() } } },
    403: json(ErrorSchema, "It lies outside of what was opened"),
    404: json(ErrorSchema, "The run made no such file, or it is gone"),
    413: json(ErrorSchema, "It is too long to be compared here"),
  },
});

/** Longer files are not compared side by side. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Adds the routes. */
export function outputRoutes(app: OpenAPIHono, parts: Parts): void {
  const { context, place } = parts;
  app.openapi(outputs, async (c) => {
    const { path, point } = c.req.valid("query");
    return await readingPipelineRun(c.req.valid("param").run, { path, parts }, async ({ run, store, project }) => {
      const found = await outputsOf(sideAt(run, store, point), baseOf(run, project), { context, store });
      const shown = found.map(({ step, path, kind, sizeBytes, digest, isSame }) => {
        return { step, path, kind, size: sizeBytes, digest, same: isSame };
      });
      return c.json({ outputs: shown }, 200);
    });
  });
  app.openapi(file, async (c) => {
    const { path, point, file } = c.req.valid("query");
    const bytes = await readingPipelineRun(c.req.valid("param").run, { path, parts }, ({ run, store, project }) => {
      if (!outputPaths(sideAt(run, store, point)).includes(file)) throw notMade(run.id, file);
      const real = context.files.realPath(joinPath(baseOf(run, project), file));
      if (real === undefined || context.files.stat(real)?.kind !== "file") throw notMade(run.id, file);
      if (!isInside(real, place.root)) throw refusal(403, "outside", `${file} lies outside of what was opened`);
      const size = context.files.stat(real)!.sizeBytes;
      if (size > MOST_BYTES) throw refusal(413, "too-long", `${file} has ${size} bytes, too many to compare here`);
      return context.files.readBytes(real)!;
    });
    return c.body(new Uint8Array(bytes), 200, {
      "content-type": "application/octet-stream",
      "content-security-policy": "sandbox; default-src 'none'",
    });
  });
}

function sideAt(run: RunRecord, { journal }: Store, point: string | undefined): Side {
  return sideOf(run, point === undefined ? undefined : findPoint(point, run, journal), journal);
}

/** The folder of the pipeline. */
function baseOf({ name }: RunRecord, project: string): string {
  return dirname(joinPath(project, name));
}

function notMade(run: string, file: string) {
  return refusal(404, "no-such-output", `Run ${run} made no file ${file} that is still there`);
}
