/**
 * Data of a pipeline as it is on the disk, and paths as they are typed.
 *
 * @module
 */

import { createRoute, type OpenAPIHono, type z } from "@hono/zod-openapi";
import { isInside, relativePath } from "../../../core/graph/mod.ts";
import type { Pipeline } from "../../../core/graph/pipeline.ts";
import {
  copyOf,
  dataFacts,
  factOf,
  listFiles,
  type Located,
  locateText,
  type PathFact,
} from "../../../core/look/mod.ts";
import { Addresses } from "../live/addresses.ts";
import type { Parts } from "../parts/parts.ts";
import { openAt } from "../parts/pipelines.ts";
import { refusal } from "../base/refusal.ts";
import {
  CheckedPathSchema,
  CheckPathQuery,
  type DataEntrySchema,
  DataSchema,
  ErrorSchema,
  FolderQuery,
  FolderSchema,
  PathQuery,
  TextSchema,
} from "../schemas/mod.ts";
import { sourceAt } from "../parts/source.ts";
import { json } from "./answers.ts";

const data = createRoute({
  method: "get",
  path: "/api/data",
  summary: "Every data entry: where it is, whether it is there, who makes and who reads it",
  request: { query: PathQuery },
  responses: { 200: json(DataSchema, "In file order"), 404: json(ErrorSchema, "There is no such pipeline") },
});

const typed = createRoute({
  method: "post",
  path: "/api/data",
  summary: "The same of a text that is not saved",
  request: { body: json(TextSchema, "The text") },
  responses: { 200: json(DataSchema, "In file order"), 400: json(ErrorSchema, "It is no YAML") },
});

const checkPath = createRoute({
  method: "get",
  path: "/api/check-path",
  summary: "Where a path leads as it is typed, references and variables put in",
  request: { query: CheckPathQuery },
  responses: { 200: json(CheckedPathSchema, "What is there"), 404: json(ErrorSchema, "There is no such pipeline") },
});

const folder = createRoute({
  method: "get",
  path: "/api/folder",
  summary: "Files of a folder at any depth, hidden ones left out",
  request: { query: FolderQuery },
  responses: {
    200: json(FolderSchema, "By name"),
    403: json(ErrorSchema, "It lies outside"),
    404: json(ErrorSchema, "It is no folder, or there is none"),
  },
});

type Entry = z.infer<typeof DataEntrySchema>;

/** The pipeline that is asked about, and its path from the root. */
interface Asker {
  readonly path: string;
  readonly pipeline: Pipeline;
}

/** Adds the routes. */
export function dataRoutes(app: OpenAPIHono, parts: Parts): void {
  const { context, place, hub } = parts;
  /** Pipelines that have asked for an address. */
  const askers = new Map<string, Set<string>>();
  const addresses = new Addresses((url) => {
    for (const path of askers.get(url) ?? []) hub.tell("data", { path, keys: [], urls: [url] });
  });
  parts.watching.onClose(() => addresses.close());

  app.openapi(data, async (c) => {
    const { path } = c.req.valid("query");
    return c.json({ data: entriesOf({ path, pipeline: (await openAt(path, parts)).pipeline }) }, 200);
  });
  app.openapi(typed, async (c) => {
    const { path, text } = c.req.valid("json");
    return c.json({ data: entriesOf({ path, pipeline: (await openAt(path, parts, text)).pipeline }) }, 200);
  });
  app.openapi(checkPath, async (c) => {
    const { path, text, nested_in: nestedIn } = c.req.valid("query");
    const { pipeline } = await openAt(path, parts);
    const at = locateText(pipeline, text, context, { nestedIn });
    const fact = at.kind === "path" ? factOf(at.path, context) : undefined;
    const key = at.kind === "nowhere" ? undefined : at.key;
    return c.json({ ...shown({ path, pipeline }, at, fact), ...(key !== undefined && { key }) }, 200);
  });
  app.openapi(folder, async (c) => {
    const { offset, limit, ...asked } = c.req.valid("query");
    const { real, info } = await sourceAt(asked, parts);
    if (info.kind !== "directory") throw refusal(404, "no-folder", `${asked.key ?? asked.text} is no folder`);
    const { files, total, isCut } = await listFiles(real, context.files, {
      offset,
      limit,
      breathe: () => context.clock.sleep(0),
    });
    const listed = files.map(({ path, sizeBytes, mtimeMs }) => ({ path, size: sizeBytes, mtime: mtimeMs }));
    return c.json({ files: listed, offset, total, truncated: isCut || offset + listed.length < total }, 200);
  });

  function entriesOf(asker: Asker): Entry[] {
    return dataFacts(asker.pipeline, context).map(({ entry, place: at, fact, producers, readers }) => ({
      key: entry.key,
      path: entry.path,
      type: entry.type,
      label: entry.label,
      nested_in: entry.nestedIn,
      ...shown(asker, at, fact),
      produced_by: [...producers],
      read_by: [...readers],
      source: producers.length === 0,
    }));
  }

  function shown({ path, pipeline }: Asker, at: Located, fact: PathFact | undefined) {
    if (at.kind === "nowhere") return { exists: "unknown" as const, problem: at.message, hint: at.hint };
    if (at.kind === "url") {
      const copy = copyOf(pipeline, at.url, context);
      const info = copy === undefined ? undefined : context.files.stat(copy);
      const copied = info && { copied: true, size: info.sizeBytes, mtime: info.mtimeMs };
      return { resolved: at.url, kind: "url" as const, exists: reached(path, at.url), ...copied };
    }
    const { state, kind, sizeBytes, mtimeMs, matches } = fact!;
    const inside = isInside(context.files.realPath(at.path) ?? at.path, place.root);
    const resolved = isInside(at.path, place.root) ? relativePath(at.path, place.root) : at.path;
    return { resolved, inside, exists: state, kind, size: sizeBytes, mtime: mtimeMs, matches };
  }

  function reached(path: string, url: string) {
    if (!/^https?:/i.test(url)) return "unknown" as const;
    const paths = askers.get(url) ?? new Set();
    askers.set(url, paths.add(path));
    return addresses.ask(url) ?? "checking" as const;
  }
}
