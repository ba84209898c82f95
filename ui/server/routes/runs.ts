/**
 * Runs: starting, ending, repeating them; and what is fresh.
 *
 * @module
 */

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { relativePath } from "../../../core/graph/mod.ts";
import { askAgain } from "../../../core/history/mod.ts";
import { PLAIN, runRequestOf } from "../live/run_request.ts";
import type { Parts } from "../parts/parts.ts";
import { readingPipelineRun } from "../past/kept.ts";
import { plain } from "../past/plain.ts";
import { pipelineAt } from "../base/place.ts";
import { driverDocument } from "../base/standing.ts";
import { ErrorSchema, PathQuery } from "../schemas/common.ts";
import { OfProject } from "../schemas/history.ts";
import {
  LiveSchema,
  RerunSchema,
  RerunStartedSchema,
  RunSchema,
  StartedSchema,
  StatusSchema,
} from "../schemas/runs.ts";
import { cancelElsewhere } from "../past/cancel.ts";
import { requireTrust } from "../parts/trust.ts";
import { lookedAt } from "../parts/unreadable.ts";
import { json } from "./answers.ts";

const status = createRoute({
  method: "get",
  path: "/api/status",
  summary: "Which steps are fresh, and why others are not",
  request: { query: PathQuery },
  responses: {
    200: json(StatusSchema, "A state for each step; none of a file with mistakes"),
    403: json(ErrorSchema, "It lies outside"),
  },
});

const start = createRoute({
  method: "post",
  path: "/api/runs",
  summary: "Starts a run, which goes on whether or not anybody listens; its input is closed, its output a terminal",
  request: { body: json(RunSchema, "What is to be run") },
  responses: {
    200: json(StartedSchema, "Its id"),
    400: json(ErrorSchema, "It cannot be run, with every reason"),
    403: json(ErrorSchema, "Nobody has allowed yet that something of this folder is run"),
    409: json(ErrorSchema, "Another run of it goes on; wait: true waits for its end"),
  },
});

const rerun = createRoute({
  method: "post",
  path: "/api/runs/{run}/rerun",
  summary: "Runs once more what a run was asked for, with the file as it is now",
  request: { params: z.object({ run: z.string() }), query: OfProject, body: json(RerunSchema, "How") },
  responses: { 200: json(RerunStartedSchema, "Its id"), 404: json(ErrorSchema, "There is no such run") },
});

const cancel = createRoute({
  method: "post",
  path: "/api/runs/{run}/cancel",
  summary: "Ends a run: TERM, then KILL; asked twice, KILL at once. A loop is asked to stop by who drives it",
  request: { params: z.object({ run: z.string() }), query: OfProject },
  responses: {
    200: json(StartedSchema, "It is being ended"),
    404: json(ErrorSchema, "It is not going on"),
    409: json(ErrorSchema, "It is another program's, or over"),
  },
});

const live = createRoute({
  method: "get",
  path: "/api/live",
  summary: "Runs that go on",
  responses: { 200: json(LiveSchema, "Of all that this server has started, and elsewhere of open pipelines") },
});

/** Adds the routes. */
export function runRoutes(app: OpenAPIHono, parts: Parts): void {
  const { context, engine, place, runs, elsewhere, watching } = parts;
  app.openapi(status, async (c) => {
    const file = pipelineAt(c.req.valid("query").path, place, context);
    const { found, problems } = await lookedAt(() => {
      return engine.pipelineStatus({ file, overrides: PLAIN.overrides }, context);
    });
    return c.json({ steps: plain(found), problems }, 200);
  });
  app.openapi(start, async (c) => {
    const wish = c.req.valid("json");
    const file = pipelineAt(wish.path, place, context);
    requireTrust(parts);
    return c.json({ run: await runs.start(runRequestOf(wish, file)) }, 200);
  });
  app.openapi(rerun, async (c) => {
    requireTrust(parts);
    const { cached, wait = false } = c.req.valid("json");
    const { path } = c.req.valid("query");
    const again = await readingPipelineRun(c.req.valid("param").run, { path, parts }, ({ run, project }) => {
      return { ...askAgain(run, project, context), project };
    });
    const { isChanged, ...asked } = again;
    // What a store says lies in the folder that was opened, or is not run.
    pipelineAt(relativePath(asked.file, place.root), place, context);
    const run = await runs.start({ ...PLAIN, ...asked, cached, force: cached !== true, wait });
    return c.json({ run, changed: isChanged }, 200);
  });
  app.openapi(cancel, async (c) => {
    const { run } = c.req.valid("param");
    const { path } = c.req.valid("query");
    if (runs.memory(run) !== undefined) runs.cancel(run);
    else await cancelElsewhere(run, path, parts);
    return c.json({ run }, 200);
  });
  app.openapi(live, (c) => {
    const listed = runs.list().map(({ file, startedAt, ...rest }) => {
      return { ...rest, path: relativePath(file, place.root), started_at: startedAt };
    });
    watching.lookElsewhere();
    const others = elsewhere.list().map(({ run, file, startedAt, driver }) => ({
      run,
      path: relativePath(file, place.root),
      started_at: startedAt,
      status: "running" as const,
      elsewhere: driverDocument(driver, context),
    }));
    return c.json({ runs: [...runs.live()], live: [...listed, ...others] }, 200);
  });
}
