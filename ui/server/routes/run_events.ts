/**
 * Following runs: the stream of all that happens, and what was missed of one run.
 *
 * @module
 */

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AttemptRecord } from "../../../core/ports/store.ts";
import type { RunEvent } from "../../../core/ports/events.ts";
import { eventStream } from "../live/stream.ts";
import type { Parts } from "../parts/parts.ts";
import { readingPipelineRun } from "../past/kept.ts";
import { documents } from "../past/plain.ts";
import { isLoomError } from "../../../core/errors.ts";
import { logFile, logPage } from "../base/log_page.ts";
import { refusal } from "../base/refusal.ts";
import { standingOf } from "../base/standing.ts";
import { ErrorSchema } from "../schemas/common.ts";
import { OfProject } from "../schemas/history.ts";
import { EventsQuery, EventsSchema, LogQuery, LogSchema, OutputSchema } from "../schemas/runs.ts";
import { json } from "./answers.ts";

const params = z.object({ run: z.string() });

const stream = createRoute({
  method: "get",
  path: "/api/events",
  summary: "All that happens, numbered, from now on or from Last-Event-ID on",
  responses: {
    200: { description: "Server-sent events", content: { "text/event-stream": { schema: z.string() } } },
  },
});

const events = createRoute({
  method: "get",
  path: "/api/runs/{run}/events",
  summary: "Facts of a run that came after a number, from memory or from the store",
  request: { params, query: EventsQuery },
  responses: { 200: json(EventsSchema, "In order"), 404: json(ErrorSchema, "There is no such run") },
});

const output = createRoute({
  method: "get",
  path: "/api/runs/{run}/output",
  summary: "The newest that a run has written, while it goes on",
  request: { params, query: OfProject },
  responses: { 200: json(OutputSchema, "In order; nothing of a run that is over") },
});

const log = createRoute({
  method: "get",
  path: "/api/runs/{run}/log",
  summary: "A piece of what one attempt of a step wrote",
  request: { params, query: LogQuery },
  responses: { 200: json(LogSchema, "Text"), 404: json(ErrorSchema, "It was not run there") },
});

/** Adds the routes. */
export function runEventRoutes(app: OpenAPIHono, parts: Parts): void {
  const { context, runs, elsewhere, hub } = parts;
  app.openapi(stream, (c) => {
    const body = eventStream(hub, c.req.header("last-event-id"));
    return c.body(body, 200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  });
  app.openapi(events, async (c) => {
    const { run } = c.req.valid("param");
    const { path, after, limit } = c.req.valid("query");
    const told = (runs.memory(run) ?? elsewhere.memory(run))?.events(after);
    const kept = await keptEvents(run, { path, after, parts, isLive: told !== undefined });
    const all = joined(kept.events, told ?? []);
    const answer = { run, events: documents(all.slice(0, limit)), more: all.length > limit };
    return c.json({ ...answer, live: told !== undefined, status: kept.status }, 200);
  });
  app.openapi(output, (c) => {
    const { run } = c.req.valid("param");
    const memory = runs.memory(run) ?? elsewhere.memory(run);
    const { outputs, isCut } = memory?.output() ?? { outputs: [], isCut: false };
    return c.json({ run, outputs: documents(outputs), cut: isCut, live: memory !== undefined }, 200);
  });
  app.openapi(log, async (c) => {
    const { path, step, part, attempt, offset, limit } = c.req.valid("query");
    const { run } = c.req.valid("param");
    return await readingPipelineRun(run, { path, parts }, ({ store, project }) => {
      const found = attemptOf(store.journal.attempts(run), { step, part, attempt });
      const file = found.log === undefined ? undefined : logFile(project, found.log, context);
      const gone = file === undefined && found.status !== "running";
      return c.json({ ...logPage(file, { offset, limit }), attempt: found.attempt, status: found.status, gone }, 200);
    });
  });
}

/** What the store has; a run that has only begun may not be there yet. */
async function keptEvents(
  run: string,
  { path, after, parts, isLive }: {
    readonly path?: string;
    readonly after: number;
    readonly parts: Parts;
    readonly isLive: boolean;
  },
): Promise<{ readonly events: readonly RunEvent[]; readonly status?: string }> {
  try {
    return await readingPipelineRun(run, { path, parts }, (found) => {
      const { context } = parts;
      const { status } = standingOf(found.run, { store: found.store, isOwn: isLive, context });
      return { events: found.store.journal.events(run, after), status };
    });
  } catch (error) {
    if (!isLive || !isLoomError(error) || error.code !== "run-not-found") throw error;
    return { events: [] };
  }
}

/** The store's, then those that it does not have yet. */
function joined(kept: readonly RunEvent[], told: readonly RunEvent[]): readonly RunEvent[] {
  const last = kept.at(-1)?.seq ?? 0;
  const first = told[0]?.seq ?? Infinity;
  // Memory holds what is newest without gaps: where it reaches back far enough it is all there is.
  return told.length > 0 && first <= (kept[0]?.seq ?? Infinity)
    ? told
    : [...kept, ...told.filter(({ seq }) => seq > last)];
}

function attemptOf(
  attempts: readonly AttemptRecord[],
  { step, part, attempt }: { readonly step: string; readonly part: string; readonly attempt?: number },
): AttemptRecord {
  const found = attempts.findLast((it) =>
    it.step === step && it.part === part && (attempt === undefined || it.attempt === attempt)
  );
  if (found !== undefined) return found;
  throw refusal(404, "step-not-run", `Step "${step}" was not run there, so it has no log`);
}
