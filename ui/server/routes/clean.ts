/**
 * Taking away what steps made, one entry or all of it; and opening files in the programs of this machine.
 *
 * @module
 */

import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { isInside, relativePath } from "../../../core/graph/mod.ts";
import {
  type CleanEntry,
  type CleanPlan,
  type CleanResult,
  executeClean,
  planClean,
  planRemoval,
} from "../../../core/run/clean/mod.ts";
import { openElsewhere } from "../base/open_elsewhere.ts";
import type { Parts } from "../parts/parts.ts";
import { pipelineAt } from "../base/place.ts";
import { refusal } from "../base/refusal.ts";
import {
  CleanedSchema,
  CleanPlanSchema,
  CleanQuery,
  CleanSchema,
  ErrorSchema,
  OpenedSchema,
  OpenSchema,
  TrashSchema,
} from "../schemas/mod.ts";
import { placeOf, sourceAt } from "../parts/source.ts";
import { requireTrust } from "../parts/trust.ts";
import { json } from "./answers.ts";

const preview = createRoute({
  method: "get",
  path: "/api/clean",
  summary: "What a clean would remove, of all or of one entry; what it must not, and the source data that stays",
  request: { query: CleanQuery },
  responses: {
    200: json(CleanPlanSchema, "The list"),
    400: json(ErrorSchema, "The file has mistakes"),
    404: json(ErrorSchema, "There is no such entry"),
  },
});

const clean = createRoute({
  method: "post",
  path: "/api/clean",
  summary: "Removes what steps made, into the trash or for good",
  request: { body: json(CleanSchema, "How") },
  responses: {
    200: json(CleanedSchema, "What became of each path"),
    403: json(ErrorSchema, "Some of it must stay; nothing was removed"),
    409: json(ErrorSchema, "A run goes on, or the list is another one now"),
  },
});

const trash = createRoute({
  method: "post",
  path: "/api/data/trash",
  summary: "Puts the files of one data entry into the trash",
  request: { body: json(TrashSchema, "Which") },
  responses: {
    200: json(CleanedSchema, "What became of it"),
    403: json(ErrorSchema, "No step makes it, or it must stay"),
    404: json(ErrorSchema, "There is no such entry, or nothing there"),
    409: json(ErrorSchema, "A run goes on, or the list is another one now"),
  },
});

const open = createRoute({
  method: "post",
  path: "/api/open",
  summary: "Opens a file, a folder or an address in the program that this machine has for it",
  request: { body: json(OpenSchema, "What") },
  responses: {
    200: json(OpenedSchema, "It is being opened"),
    403: json(ErrorSchema, "It lies outside, or nothing of this folder may be run yet"),
    404: json(ErrorSchema, "It is not there"),
  },
});

const NO_OVERRIDES = { parameters: new Map(), data: new Map() };

/** Adds the routes. */
export function cleanRoutes(app: OpenAPIHono, parts: Parts): void {
  const { context, engine, place, runs, elsewhere, watching } = parts;

  app.openapi(preview, async (c) => {
    const { path, key } = c.req.valid("query");
    const plan = await planFor(pipelineAt(path, place, context), key);
    return c.json({
      plan: nameOf(plan),
      entries: plan.entries.filter(({ refused }) => refused === undefined).map(entryJson),
      refused: plan.refused.map(entryJson),
      protected: plan.protected.map(({ key, path }) => ({ key, path: shown(path) })),
      source: plan.isSource,
    }, 200);
  });
  app.openapi(clean, async (c) => {
    const { path, mode, plan: seen } = c.req.valid("json");
    const file = pipelineAt(path, place, context);
    refuseWhileRunning(file);
    const plan = await planFor(file);
    refuseOther(plan, seen);
    if (plan.refused.length > 0) throw mustStay(plan);
    return c.json(resultJson(await executeClean(plan, context, { permanent: mode === "permanent" })), 200);
  });
  app.openapi(trash, async (c) => {
    const { path, key, force, plan: seen } = c.req.valid("json");
    const file = pipelineAt(path, place, context);
    refuseWhileRunning(file);
    const plan = await planFor(file, key);
    refuseOther(plan, seen);
    if (plan.entries.every(({ kind }) => kind === "absent")) throw refusal(404, "absent", `'${key}' has no file`);
    if (plan.isSource && !force) {
      throw refusal(403, "source-data", `No step makes '${key}': it could not be made again`, "ask for it once more");
    }
    if (plan.refused.length > 0) throw mustStay(plan);
    return c.json(resultJson(await executeClean(plan, context, { permanent: false })), 200);
  });
  app.openapi(open, async (c) => {
    const asked = c.req.valid("json");
    const { place: at } = await placeOf(asked, parts);
    const target = at.kind === "url" ? at.url : (await sourceAt(asked, parts)).real;
    requireTrust(parts);
    openElsewhere(target, context);
    return c.json({ opened: shown(target) }, 200);
  });

  async function planFor(file: string, key?: string): Promise<CleanPlan & { readonly isSource: boolean }> {
    const loaded = await engine.loadPipeline(file, context, NO_OVERRIDES);
    if (key !== undefined) return planRemoval(loaded, context, key);
    return { ...planClean(loaded, context, { outside: false }), isSource: false };
  }

  function refuseOther(plan: CleanPlan, seen: string | undefined): void {
    if (seen === undefined || seen === nameOf(plan)) return;
    throw refusal(409, "clean-changed", "The files are no longer those that were listed", "look at the list again");
  }

  function refuseWhileRunning(file: string): void {
    watching.lookElsewhere();
    if (runs.live(file).length === 0 && elsewhere.list().every((run) => run.file !== file)) return;
    throw refusal(409, "busy", "A run of this pipeline goes on", "wait for its end, or cancel it");
  }

  function nameOf({ entries }: CleanPlan): string {
    return context.files.digestText(
      JSON.stringify(entries.map(({ location, kind, refused }) => [location, kind, refused])),
    );
  }

  function shown(path: string): string {
    return isInside(path, place.root) && path !== place.root ? relativePath(path, place.root) : path;
  }

  function entryJson({ key, path, kind, fileCount, sample, inside, refused }: CleanEntry) {
    return { key, path: shown(path), kind, files: fileCount, sample: [...sample], inside, refused };
  }

  function resultJson({ cleaned, skipped, failed, paths, emptied }: CleanResult) {
    const told = paths.map(({ key, path, action, error }) => ({ key, path: shown(path), action, error }));
    return { cleaned, skipped, failed, paths: told, emptied: emptied.map(shown) };
  }
}

function mustStay({ refused }: CleanPlan) {
  const [{ key, refused: reason }] = refused;
  return refusal(403, "clean-refused", `Cannot remove '${key}': ${reason}`, undefined, {
    refused: refused.map(({ key, path, refused }) => ({ key, path, reason: refused })),
  });
}
