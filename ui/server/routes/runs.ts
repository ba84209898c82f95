/**
 * Runs: starting, ending, following them; and what is fresh.
 *
 * @module
 */

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Selection } from "../../../core/graph/selection.ts";
import { parseOverride } from "../../../core/graph/mod.ts";
import type { RunRequest } from "../../../core/run/session/request.ts";
import { eventStream } from "../live/stream.ts";
import type { Parts } from "../parts.ts";
import { pipelineAt } from "../place.ts";
import { refusal } from "../refusal.ts";
import { ErrorSchema, PathQuery, RunSchema, StartedSchema, StatusSchema } from "../schemas.ts";
import { json } from "./answers.ts";

const status = createRoute({
  method: "get",
  path: "/api/status",
  summary: "Which steps are fresh, and why others are not",
  request: { query: PathQuery },
  responses: { 200: json(StatusSchema, "A state for each step"), 400: json(ErrorSchema, "The file has mistakes") },
});

const start = createRoute({
  method: "post",
  path: "/api/runs",
  summary: "Starts a run, which goes on whether or not anybody listens",
  request: { body: json(RunSchema, "What is to be run") },
  responses: { 200: json(StartedSchema, "Its id"), 409: json(ErrorSchema, "Another run of it goes on") },
});

const cancel = createRoute({
  method: "post",
  path: "/api/runs/{run}/cancel",
  summary: "Ends a run: TERM, then KILL; asked twice, KILL at once",
  request: { params: z.object({ run: z.string() }) },
  responses: { 200: json(StartedSchema, "It is being ended"), 404: json(ErrorSchema, "It is not going on") },
});

const live = createRoute({
  method: "get",
  path: "/api/live",
  summary: "Runs that go on",
  responses: { 200: json(z.object({ runs: z.array(z.string()) }), "Their ids") },
});

/** Adds the routes. */
export function runRoutes(app: OpenAPIHono, { context, engine, place, runs, hub }: Parts): void {
  app.openapi(status, async (c) => {
    const file = pipelineAt(c.req.valid("query").path, place, context);
    const steps = await engine.pipelineStatus({ file, overrides: NO_OVERRIDES }, context);
    return c.json({ steps: steps.map(({ name, state, reasons }) => ({ name, state, reasons: [...reasons] })) }, 200);
  });
  app.openapi(start, async (c) => {
    const wish = c.req.valid("json");
    const file = pipelineAt(wish.path, place, context);
    return c.json({ run: await runs.start(requestOf(wish, file)) }, 200);
  });
  app.openapi(cancel, (c) => {
    const { run } = c.req.valid("param");
    runs.cancel(run);
    return c.json({ run }, 200);
  });
  app.openapi(live, (c) => c.json({ runs: [...runs.live()] }, 200));
  app.get("/api/events", (c) => {
    const body = eventStream(hub, c.req.header("last-event-id"));
    return c.body(body, 200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  });
}

const NO_OVERRIDES = { parameters: new Map(), data: new Map() };

function requestOf(wish: z.infer<typeof RunSchema>, file: string): RunRequest {
  const parameters = Object.entries(wish.set).map(([name, text]) => [name, parseOverride(text)] as const);
  return {
    file,
    selection: selectionOf(wish),
    include: wish.include,
    overrides: { parameters: new Map(parameters), data: new Map() },
    extra: [],
    dryRun: false,
    parallel: wish.parallel,
    cached: wish.cached,
    force: wish.force ?? false,
    resume: false,
    failFast: false,
    strict: false,
    refreshUrls: false,
    dropRemoved: false,
    wait: false,
    passStdin: false,
  };
}

function selectionOf({ mode, names }: z.infer<typeof RunSchema>): Selection {
  if (mode === "all") return { mode };
  if (mode === "steps" && names.length > 0) return { mode, names };
  const [name] = names;
  if ((mode === "from" || mode === "group") && names.length === 1) return { mode, name };
  throw refusal(400, "bad-selection", `What to run is not clear: ${mode} of ${names.length} names`);
}
