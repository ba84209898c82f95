/**
 * Pipeline files: which there are, what they say, and saving them.
 *
 * @module
 */

import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { basename, relativePath } from "../../../core/graph/mod.ts";
import { findPipelines } from "../find_pipelines.ts";
import type { Parts } from "../parts.ts";
import { pipelineAt } from "../place.ts";
import { refusal } from "../refusal.ts";
import { ErrorSchema, FileSchema, PathQuery, PipelinesSchema, SaveSchema, SessionSchema } from "../schemas.ts";
import { json } from "./answers.ts";

const session = createRoute({
  method: "get",
  path: "/api/session",
  summary: "What was opened",
  responses: { 200: json(SessionSchema, "What was opened") },
});

const list = createRoute({
  method: "get",
  path: "/api/pipelines",
  summary: "Pipelines below the folder that was opened",
  responses: { 200: json(PipelinesSchema, "By path") },
});

const read = createRoute({
  method: "get",
  path: "/api/file",
  summary: "A pipeline file as it is on the disk; an absent one is an empty text",
  request: { query: PathQuery },
  responses: { 200: json(FileSchema, "The file"), 403: json(ErrorSchema, "It lies outside") },
});

const save = createRoute({
  method: "put",
  path: "/api/file",
  summary: "Writes a pipeline file, unless it has changed since it was read",
  request: { body: json(SaveSchema, "The change") },
  responses: { 200: json(FileSchema, "As it was written"), 409: json(ErrorSchema, "It has changed: both versions") },
});

/** Adds the routes. */
export function fileRoutes(app: OpenAPIHono, parts: Parts): void {
  const { context, place, version } = parts;
  const { files } = context;
  app.openapi(session, (c) => {
    const path = place.file === undefined ? undefined : relativePath(place.file, place.root);
    return c.json({ version, root: place.root, path }, 200);
  });
  app.openapi(list, (c) => {
    const { paths, truncated } = findPipelines(place.root, files);
    return c.json({ pipelines: paths.map((path) => ({ path, name: basename(path) })), truncated }, 200);
  });
  app.openapi(read, (c) => c.json(fileAt(c.req.valid("query").path), 200));
  app.openapi(save, (c) => {
    const { path, base, text } = c.req.valid("json");
    const there = fileAt(path);
    if (there.digest !== base) {
      const data = { current: there.text, digest: there.digest, yours: text };
      throw refusal(409, "changed-underneath", `${path} has changed since it was read`, "look at both versions", data);
    }
    files.writeAtomic(files.realPath(pipelineAt(path, place, context)) ?? pipelineAt(path, place, context), text);
    return c.json(fileAt(path), 200);
  });

  function fileAt(path: string) {
    const text = files.readText(pipelineAt(path, place, context));
    return { path, text: text ?? "", digest: files.digestText(text ?? ""), exists: text !== undefined };
  }
}
